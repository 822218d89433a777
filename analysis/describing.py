"""What is said about a theme: the record that the clusterer gives for each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Subtheme:
    """A part of a theme. Iterates as ``(sublabel, title, size)``."""

    sublabel: int
    title: str
    size: int

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter((self.sublabel, self.title, self.size))


@dataclass(frozen=True)
class ThemeDescription:
    """One theme. Statement indices point into the texts that were fitted.

    ``stability`` (0 to 1) is how much of the theme comes back when statements are left out at random;
    ``spread`` (0 to 1) how far its statements lie from its middle; ``nearest`` other themes by similarity.
    ``sides`` holds two sublabels when the theme's parts argue against each other, else nothing.
    """

    label: int
    title: str
    terms: list[tuple[str, float]]
    central: list[int]
    summary: int
    size: int
    stability: float
    spread: float
    nearest: list[tuple[int, float]]
    sides: tuple[int, int] | None
    subthemes: list[tuple[int, str, int]]
