"""Text in, themes out. No framework, no database, no clock and no network."""

from analysis.clustering import ThemeClusterer, split_theme
from analysis.continuity import ThemeCourse, ThemeMatch, follow_themes, match_themes
from analysis.describing import ThemeDescription
from analysis.duplicates import find_duplicates
from analysis.encoder import encode, encoder_name

__all__ = [
    "ThemeClusterer",
    "ThemeCourse",
    "ThemeDescription",
    "ThemeMatch",
    "encode",
    "encoder_name",
    "find_duplicates",
    "follow_themes",
    "match_themes",
    "split_theme",
]
