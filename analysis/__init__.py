"""Text in, themes out. No framework, no database, no clock and no network."""

from analysis.clustering import ThemeClusterer, split_theme
from analysis.continuity import ThemeCourse, ThemeMatch, follow_themes, match_themes
from analysis.describing import ThemeDescription
from analysis.duplicates import find_duplicates
from analysis.encoder import encode, encoder_name
from analysis.facets import FACETS, FacetGuess, classify_facets
from analysis.sentiment import SentimentGuess, classify_sentiment
from analysis.statements import Span, says_nothing, split_statements

__all__ = [
    "FACETS",
    "FacetGuess",
    "SentimentGuess",
    "Span",
    "ThemeClusterer",
    "ThemeCourse",
    "ThemeDescription",
    "ThemeMatch",
    "classify_facets",
    "classify_sentiment",
    "encode",
    "encoder_name",
    "find_duplicates",
    "follow_themes",
    "match_themes",
    "says_nothing",
    "split_statements",
    "split_theme",
]
