"""A chart as a picture, for files that cannot hold a drawing."""

from functools import lru_cache

import typst

PAGE = b"""#set page(width: 160mm, height: auto, margin: 0mm)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%)"""
DOTS_PER_INCH = 220


@lru_cache(maxsize=32)
def png_of(drawing: str) -> bytes:
    """The SVG as a PNG, 160 mm wide, with the letters that the PDF has."""
    made = typst.compile(
        PAGE, format="png", ppi=DOTS_PER_INCH, sys_inputs={"drawing": drawing}, ignore_system_fonts=True
    )
    return made if isinstance(made, bytes) else made[0]
