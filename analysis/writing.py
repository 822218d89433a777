"""The themes of a run written out: for people, for machines, for spreadsheets, as a page."""

import csv
import html
import io
import json
from collections.abc import Sequence
from dataclasses import asdict

import numpy as np

from analysis.clustering import ThemeClusterer

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_text(texts: Sequence[str], found: ThemeClusterer) -> str:
    """Titles with counts, terms and three quotes each."""
    lines = []
    for theme in found.themes_:
        share = theme.size / max(1, len(texts))
        lines.append(f"{theme.label + 1:>3}. {theme.title}  ({theme.size:,}, {share:.0%})")
        lines.append(f"     words: {', '.join(word for word, _ in theme.terms[:6])}")
        if theme.subthemes:
            lines.append("     parts: " + "; ".join(f"{title} ({size})" for _, title, size in theme.subthemes))
        lines += [f"     “{_short(texts[i])}”" for i in theme.central[:3]] + [""]
    placed = int((found.labels_ >= 0).sum())
    repeated = int((found.duplicates_ >= 0).sum())
    rest = len(texts) - placed
    lines.append(f"{len(texts):,} comments = {placed:,} in {len(found.themes_)} themes + {rest:,} in none")
    lines.append(f"{repeated:,} of them repeat another comment")
    return "\n".join(lines) + "\n"


def as_json(texts: Sequence[str], found: ThemeClusterer) -> str:
    """An object with ``themes`` and ``comments``."""
    comments = [
        {
            "text": text,
            "theme": int(found.labels_[i]),
            "subtheme": int(found.sublabels_[i]),
            "confidence": round(float(found.confidence_[i]), 3),
            "duplicate_of": int(found.duplicates_[i]),
        }
        for i, text in enumerate(texts)
    ]
    themes = [asdict(theme) for theme in found.themes_]
    return json.dumps({"themes": themes, "comments": comments}, ensure_ascii=False, indent=1) + "\n"


def as_csv(texts: Sequence[str], found: ThemeClusterer) -> str:
    """A row for each comment. A cell that a spreadsheet would take for a formula is quoted harmless."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(["text", "theme", "title", "subtheme", "confidence", "repeats_row"])
    titles = {theme.label: theme.title for theme in found.themes_}
    for i, text in enumerate(texts):
        label, repeats = int(found.labels_[i]), int(found.duplicates_[i])
        row = [text, label + 1 if label >= 0 else "", titles.get(label, ""), int(found.sublabels_[i]) + 1 or ""]
        row += [f"{float(found.confidence_[i]):.3f}", repeats + 2 if repeats >= 0 else ""]
        writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])
    return out.getvalue()


def harmless(cell: str) -> str:
    """The cell with an apostrophe before it if it begins as a formula does."""
    return "'" + cell if cell.lstrip(" ").startswith(_FORMULA) else cell


def as_html(texts: Sequence[str], found: ThemeClusterer) -> str:
    """One page that needs nothing else: a map with a dot a comment, and the themes to unfold beneath it."""
    hues = {theme.label: round(theme.label * 137.5) % 360 for theme in found.themes_}
    places = _map(found)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" class="t{int(label)}">'
        f"<title>{html.escape(_short(text))}</title></circle>"
        for (x, y), label, text in zip(places, found.labels_, texts, strict=True)
    )
    middles = [(theme.label, np.median(places[found.labels_ == theme.label], axis=0)) for theme in found.themes_]
    dots += "".join(f'<text x="{x:.0f}" y="{y:.0f}">{label + 1}</text>' for label, (x, y) in middles)
    colours = "".join(f".t{label}{{fill:hsl({hue} 55% 42%)}}" for label, hue in hues.items())
    sections = "".join(
        f'<details><summary><svg width="12" height="12"><circle cx="6" cy="6" r="5" class="t{theme.label}"/></svg> '
        f"{theme.label + 1}. {html.escape(theme.title)} ({theme.size:,})</summary><ul>"
        + "".join(f"<li>{html.escape(texts[i])}</li>" for i in np.flatnonzero(found.labels_ == theme.label).tolist())
        + "</ul></details>"
        for theme in found.themes_
    )
    return _PAGE.format(
        count=f"{len(texts):,}", themes=len(found.themes_), colours=colours, dots=dots, sections=sections
    )


_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Themes</title>
<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1f;
background:#fdfcf9}}svg.map{{width:100%;border:1px solid #dcd9d0}}circle{{fill:#a9a9b5}}circle:hover{{stroke:#000}}
svg.map text{{font-size:1.6rem;font-weight:700;text-anchor:middle;dominant-baseline:central;fill:#1b1b1f;stroke:#fdfcf9;
stroke-width:5px;paint-order:stroke;pointer-events:none}}
@media(max-width:40rem){{svg.map circle{{r:8px}}svg.map text{{font-size:2.6rem}}}}
li{{font-family:Georgia,serif}}summary{{cursor:pointer;padding:.3rem 0}}{colours}</style>
<h1>Themes</h1><p>{count} comments, {themes} themes. The map shows near each other what says
similar things; numbers stand in the middle of the themes, grey dots are in none.
The comments of each theme are listed below.</p>
<svg class="map" viewBox="0 0 1000 600" role="img" aria-label="Map of the comments; near dots say similar things">{dots}
</svg>{sections}</html>
"""


def _map(found: ThemeClusterer) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Places on a page of 1000 by 600: the two axes that tell the themes apart best."""
    points = found.smoother_.transform(found.points_).astype(np.float64)
    if len(points) < 3:
        return np.tile([500.0, 300.0], (len(points), 1)) + np.arange(len(points))[:, None] * 20
    _, _, axes = np.linalg.svd(points[:: max(1, len(points) // 2000)] - points.mean(axis=0), full_matrices=False)
    flat = (points - points.mean(axis=0)) @ axes[:2].T
    ranks = np.argsort(np.argsort(flat, axis=0, kind="stable"), axis=0, kind="stable") / max(1, len(flat) - 1)
    spread = (flat - flat.min(axis=0)) / np.maximum(np.ptp(flat, axis=0), 1e-9)
    return np.asarray(20 + (0.6 * ranks + 0.4 * spread) * [960, 560])


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 200 else text[:199].rsplit(" ", 1)[0] + " …"
