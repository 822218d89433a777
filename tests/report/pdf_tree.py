"""A PDF's structure tree with the text that each of its elements holds, read as an assistive program reads it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

SHOWS_TEXT = ("Tj", "TJ", "'", '"')
PAINTS = (*SHOWS_TEXT, "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do", "BI")


@dataclass
class Element:
    """One structure element: its role, its own attributes, and its children in reading order: elements and text."""

    role: str
    source: pikepdf.Dictionary
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(each if isinstance(each, str) else each.text for each in self.children)

    def all(self, *roles: str) -> Iterator["Element"]:
        """This element and those below it that have one of the roles, in reading order."""
        if not roles or self.role in roles:
            yield self
        for each in self.children:
            if isinstance(each, Element):
                yield from each.all(*roles)

    def attribute(self, name: str) -> str:
        found = self.source.get("/A", pikepdf.Array())
        for each in found if isinstance(found, pikepdf.Array) else [found]:
            if isinstance(each, pikepdf.Dictionary) and name in each:
                return str(each[name])
        return ""


def tree_of(document: pikepdf.Pdf) -> Element:
    marked = {page.obj.objgen: marked_text(page) for page in document.pages}
    root = Element("Root", document.Root.StructTreeRoot)
    add_children(root, document.Root.StructTreeRoot.get("/K"), None, marked)
    return root


def add_children(parent: Element, kids: object, page: object, marked: dict[object, dict[int, str]]) -> None:
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            parent.children.append(marked[page][kid])
        elif isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/MCR":
            on = kid["/Pg"].objgen if "/Pg" in kid else page
            parent.children.append(marked[on][int(kid["/MCID"])])
        elif isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            element = Element(str(kid["/S"])[1:], kid)
            parent.children.append(element)
            add_children(element, kid.get("/K", pikepdf.Array()), kid["/Pg"].objgen if "/Pg" in kid else page, marked)


def marked_text(page: pikepdf.Page) -> dict[int, str]:
    """MCID -> the text between its marks."""
    fonts = {name: to_unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    texts: dict[int, str] = {}
    letters: dict[bytes, str] = {}
    for open_marks, operands, operator in instructions(page):
        if operator == "Tf":
            letters = fonts[str(operands[0])]
        tags = [mark for mark in open_marks if isinstance(mark, pikepdf.Dictionary)]
        for number in (int(tag["/MCID"]) for tag in tags[-1:]):
            texts.setdefault(number, "")
            if operator in SHOWS_TEXT:
                texts[number] += shown(operands[-1], letters)
    return texts


def unmarked(page: pikepdf.Page) -> list[str]:
    """What is painted and is neither tagged nor an artifact."""
    return [operator for open_marks, _, operator in instructions(page) if operator in PAINTS and not open_marks]


def instructions(page: pikepdf.Page) -> Iterator[tuple[list[object], list[object], str]]:
    """Each instruction with the marks that are open around it: an artifact's name or a tag's properties."""
    marks: list[object] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BMC", "BDC"):
            properties = operands[-1]
            tagged = isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties
            inside = any(mark == "Artifact" or isinstance(mark, pikepdf.Dictionary) for mark in marks)
            marks.append(properties if tagged else "Artifact" if str(operands[0]) == "/Artifact" else inside)
        yield [mark for mark in marks if mark], list(operands), name
        if name == "EMC":
            marks.pop()


def shown(operand: object, letters: dict[bytes, str]) -> str:
    strings = [operand] if isinstance(operand, pikepdf.String) else list(operand)  # type: ignore[call-overload]
    return "".join(decoded(bytes(each), letters) for each in strings if isinstance(each, pikepdf.String))


def decoded(codes: bytes, letters: dict[bytes, str]) -> str:
    return "".join(letters.get(codes[place : place + 2], "\ufffd") for place in range(0, len(codes), 2))


def to_unicode(font: pikepdf.Object) -> dict[bytes, str]:
    """The font's two-byte codes -> letters, by its ToUnicode map."""
    written = font["/ToUnicode"].read_bytes().decode("latin-1")
    letters: dict[bytes, str] = {}
    for block in re.findall(r"beginbfchar(.*?)endbfchar", written, re.DOTALL):
        for code, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            letters[bytes.fromhex(code)] = bytes.fromhex(text).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", written, re.DOTALL):
        for first, last, text in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            start = bytes.fromhex(text).decode("utf-16-be")
            for step in range(int(last, 16) - int(first, 16) + 1):
                code = (int(first, 16) + step).to_bytes(2, "big")
                letters[code] = start[:-1] + chr(ord(start[-1]) + step)
    return letters
