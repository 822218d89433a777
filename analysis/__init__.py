"""Text in, themes out. No framework, no database, no clock and no network.

The parts are loaded when they are first asked for: a process that only serves pages never pays for scikit-learn.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from analysis.clustering import ThemeClusterer, split_theme
    from analysis.continuity import ThemeCourse, ThemeMatch, follow_themes, match_themes
    from analysis.describing import ThemeDescription
    from analysis.duplicates import find_duplicates
    from analysis.encoder import encode, encoder_name, use_cores
    from analysis.facets import FACETS, FacetGuess, classify_facets
    from analysis.labelling import group_terms
    from analysis.layout import lay_out
    from analysis.personal import PersonalDetail, find_personal_details
    from analysis.placer import NEAR_ENOUGH, ThemePlacer
    from analysis.sentiment import SentimentGuess, classify_sentiment
    from analysis.series import Course, course_of, likely_links
    from analysis.statements import Span, says_nothing, split_statements

__all__ = [
    "FACETS",
    "NEAR_ENOUGH",
    "Course",
    "FacetGuess",
    "PersonalDetail",
    "SentimentGuess",
    "Span",
    "ThemeClusterer",
    "ThemeCourse",
    "ThemeDescription",
    "ThemeMatch",
    "ThemePlacer",
    "classify_facets",
    "classify_sentiment",
    "course_of",
    "encode",
    "encoder_name",
    "find_duplicates",
    "find_personal_details",
    "follow_themes",
    "group_terms",
    "lay_out",
    "likely_links",
    "match_themes",
    "says_nothing",
    "split_statements",
    "split_theme",
    "use_cores",
]

_PARTS = {
    "clustering": ("ThemeClusterer", "split_theme"),
    "continuity": ("ThemeCourse", "ThemeMatch", "follow_themes", "match_themes"),
    "describing": ("ThemeDescription",),
    "duplicates": ("find_duplicates",),
    "encoder": ("encode", "encoder_name", "use_cores"),
    "facets": ("FACETS", "FacetGuess", "classify_facets"),
    "labelling": ("group_terms",),
    "layout": ("lay_out",),
    "placer": ("NEAR_ENOUGH", "ThemePlacer"),
    "personal": ("PersonalDetail", "find_personal_details"),
    "series": ("Course", "course_of", "likely_links"),
    "sentiment": ("SentimentGuess", "classify_sentiment"),
    "statements": ("Span", "says_nothing", "split_statements"),
}
_HOME = {name: part for part, names in _PARTS.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found
