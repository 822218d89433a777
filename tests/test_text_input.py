import pytest

from webapp.text_input import clean_line, clean_lines, clean_text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (None, ""),
        ("", ""),
        ("a\x00b", "ab"),
        ("a\x07\x1b[31m\x7fb", "a[31mb"),
        ("one\r\ntwo\rthree\n\tfour", "one\ntwo\nthree\n\tfour"),
        ("cafe\u0301", "café"),
        ("שלום \u200fעולם", "שלום \u200fעולם"),
        ("👩\u200d🏫 well done", "👩\u200d🏫 well done"),
        ("half \ud83d pair", "half  pair"),
        ("  kept  ", "  kept  "),
    ],
)
def test_clean_text_keeps_what_a_person_can_type(typed: str | None, kept: str) -> None:
    assert clean_text(typed) == kept


def test_clean_line_puts_a_title_on_one_line() -> None:
    assert clean_line(" Managing\r\n  performance\x00 ") == "Managing performance"


def test_clean_lines_leaves_out_empty_lines() -> None:
    assert clean_lines("District council\r\n\r\n  County  council \n\x00\n") == ["District council", "County council"]
