"""Statements are slices of the text: in order, whole, and cut only where the writer or the punctuation is clear."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import says_nothing, split_statements

CASES = [
    # sentences
    ("The room was cold. We could not hear.", ["The room was cold.", "We could not hear."]),
    ("What a day! Who planned it?", ["What a day!", "Who planned it?"]),
    ("Is it fair? no one asked us.", ["Is it fair?", "no one asked us."]),
    ("the room was cold. we froze all day", ["the room was cold.", "we froze all day"]),
    ("I liked it.The food was bad!We left early", ["I liked it.", "The food was bad!", "We left early"]),
    ("It was good, but the lunch was late.", ["It was good, but the lunch was late."]),
    ("We met in 2003. It rained all day.", ["We met in 2003.", "It rained all day."]),
    ("会议很好。食物不好。", ["会议很好。", "食物不好。"]),
    ("यह अच्छा था। खाना ठंडा था।", ["यह अच्छा था।", "खाना ठंडा था।"]),
    ("كان اليوم جيدا. هل تعود؟ نعم سأعود", ["كان اليوم جيدا.", "هل تعود؟", "نعم سأعود"]),
    # abbreviations, initials, titles
    ("Dr. Smith spoke first. Then Cllr. Jones did.", ["Dr. Smith spoke first.", "Then Cllr. Jones did."]),
    ("Use a tool, e.g. Excel. It helps a lot.", ["Use a tool, e.g. Excel.", "It helps a lot."]),
    ("Smaller bodies, i.e. The parishes, need help.", ["Smaller bodies, i.e. The parishes, need help."]),
    ("Bring pens, paper, etc. The shop is far.", ["Bring pens, paper, etc.", "The shop is far."]),
    ("Pens, paper etc. are on the table.", ["Pens, paper etc. are on the table."]),
    ("We had approx. ten people there.", ["We had approx. ten people there."]),
    ("See para. 4 and p. 12 of the report.", ["See para. 4 and p. 12 of the report."]),
    ("Quality vs. Quantity is the issue.", ["Quality vs. Quantity is the issue."]),
    ("St. Mary's Hall was full. Lovely place.", ["St. Mary's Hall was full.", "Lovely place."]),
    ("J. K. Patel wrote the guide.", ["J. K. Patel wrote the guide."]),
    ("Ask M. Jones about it. He knows.", ["Ask M. Jones about it.", "He knows."]),
    ("We went for plan B. We did well.", ["We went for plan B.", "We did well."]),
    ("The U.K. Government and the U.S. Senate agreed.", ["The U.K. Government and the U.S. Senate agreed."]),
    ("It is the same in the U.K. We should know.", ["It is the same in the U.K.", "We should know."]),
    ("Start at 9 a.m. Bring a coat.", ["Start at 9 a.m.", "Bring a coat."]),
    ("Start at 9 a.m. on Monday", ["Start at 9 a.m. on Monday"]),
    ("Acme Ltd. runs it. They are good.", ["Acme Ltd. runs it.", "They are good."]),
    ("Room No. 10 was too small.", ["Room No. 10 was too small."]),
    ("Can we stay? No. We can't stay.", ["Can we stay?", "No. We can't stay."]),
    # numbers, times, versions, addresses
    ("It cost 3.50 and took 2.5 hours.", ["It cost 3.50 and took 2.5 hours."]),
    ("Lunch at 10.30 was too early. So was tea.", ["Lunch at 10.30 was too early.", "So was tea."]),
    ("Upgrade to v2.0 please. It is faster.", ["Upgrade to v2.0 please.", "It is faster."]),
    ("See https://example.org/a.b?c=1!d for more.", ["See https://example.org/a.b?c=1!d for more."]),
    ("It is on www.example.org. Have a look.", ["It is on www.example.org.", "Have a look."]),
    ("Write to jo.bloggs@example.org. Thank her.", ["Write to jo.bloggs@example.org.", "Thank her."]),
    ("We use Node.js and System.Io here.", ["We use Node.js and System.Io here."]),
    ("On 8.7.2003 we met again.", ["On 8.7.2003 we met again."]),
    # ellipses, quotations, brackets
    ("Well... it depends on the day", ["Well... it depends on the day"]),
    ("So... I think it works", ["So... I think it works"]),
    ("It went on… Then the bus came.", ["It went on…", "Then the bus came."]),
    ('He asked "why now?" and left.', ['He asked "why now?" and left.']),
    ('She said "it works." We agreed with her.', ['She said "it works."', "We agreed with her."]),
    ("Staff (esp. Nurses. All of them.) were kind.", ["Staff (esp. Nurses. All of them.) were kind."]),
    ("(See the notes. They help.) Good stuff here", ["(See the notes. They help.)", "Good stuff here"]),
    ("A (never closed. Then it went on.", ["A (never closed.", "Then it went on."]),
    # lines, bullets, numbers
    ("more time\nfewer slides\nbetter food", ["more time", "fewer slides", "better food"]),
    ("- more time\n* fewer slides\n• better food", ["more time", "fewer slides", "better food"]),
    ("-good pace\n-nice venue", ["good pace", "nice venue"]),
    ("1. More time\n2. Less noise", ["More time", "Less noise"]),
    ("(a) more time\n(b) less noise", ["more time", "less noise"]),
    ("- [ ] book the hall\n- [x] order lunch", ["book the hall", "order lunch"]),
    ("# Notes\n> quoted line", ["Notes", "quoted line"]),
    ("1) time is short 2) money 3) staff", ["time is short", "money", "staff"]),
    ("Three things: 1. time 2. money 3. staff", ["Three things:", "time", "money", "staff"]),
    ("We tried it twice 2) and it failed", ["We tried it twice 2) and it failed"]),
    ("• one thing • another thing", ["one thing", "another thing"]),
    ("more time - fewer slides - better food - less talk", ["more time", "fewer slides", "better food", "less talk"]),
    ("The lunch - which was late - was cold", ["The lunch - which was late - was cold"]),
    ("time / money / staff", ["time / money / staff"]),
    ("-5 degrees in the hall", ["-5 degrees in the hall"]),
    ("+1 for more breaks", ["+1 for more breaks"]),
    ("o hotel era bom", ["o hotel era bom"]),
    (
        "This is one sentence which somebody's mail programme has\nwrapped in the middle.",
        ["This is one sentence which somebody's mail programme has\nwrapped in the middle."],
    ),
    ("first point\r\nsecond point\u2028third point", ["first point", "second point", "third point"]),
    # semicolons
    ("good pace; nice food; more breaks please", ["good pace", "nice food", "more breaks please"]),
    ("The talks were good; the food was not.", ["The talks were good", "the food was not."]),
    ("time; money; people", ["time; money; people"]),
    ("We met \u00a0 ;", ["We met"]),
    ("Fish &amp; chips for lunch", ["Fish &amp; chips for lunch"]),
    # interjections
    ("Yes. More time please", ["Yes. More time please"]),
    ("Great! The room was cold.", ["Great! The room was cold."]),
    ("Lovely food. Thanks!", ["Lovely food. Thanks!"]),
    ("Thanks!\nMore time please", ["Thanks!\nMore time please"]),
    ("More time please\nThanks!", ["More time please\nThanks!"]),
    ("Brilliant. Superb. Loved every minute.", ["Brilliant. Superb. Loved every minute."]),
    ("Yes.", ["Yes."]),
    ("Parking\nFood", ["Parking", "Food"]),
    # nothing much
    ("", []),
    (" \n\t ", []),
    ("...", ["..."]),
    ("😀", ["😀"]),
    ("Good talk 😀", ["Good talk 😀"]),
    ("  padded out  ", ["padded out"]),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_text_is_cut_into(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in split_statements(text)] == expected


NOTHING = """n/a|N/A.|na|None|none.|NONE!|nothing|Nothing at all|nothing to add|Nothing further to add, thanks|no
|No comment|no comments.|No further comments|nil|-|--|...|?|as above|See above|ditto|not really|Not sure|don't know
|Don’t know.|nope|null|x|nothing comes to mind|I have nothing to add|nothing in particular|not applicable|None really
|dim byd|Dim sylwadau|dim i'w ychwanegu|rien|Rien à ajouter.|nichts|keine Angabe|nada|ninguno|niente|niets|nvt|brak
|nic|inget|ingenting|ei mitään|ничего|нет|لا شيء|کچھ نہیں|कुछ नहीं|ਕੁਝ ਨਹੀਂ|无|なし|없음|| """
SOMETHING = """nothing worked|no signs anywhere|None of the lifts work|no heating|Nothing, everything was perfect
|No parking|not enough time|Yes|no more slides|above average|same old faces|nothing but praise|Not really enough time
|none too pleased|Nobody came|dim lighting|👍|na zdrowie everyone|nil return costs us a day|pass the mic round"""


@pytest.mark.parametrize("text", [text.strip("\n") for text in NOTHING.split("|")])
def test_says_nothing(text: str) -> None:
    assert says_nothing(text)


@pytest.mark.parametrize("text", [text.strip("\n") for text in SOMETHING.split("|")])
def test_says_something(text: str) -> None:
    assert not says_nothing(text)


WRITING = st.lists(
    st.sampled_from(
        ["We met", "the room", "was cold", "Dr.", "e.g.", "v2.0", "Yes.", "!", "?", ".", "...", ";", ",", "(", ")",
         "[", "]", "1)", "2)", "3.", "a)", "- ", "* ", "• ", " / ", "\n", "\r\n", "\u2028", "\t", "\u00a0", " ",
         "😀", "会议。", "é", "\x00", '"', "”", "I", "no", "thanks", "www.a.org/b?c", "a@b.org", "&amp;", "No.", "10"]
    ),
    max_size=40,
).map(" ".join)  # fmt: skip
ANY = st.one_of(WRITING, st.text(max_size=200), WRITING.map(lambda text: text.replace(" ", "")))
MARKER = re.compile(r"\(?(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)|\d{1,2}\.|\[[xX]\]")


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_statements_are_stripped_slices_in_order_without_overlap(text: str) -> None:
    reached = 0
    for start, end in split_statements(text):
        assert reached <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        reached = end


@settings(max_examples=100, deadline=None)
@given(ANY)
def test_every_word_is_in_a_statement_but_list_markers(text: str) -> None:
    reached, left_out = 0, ""
    for start, end in split_statements(text):
        left_out += text[reached:start] + "\n"
        reached = end
    left_out += text[reached:]
    assert not re.search(r"\w", MARKER.sub(" ", left_out))


@settings(max_examples=100, deadline=None)
@given(ANY.filter(str.strip))
def test_a_text_with_something_in_it_has_a_statement(text: str) -> None:
    assert split_statements(text)


SENTENCES = st.lists(
    st.sampled_from(["We met twice.", "Nobody listened to us!", "Why was it cold?", "more time please"]),
    min_size=1,
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(SENTENCES)
def test_a_statement_split_again_stays_whole(lines: list[str]) -> None:
    text = "\n".join(lines)
    statements = [text[start:end] for start, end in split_statements(text)]
    assert statements == lines
    assert all(split_statements(statement) == [(0, len(statement))] for statement in statements)


@pytest.mark.parametrize("unit", [".", "(", ")", "()", "(a. ", ". ", "a. ", "A! ", "1) ", "a;b; ", "\n", "- ", '."'])
def test_hostile_texts_of_100_000_characters_are_split(unit: str) -> None:
    text = (unit * 100_000)[:100_000]
    assert all(text[start:end].strip() for start, end in split_statements(text))
