"""`flask translations`: keep each language's catalogue in step with the words in the code and the pages."""

from io import BytesIO
from pathlib import Path

import click
from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.plurals import get_plural
from babel.messages.pofile import read_po, write_po

from config import ROOT

from .languages import CATALOGUES

SOURCES = [("**.py", "python"), ("templates/**.html", "jinja2")]
KEYWORDS = {"_": None, "_l": None, "gettext": None, "ngettext": (1, 2)}
HEAD = """# Rapporteur in {language}. `make translations` keeps this file in step with the pages.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural};\\n"

"""


def words_in_source() -> Catalog:
    """Every message that the code and the pages mark for translation, with the files that hold it."""
    found = Catalog()
    webapp = ROOT / "webapp"
    for file, _line, message, _notes, context in extract_from_dir(webapp, SOURCES, keywords=KEYWORDS):
        found.add(message, locations=[(f"webapp/{file}", 0)], context=context)
    return found


def catalogue_at(path: Path) -> Catalog:
    with path.open("rb") as written:
        return read_po(written, locale=path.parts[-3])


def in_step(catalogue: Catalog, source: Catalog) -> str:
    """The catalogue's file with every message of the source: what was translated stays, what nobody says goes."""
    code = str(catalogue.locale)
    plural = catalogue.plural_forms if len(catalogue) else get_plural(code).plural_forms
    catalogue.update(source, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = [(file, None) for file in dict.fromkeys(file for file, _line in message.locations)]
    body = BytesIO()
    write_po(body, catalogue, width=0, omit_header=True, sort_by_file=True)
    head = HEAD.format(language=Locale.parse(code).english_name, code=code, plural=plural.rstrip(";"))
    return head + body.getvalue().decode()


@click.command("translations")
@click.option("--new", "code", help="Code of a language to begin, for instance fr.")
def translations(code: str | None) -> None:
    """Bring every catalogue up to date; --new begins one."""
    source = words_in_source()
    paths = {path.parts[-3]: path for path in sorted(CATALOGUES.glob("*/LC_MESSAGES/messages.po"))}
    if code and code not in paths:
        paths[code] = CATALOGUES / code / "LC_MESSAGES" / "messages.po"
        paths[code].parent.mkdir(parents=True)
    for language, path in paths.items():
        catalogue = catalogue_at(path) if path.exists() else Catalog(locale=language)
        path.write_text(in_step(catalogue, source), encoding="utf-8")
        lacking = sum(not message.string or not all(message.string) for message in catalogue if message.id)
        click.echo(f"{path.relative_to(ROOT)}: {len(source)} messages, {lacking} to translate")
