"""The house is one corridor: who may import whom is written down here, and held."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# Left may import right, never the other way.
ROOMS = ["api", "report", "themes", "collect", "programme", "accounts"]
FILES = sorted((ROOT / "webapp").rglob("*.py"))


def imports_of(path: Path) -> Iterator[str]:
    """Absolute names of the modules that a file imports, at its top or inside a function."""
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level]) if node.level else []
            module = [*base, *([node.module] if node.module else [])]
            yield ".".join(module)
            yield from (".".join([*module, alias.name]) for alias in node.names)


def room_of(name: str) -> str | None:
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[0] == "webapp" and parts[1] in ROOMS else None


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_room_imports_only_rooms_before_it_in_the_corridor(path: Path) -> None:
    room = room_of(".".join(path.relative_to(ROOT).parts))
    if room is None:
        return
    allowed = ROOMS[ROOMS.index(room) :]
    wrong = {name for name in imports_of(path) if room_of(name) and room_of(name) not in allowed}
    assert not wrong


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_only_themes_imports_the_analysis(path: Path) -> None:
    uses_analysis = any(name.split(".")[0] == "analysis" for name in imports_of(path))
    assert not uses_analysis or path.is_relative_to(ROOT / "webapp" / "themes")


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_actions_queries_and_models_know_no_request(path: Path) -> None:
    if not path.stem.startswith(("actions", "queries", "models")):
        return
    forbidden = {"flask.request", "flask.g", "flask.session", "flask_security.current_user", "flask_login.current_user"}
    assert not forbidden & set(imports_of(path))


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_nothing_but_views_and_the_rooms_door_imports_views(path: Path) -> None:
    wrong = {name for name in imports_of(path) if "views" in name.split(".")[-1].split("_")}
    assert not wrong or path.name == "__init__.py" or "views" in path.stem.split("_")


@pytest.mark.parametrize("path", sorted((ROOT / "analysis").rglob("*.py")), ids=name_of)
def test_the_analysis_knows_no_framework_database_clock_or_network(path: Path) -> None:
    forbidden = {"flask", "sqlalchemy", "webapp", "config", "requests", "urllib", "socket", "datetime", "time"}
    # The command line may tell how long it took.
    if path.name == "__main__.py":
        forbidden -= {"time"}
    assert not forbidden & {name.split(".")[0] for name in imports_of(path)}


def test_the_entry_point_does_nothing_else() -> None:
    assert (ROOT / "wsgi.py").read_text() == "from webapp import create_app\n\napp = create_app()\n"
