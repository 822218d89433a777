"""A logo is checked by its content and cleaned before it is kept: a picture, small, without a script or an address."""

import re
import struct
import zlib
from xml.etree import ElementTree

from ..errors import DomainError

MOST_BYTES, MOST_PIXELS = 200_000, 4000
PNG = b"\x89PNG\r\n\x1a\n"
SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = frozenset(
    "svg g path rect circle ellipse line polyline polygon defs linearGradient radialGradient stop clipPath mask title"
    " desc use symbol pattern text tspan".split()
)
MARKS = frozenset("path rect circle ellipse line polyline polygon use text".split())
ATTRIBUTES = frozenset(
    "id class d x y x1 y1 x2 y2 cx cy r rx ry fx fy width height viewBox preserveAspectRatio points transform fill"
    " fill-rule fill-opacity stroke stroke-width stroke-linecap stroke-linejoin stroke-miterlimit stroke-dasharray"
    " stroke-opacity opacity offset stop-color stop-opacity gradientUnits gradientTransform spreadMethod clip-path"
    " clip-rule clipPathUnits mask maskUnits patternUnits patternTransform font-family font-size font-weight"
    " text-anchor dx dy letter-spacing color version".split()
)
# A reference to something in the same drawing.
WITHIN = re.compile(r"url\(#[\w.-]+\)")


class LogoRefused(DomainError):
    """The file will not do as a logo; the message says why."""


def checked_logo(content: bytes) -> tuple[str, bytes]:
    """The kind ("svg", "png") and the bytes to keep. LogoRefused says what is wrong in plain words."""
    if len(content) > MOST_BYTES:
        raise LogoRefused(f"The logo has {len(content) // 1000:,} kB. At most {MOST_BYTES // 1000} kB are kept.")
    if content.startswith(PNG):
        return "png", checked_png(content)
    return "svg", cleaned_svg(content)


def checked_png(content: bytes) -> bytes:
    """The PNG with the chunks that make the picture, and no others: no text, no address, no place it was taken."""
    kept, at, pixels = [PNG], len(PNG), b""
    wanted = (b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND", b"gAMA", b"sRGB")
    ended = False
    while at + 12 <= len(content) and not ended:
        (length,) = struct.unpack(">I", content[at : at + 4])
        chunk, kind = content[at : at + 12 + length], content[at + 4 : at + 8]
        whole = len(chunk) == 12 + length and zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:], "big")
        if not whole:
            break
        if kind == b"IHDR":
            pixels = chunk[8:16]
        if kind in wanted:
            kept.append(chunk)
        ended = kind == b"IEND"
        at += 12 + length
    if not ended or len(pixels) != 8:
        raise LogoRefused("The logo is a damaged PNG. Save it again from the program it was made with.")
    wide, high = struct.unpack(">II", pixels)
    if not 0 < wide <= MOST_PIXELS or not 0 < high <= MOST_PIXELS:
        raise LogoRefused(f"The logo has {wide:,} by {high:,} pixels. At most {MOST_PIXELS:,} each way are kept.")
    return b"".join(kept)


def cleaned_svg(content: bytes) -> bytes:
    """The SVG with shapes, colours and words alone: scripts, addresses, style sheets and unknown parts are left out."""
    refusal = LogoRefused("The logo must be an SVG or a PNG file; this is neither.")
    try:
        text = content.decode("utf-8-sig")
        # Entities can be made to grow without end, and no logo needs one.
        if "<!ENTITY" in text.upper() or re.search(r"<!DOCTYPE[^>]*\[", text, re.IGNORECASE):
            raise LogoRefused("The SVG declares entities. Save it again as a plain SVG.")
        drawing = ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError, ValueError) as error:
        raise refusal from error
    if drawing.tag != f"{SVG}svg":
        raise refusal
    clean(drawing)
    if not any(each.tag.removeprefix(SVG) in MARKS for each in drawing.iter()):
        raise LogoRefused("Nothing is left of the SVG without what a report may not carry: embedded pictures, scripts.")
    ElementTree.register_namespace("", SVG[1:-1])
    return ElementTree.tostring(drawing, encoding="utf-8")


def clean(element: ElementTree.Element) -> None:
    style_as_attributes(element)
    for name in list(element.attrib):
        value = element.attrib[name]
        if name.endswith("href") and element.tag == f"{SVG}use" and value.startswith("#"):
            element.attrib.pop(name)
            element.set("href", value)
        elif name not in ATTRIBUTES or not harmless(value):
            element.attrib.pop(name)
    for child in list(element):
        name = child.tag if isinstance(child.tag, str) else ""
        if not name.startswith(SVG) or name.removeprefix(SVG) not in ELEMENTS:
            element.remove(child)
        else:
            clean(child)


def style_as_attributes(element: ElementTree.Element) -> None:
    """Drawing programs write colours into `style`; as attributes they can be checked one by one."""
    for part in element.attrib.pop("style", "").split(";"):
        name, _, value = part.partition(":")
        if name.strip() in ATTRIBUTES:
            element.set(name.strip(), value.strip())


def harmless(value: str) -> bool:
    """No address but one within the drawing, and no script."""
    rest = WITHIN.sub("", value)
    return "url" not in rest.lower() and "script:" not in rest.lower() and "&" not in rest and "//" not in rest
