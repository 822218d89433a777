import base64
import io
import struct
import zipfile
import zlib

import pytest
from flask.testing import FlaskClient

from tests.factories import NOON, make_series
from tests.report.test_charts import alternatives_in
from webapp.accounts.models import User
from webapp.programme.models import Series
from webapp.report import docx, html_file, json_file, pdf
from webapp.report.brand import INK_PAPER, LEAST, PAPER, contrast, readable_on
from webapp.report.branding import adjusted_words, brand_of, set_brand
from webapp.report.frozen import frozen, thawed
from webapp.report.logos import LogoRefused, checked_logo
from webapp.report.queries import report_for

SHAPE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{}<path d="M0 0H9V9z" fill="#123456"/></svg>'


def png(wide: int = 2, high: int = 2, extra: bytes = b"") -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    rows = zlib.compress(b"".join(b"\x00" + b"\x0b\x5c\x5a" * wide for _ in range(high)))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.fixture
def series(organiser: User) -> Series:
    return make_series(organiser)


def test_contrast_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("colour", ["#ffcc00", "#000000", "#ffffff", "#0b5c5a", "#ff0000", "#00ff00", "#0000ff"])
def test_every_colour_can_be_read_on_paper_and_in_the_dark(colour: str) -> None:
    for ground in (PAPER, INK_PAPER):
        assert contrast(readable_on(colour, ground), ground) >= LEAST


def test_a_colour_that_reads_stays_and_one_that_does_not_is_told() -> None:
    assert readable_on("#0b5c5a", PAPER) == "#0b5c5a"
    assert adjusted_words("#7f7fff") != ""
    assert "because #ffcc00 is too pale to read" in adjusted_words("#ffcc00")


@pytest.mark.parametrize(
    "bad",
    [
        "<script>alert(1)</script>",
        '<image href="https://example.org/x.png"/>',
        '<rect width="1" height="1" onload="alert(1)"/>',
        '<rect width="1" height="1" style="fill:url(https://example.org/#a)"/>',
        '<style>@import "https://example.org/x.css";</style>',
        '<use href="https://example.org/x.svg#a"/>',
        '<a href="javascript:alert(1)"><rect width="1" height="1"/></a>',
        '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml">x</body></foreignObject>',
        '<rect width="1" height="1" fill="url(data:text/html,x)"/>',
    ],
)
def test_an_svg_keeps_its_shapes_and_loses_what_runs_or_fetches(bad: str) -> None:
    kind, kept = checked_logo(SHAPE.format(bad).encode())
    text = kept.decode()
    assert kind == "svg"
    assert '<path d="M0 0H9V9z" fill="#123456" />' in text
    for word in ("script", "example.org", "onload", "alert", "import", "foreignObject", "data:"):
        assert word not in text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"GIF89a" + b"\x00" * 99, "neither"),
        (b"", "neither"),
        (b"x" * 200_001, "At most 200 kB"),
        (png()[:-20], "damaged PNG"),
        (png(5000, 1), "At most 4,000"),
        (SHAPE.format("").replace("<svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg').encode(), "entities"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>', "Nothing is left"),
        (b"<html><body/></html>", "neither"),
    ],
)
def test_what_is_no_logo_is_refused_in_plain_words(content: bytes, words: str) -> None:
    with pytest.raises(LogoRefused, match=words):
        checked_logo(content)


def test_a_png_keeps_its_picture_and_loses_what_is_written_beside_it() -> None:
    body = b"Comment\x00taken at home"
    note = struct.pack(">I", len(body)) + b"tEXt" + body + struct.pack(">I", zlib.crc32(b"tEXt" + body))
    assert checked_logo(png(extra=note)) == ("png", png())


@pytest.mark.parametrize("logo", [png(), SHAPE.format("").encode()])
def test_the_brand_is_in_every_file(series: Series, logo: bytes) -> None:
    set_brand(series, organisation="Wayfield & Co", colour="#ffcc00", logo=logo, logo_alternative="A wave")
    report = report_for(series, now=NOON)
    assert report.brand == brand_of(series.id)
    assert thawed(frozen(report)) == report
    assert alternatives_in(pdf.render_archive(report)) == {"A wave"}
    page = html_file.render(report).decode()
    assert 'alt="A wave"' in page and "Wayfield &amp; Co" in page
    assert f"--accent: {readable_on('#ffcc00', PAPER)};" in page
    with zipfile.ZipFile(io.BytesIO(docx.render(report))) as archive:
        xml = archive.read("word/document.xml").decode()
    assert 'descr="A wave"' in xml and "Wayfield &amp; Co" in xml
    assert base64.b64encode(checked_logo(logo)[1]) in json_file.render(report)


def test_an_organiser_sets_the_look_and_keeps_the_logo(signed_in: FlaskClient, series: Series) -> None:
    address = f"/series/{series.id}/branding"
    sent = {"organisation": "Wayfield", "colour": "FFCC00", "logo": (io.BytesIO(png()), "logo.png")}
    answer = signed_in.post(address, data=sent, follow_redirects=True)
    assert "because #ffcc00 is too pale to read" in answer.text
    assert 'alt="Wayfield"' in answer.text
    signed_in.post(address, data={"organisation": "Penhallow", "colour": ""})
    brand = brand_of(series.id)
    assert brand is not None
    assert (brand.organisation, brand.logo_kind, brand.colour) == ("Penhallow", "png", "#0b5c5a")
    signed_in.post(address, data={"organisation": "Penhallow", "colour": "", "remove_logo": "y"})
    assert not (brand_of(series.id) or brand).logo


def test_what_is_wrong_is_told_and_nothing_typed_is_lost(signed_in: FlaskClient, series: Series) -> None:
    address = f"/series/{series.id}/branding"
    answer = signed_in.post(address, data={"organisation": "Wayfield", "colour": "blue"})
    assert answer.status_code == 400
    assert "Write the colour as #" in answer.text and 'value="Wayfield"' in answer.text
    answer = signed_in.post(address, data={"organisation": "Wayfield", "logo": (io.BytesIO(b"MZ"), "logo.png")})
    assert (answer.status_code, "this is neither" in answer.text) == (400, True)
    assert brand_of(series.id) is None
