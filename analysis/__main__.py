"""Themes of a column of comments: ``python -m analysis comments.csv``."""

import argparse
import sys
from collections.abc import Sequence

from analysis.clustering import ThemeClusterer
from analysis.encoder import load_encoder
from analysis.tables import NoText, read_column
from analysis.writing import as_csv, as_html, as_json, as_text


def main(arguments: Sequence[str] | None = None) -> int:
    """Read a file, find its themes, print them. Returns the exit status: 0, or 2 for unreadable input."""
    options = _parser().parse_args(arguments)
    try:
        name, texts = read_column(options.file, options.column)
    except (NoText, OSError) as trouble:
        print(f"analysis: {trouble}", file=sys.stderr)
        return 2
    _say(f'Read {len(texts):,} comments from the column "{name}".')
    vectors = None
    encoder = load_encoder()
    if encoder is not None:
        vectors = encoder.encode(texts, progress=_bar if sys.stderr.isatty() else None)
    _say("Looking for themes.")
    clusterer = ThemeClusterer(_themes(options.themes), options.seed).fit(texts, vectors)
    write = as_json if options.json else as_csv if options.csv else as_html if options.html else as_text
    sys.stdout.reconfigure(encoding="utf-8", newline="") if hasattr(sys.stdout, "reconfigure") else None
    sys.stdout.write(write(texts, clusterer))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Find the themes in a file of comments.")
    parser.add_argument("file", help="a CSV file, or a text file with a comment a line; - for standard input")
    parser.add_argument("--column", help="the column that holds the comments (default: the wordiest one)")
    parser.add_argument("--themes", help='how many themes: a number, or a range such as "4-15" (default: as found)')
    parser.add_argument("--seed", type=int, default=0, help="draws the sample in files of more than 2,500 comments")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="themes and placements for machines")
    form.add_argument("--csv", action="store_true", help="a row for each comment with its theme")
    form.add_argument("--html", action="store_true", help="one self-contained page with a map of the themes")
    return parser


def _themes(wanted: str | None) -> int | tuple[int, int] | None:
    if wanted is None:
        return None
    low, _, high = wanted.partition("-")
    try:
        return (int(low), int(high)) if high else int(low)
    except ValueError:
        raise SystemExit(f'analysis: --themes takes a number or a range such as 4-15, not "{wanted}"') from None


def _say(words: str) -> None:
    print(words, file=sys.stderr)


def _bar(done: int, total: int) -> None:
    filled = 30 * done // max(1, total)
    end = "\n" if done >= total else ""
    print(f"\rReading [{'#' * filled}{'.' * (30 - filled)}] {done:,} of {total:,}", end=end, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
