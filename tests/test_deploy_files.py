"""The files in docs/deploy say what docs/deploy.md promises of them."""

import re
import shlex
import subprocess
from pathlib import Path

from config import ROOT

DEPLOY = ROOT / "docs" / "deploy"


def test_a_shell_reads_the_settings_as_systemd_does(tmp_path: Path) -> None:
    """systemd splits nothing; a shell splits, and takes what follows < and > for files."""
    example = re.sub(r"^#(?=[A-Z_]+=)", "", (DEPLOY / "rapporteur.env").read_text(), flags=re.MULTILINE)
    (tmp_path / "rapporteur.env").write_text(example)
    lines = [line.split("=", 1) for line in example.splitlines() if line and not line.startswith("#")]
    expected = {name: value.strip('"') for name, value in lines}
    assert expected["MAIL_SENDER"] == "Rapporteur <feedback@example.org>"
    show = "; ".join(f'echo "${name}"' for name in expected)
    script = f"set -e; . {shlex.quote(str(tmp_path / 'rapporteur.env'))}; {show}"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == list(expected.values())


def test_nginx_compresses_nothing_that_the_application_left_as_it_is() -> None:
    """Debian's nginx.conf turns gzip on for every HTML page: see decisions/0005-compressed-pages.md."""
    assert re.search(r"^\s*gzip off;$", (DEPLOY / "nginx.conf").read_text(), flags=re.MULTILINE)
