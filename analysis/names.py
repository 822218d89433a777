"""Likely names of persons in a text: by a title, by a first name, and by where a word with a capital stands.

Rules and a short list find many names and miss some; what they find is for a person to look at. How much of each was
measured stands in docs/curation.md."""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .words import STOP_WORDS

Span = tuple[int, int]
FIRST_NAMES = Path(__file__).parent / "data" / "first_names.txt"

# First names that are words, places or things as well: names only where a surname follows or somebody is thanked.
AMBIGUOUS = frozenset(
    """
    amber angel april art ash basil beth bill bob brook candy carol chance charity chase chelsea chester chuck cliff
    crystal daisy dale dawn dean devon dot drew duke earl eve faith fay fern flora florence francis frank gene georgia
    gill glen grace grant guy hazel heather holly hope iris israel ivy jasmine jay jordan joy julia june kent kit kumar
    lily lincoln madison mark max may melody mel mercy miles mo morgan nell olive paris pat patel patience pearl penny
    peg poppy preston ray rich rob robin rod roman rose rowan ruby sage sandy scarlett skye spencer star stan stella
    sunny summer sydney tara trinity troy tudor val van victoria violet viv wade will willow winston
    """.split()
)
TITLES = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Doctor|Prof|Professor|Cllr|Councillor|Sir|Dame|Lord|Lady|Rev|Revd|Reverend|Nurse|Matron"
    r"|Sister|Y Cynghorydd|Cyng)"
)
# A capital and small letters, with what surnames have inside: O'Neill, Smith-Jones, McKay, Llŷr.
CAPITAL = r"[A-ZÀ-ÖØ-ÞŴŶ](?:[a-zà-öø-ÿŵŷłńśżźćęą]+|['’][A-Z][a-z]+)(?:[A-Z][a-z]+)?(?:[-'’][A-Z][a-zà-öø-ÿ]+)?"
LINK = r"(?:\s+(?:ap|ab|ferch|van|von|de|da|del|der|le))?"
TITLED = re.compile(rf"\b{TITLES}\.?(?:\s+[A-Z]\.?)*\s+{CAPITAL}(?:{LINK}\s+{CAPITAL})?")
RUN = re.compile(rf"\b{CAPITAL}(?:{LINK}[ \t]+{CAPITAL})*(?!\w)")
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# After these somebody is named: "thanks to Sarah", "a nurse called Jo", "my manager Alun".
NAMING = re.compile(
    r"\b(?:thank(?:s| you)(?:\s+(?:so|very) much)?(?:\s+to)?|diolch i|named|called|colleague|manager|nurse|midwife"
    r"|doctor|consultant|physio|carer|driver|receptionist|speaker|instructor|helper|host|kudos to|credit to)\s+$",
    re.IGNORECASE,
)
# A name that a body or a place goes by: "James Cook hospital", "Gordon Avenue".
BODY = re.compile(
    r"\s+(?:hospital|ward|trust|school|clinic|surgery|centre|center|road|rd|street|st|avenue|ave|lane|house|unit|team"
    r"|co|county|course|group|department|act|park|building|infirmary)\b",
    re.IGNORECASE,
)
# Before two unknown words with capitals these speak of a place or a thing.
PLACED = re.compile(
    r"\b(?:the|a|an|in|at|of|to|on|near|into|from|through|your|our|my|this|that|any|and|under)\s+$", re.IGNORECASE
)
SENTENCE_START = re.compile(r"(?:^|[.!?:;…\n•*\"“(\-–—]\s*|\d\)\s*)$")
# What may stand beside a name, with a capital, and is none: days, months, places, bodies, and what they are called by.
NO_NAMES = frozenset(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december christmas easter england scotland wales ireland britain uk english welsh
    scottish irish british european europe london birmingham manchester liverpool leeds sheffield bristol cardiff
    swansea newport wrexham edinburgh glasgow belfast newcastle nottingham leicester york oxford cambridge exeter
    plymouth norwich derby durham hull bradford coventry sunderland middlesbrough gateshead northumberland cumbria
    cornwall devon dorset kent essex sussex surrey norfolk suffolk lancashire yorkshire cheshire shropshire gwynedd
    powys ceredigion pembrokeshire carmarthenshire anglesey conwy flint north south east west northern southern
    eastern western central upper lower great new old royal national united france germany spain italy poland norway
    sweden finland denmark iceland america american china chinese india indian nordic baltic helsinki oslo stockholm
    copenhagen berlin paris trust hospital ward council board street road house centre center unit team service
    services committee university college school group clinic department surgery practice health care authority county
    borough district city town village park lane avenue square court hall church station office agency association
    institute foundation society company limited ltd plc party government parliament minister ministry assembly senedd
    union bank act bill report plan policy strategy programme program project scheme conference workshop day week
    session zoom teams google microsoft apple windows linux python git github gitlab docker jupyter visual studio code
    slack twitch youtube facebook twitter hackmd vim emacs nano bash conda fortran matlab excel word powerpoint
    outlook chrome firefox mac nurse doctor staff sister matron consultant manager director chair chief executive
    officer leader member members mr mrs ms miss dr sir lord lady god jesus bible internet covid corona accident
    emergency maternity outpatients radiology x-ray xray physio physiotherapy reception thank thanks diolch dear hello
    hi hey good excellent brilliant lovely many keep please everyone everybody nothing none redacted syndrome disorder
    type scan river island islands lodge tower tax income system infirmary rd co view bar eye disease mental medical
    ambulance transport crews support problem ticked social security rights federal economic development voting
    science computing open community units index education amendment crew helpline
    """.split()
)


@cache
def first_names() -> frozenset[str]:
    """The first names that are no common word, in lower case."""
    lines = FIRST_NAMES.read_text(encoding="utf-8").splitlines()
    names = {name for line in lines if not line.startswith("#") for name in line.split()}
    return frozenset(names) - AMBIGUOUS


def find_names(text: str) -> list[Span]:
    """Where likely names stand, as [start, end), in order and apart."""
    spans: list[Span] = []
    for start, end in sorted([*_titled(text), *_runs(text), *_small(text)], key=lambda span: (span[0], -span[1])):
        if spans and start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _titled(text: str) -> Iterator[Span]:
    for match in TITLED.finditer(text):
        words = match.group().split()
        if words[-1].casefold() not in NO_NAMES | STOP_WORDS:
            yield match.span()


def _runs(text: str) -> Iterator[Span]:
    """Words with capitals in a row that begin with a first name, are two that no list knows, or follow a cue."""
    shouted = _capital_share(text) > 0.4
    for match in RUN.finditer(text):
        words = [(m.group(), match.start() + m.start(), match.start() + m.end()) for m in WORD.finditer(match.group())]
        for place, (word, start, _end) in enumerate(words):
            rest = _followed_by(words[place:])
            if BODY.match(text, rest[-1][2]):
                break
            if _is_first_name(word):
                yield start, rest[-1][2]
                break
            if _plain(word) or (place == 0 and len(rest) < 2 and shouted):
                continue
            before = text[:start]
            named = NAMING.search(before) is not None
            known = word.casefold() in AMBIGUOUS
            # The rest of a run that goes on after it is what the whole is: "Corbridge Eye Hospital".
            whole = len(rest) > 1 and len(rest) == len(words) - place and not shouted
            inside = not (SENTENCE_START.search(before) or PLACED.search(before))
            if named or (whole and (known or inside)) or (known and inside and not shouted):
                yield start, rest[-1][2]
                break


def _followed_by(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """The words of a run up to the first that is no part of a name; three at most."""
    kept = words[:1]
    for word in words[1:3]:
        if _plain(word[0]):
            break
        kept.append(word)
    return kept


def _plain(word: str) -> bool:
    low = _bare(word)
    return low in NO_NAMES or low in STOP_WORDS


def _is_first_name(word: str) -> bool:
    return _bare(word) in first_names()


def _bare(word: str) -> str:
    """In small letters without accents, and without the ending of what is somebody's."""
    letters = unicodedata.normalize("NFD", re.sub(r"['’]s$", "", word.casefold()))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def _small(text: str) -> Iterator[Span]:
    """First names that were typed without a capital, after a cue."""
    for match in WORD.finditer(text):
        word = match.group()
        if word.islower() and _is_first_name(word) and NAMING.search(text[: match.start()]):
            yield match.span()


def _capital_share(text: str) -> float:
    words = WORD.findall(text)
    # A short text with a name in it has few words besides.
    return float(sum(word[0].isupper() for word in words[1:]) / max(len(words) - 1, 8))
