from hypothesis import given, settings
from hypothesis import strategies as st

from tests.report.factories import heard
from webapp.report.quotes import LIMIT, choose, others_alike, slice_of

words = st.text(st.sampled_from("abc ,.;:!?–\n“”"), max_size=400) | st.text(max_size=50)


@settings(max_examples=50)
@given(words, st.integers(6, 50))
def test_a_quote_is_a_slice_of_its_text(text: str, limit: int) -> None:
    start, end = slice_of(text, limit)
    assert 0 <= start <= end <= len(text)
    assert text[start:end] == text[start:end].strip()
    assert bool(text[start:end]) == bool(text.strip())


@settings(max_examples=50)
@given(words, st.integers(6, 50))
def test_a_cut_keeps_whole_words(text: str, limit: int) -> None:
    _, end = slice_of(text, limit)
    assert end == len(text.rstrip()) or not text[end].isalnum() or not text[end - 1].isalnum()


def test_a_short_text_is_quoted_whole() -> None:
    text = "  We set targets, and then we forget them.  "
    assert text[slice(*slice_of(text))] == "We set targets, and then we forget them."


def test_a_long_text_is_cut_at_its_last_sentence_within_the_limit() -> None:
    first, second = "word " * 20 + "end.", "again " * 20 + "end!"
    text = f"{first} {second} {'more ' * 30}".strip()
    assert text[slice(*slice_of(text))] == f"{first} {second}"


def test_a_long_sentence_is_cut_at_a_clause_without_its_comma() -> None:
    clause = "word " * 20 + "end"
    text = f"{clause}, {'more ' * LIMIT}".strip()
    assert text[slice(*slice_of(text))] == clause


def test_a_long_text_without_an_end_is_quoted_whole() -> None:
    text = "word " * 80 + "end"
    assert slice_of(text) == (0, len(text))


def test_quotes_come_from_different_speakers_events_and_channels() -> None:
    said = [
        heard(1, "The targets we are set never fit what our district does.", speaker_key="r1", event_id=1),
        heard(2, "Every year the priorities move before anything is finished here.", speaker_key="r1", event_id=1),
        heard(3, "Leaders ask for reports and then do not read the reports.", speaker_key="r2", event_id=1),
        heard(4, "Our scrutiny committee sees the figures four months too late.", speaker_key="r3", event_id=2),
        heard(5, "A shared spreadsheet on the wall changed how crews behave.", speaker_key="t1", channel="table"),
    ]
    chosen = choose(said, {}, frozenset())
    assert len({one.speaker_key for one in chosen}) == 3
    assert {one.event_id for one in chosen} == {1, 2}
    assert {one.channel for one in chosen} == {"written", "table"}


def test_what_is_said_twice_is_quoted_once_and_counted() -> None:
    said = [
        heard(1, "Targets should be fewer and set by councils themselves.", speaker_key="r1"),
        heard(2, "targets should be fewer, and set by councils themselves", speaker_key="r2"),
        heard(3, "The inspectors ask for the same figures three times over.", speaker_key="r3"),
    ]
    chosen = choose(said, {}, frozenset())
    assert {one.id for one in chosen} == {1, 3}
    assert others_alike(said[0], said) == {"r2"}


def test_marks_of_agreement_are_no_part_of_a_quote() -> None:
    assert [
        text[slice(*slice_of(text))] for text in ("More breaks please +1+1", "Slower ! +14", "Add 1 +1 ", "+3")
    ] == [
        "More breaks please",
        "Slower !",
        "Add 1",
        "+3",
    ]


def test_thanks_and_doubtful_headings_speak_last() -> None:
    said = [
        heard(1, "Thank you for the workshop, I have learned such a lot from all of it.", facet_guessed=0.9),
        heard(2, "Understood why it is useful at times to copy a project into an own folder.", facet_guessed=0.4),
        heard(3, "It would help to see the answers directly beneath each of the questions.", facet_guessed=0.97),
    ]
    assert [one.id for one in choose(said, {}, frozenset())] == [3, 2, 1]


def test_only_what_may_be_quoted_is_chosen() -> None:
    text = "The inspectors ask for the same figures three times over."
    said = [
        heard(1, text, consent="use", speaker_key="r1"),
        heard(2, text, consent="none", withheld="consent", speaker_key="r2"),
        heard(3, text, withheld="personal", speaker_key="r3"),
    ]
    assert choose(said, {}, frozenset()) == []


def test_a_whole_table_speaks_before_one_person_of_it() -> None:
    said = [
        heard(1, "Managers need time to look at what the figures say.", channel="table", speaker_key="t1"),
        heard(
            2,
            "Nobody in finance has seen the service plans we write.",
            channel="table",
            speaker_key="t2",
            weight="table",
        ),
    ]
    assert [one.id for one in choose(said, {}, frozenset(), most=1)] == [2]
