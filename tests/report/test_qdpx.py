"""The project for qualitative analysis: built as REFI-QDA 1.5 sets it, with selections that are the statements."""

import io
import re
import zipfile
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest

from tests.factories import make_event, make_series
from tests.report.conftest import SECRETS
from tests.report.factories import make_board, make_statement, make_theme
from webapp.report import qdpx
from webapp.report.document import Report
from webapp.report.queries import report_for

N = "{urn:QDA-XML:project:1.0}"
GUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
# What the standard allows within each element, in its order.
ORDER = {
    "Project": ["Users", "CodeBook", "Variables", "Cases", "Sources", "Description"],
    "Users": ["User"],
    "CodeBook": ["Codes"],
    "Codes": ["Code"],
    "Code": ["Description", "Code"],
    "Variables": ["Variable"],
    "Cases": ["Case"],
    "Case": ["VariableValue", "SourceRef"],
    "VariableValue": ["VariableRef", "TextValue"],
    "Sources": ["TextSource"],
    "TextSource": ["PlainTextSelection"],
    "PlainTextSelection": ["Coding"],
    "Coding": ["CodeRef"],
}
NEEDED = {
    "Project": {"name"},
    "User": {"guid"},
    "Code": {"guid", "name", "isCodable"},
    "Variable": {"guid", "name", "typeOfVariable"},
    "Case": {"guid"},
    "TextSource": {"guid", "plainTextPath"},
    "PlainTextSelection": {"guid", "startPosition", "endPosition"},
    "Coding": {"guid"},
    "CodeRef": {"targetGUID"},
    "SourceRef": {"targetGUID"},
    "VariableRef": {"targetGUID"},
}


def opened(body: bytes) -> tuple[Element, dict[str, str]]:
    """The project and its texts by their internal addresses."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        texts = {
            name.replace("sources/", "internal://"): archive.read(name).decode()
            for name in archive.namelist()
            if name.startswith("sources/")
        }
        return ElementTree.fromstring(archive.read("project.qde")), texts


def check_structure(project: Element) -> None:
    assert project.tag == f"{N}Project"
    for element in project.iter():
        name = element.tag.removeprefix(N)
        places = [ORDER[name].index(child.tag.removeprefix(N)) for child in element] if len(element) else []
        assert places == sorted(places), name
        assert NEEDED.get(name, set()) <= set(element.keys()), name
    guids = [element.get("guid") for element in project.iter() if element.get("guid")]
    assert len(guids) == len(set(guids))
    assert all(GUID.fullmatch(guid) for guid in guids)
    targets = {element.get("targetGUID") for element in project.iter() if element.get("targetGUID")}
    assert targets <= set(guids)


def test_the_project_is_built_as_the_standard_sets_it(full_report: Report) -> None:
    project, texts = opened(qdpx.render(full_report))
    check_structure(project)
    assert {source.get("plainTextPath") for source in project.iter(f"{N}TextSource")} == set(texts)
    names = {code.get("name") for code in project.iter(f"{N}Code")}
    assert {"Themes", "Targets & <measures>", "Politics", "Feedback on the project", "One approach"} <= names
    assert {"Headings", "Observation", "Problem", "Approach", "Suggestion"} <= names


def test_every_selection_is_the_statement_that_it_names(full_report: Report) -> None:
    project, texts = opened(qdpx.render(full_report))
    said = {f"Statement {row.id}": row for row in full_report.statements if row.text}
    codes = {code.get("guid"): code.get("name") for code in project.iter(f"{N}Code")}
    found = {}
    for source in project.iter(f"{N}TextSource"):
        for selection in source.iter(f"{N}PlainTextSelection"):
            start, end = int(selection.get("startPosition", "")), int(selection.get("endPosition", ""))
            found[selection.get("name")] = texts[source.get("plainTextPath", "")][start:end]
            row = said[selection.get("name", "")]
            named = {codes[ref.get("targetGUID")] for ref in selection.iter(f"{N}CodeRef")}
            assert named == {row.facet.capitalize(), " ".join(row.theme.split())}
    assert found == {name: row.text for name, row in said.items()}
    assert any("😀" in text for text in found.values())


def test_what_may_not_be_quoted_is_not_in_the_project(full_report: Report) -> None:
    with zipfile.ZipFile(io.BytesIO(qdpx.render(full_report))) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Members never ask about results." in text
    assert [secret for secret in SECRETS if secret in text] == []


@pytest.mark.parametrize("said", ["two\r\nlines of it", "a\x07 bell\ufffe", "]]> & <b>", "👩‍👧 one sign of many"])
def test_no_words_break_the_project(said: str) -> None:
    series = make_series(title=said, organisation_types=[])
    event, board = make_event(series, title=said, place=said), make_board(series)
    make_statement(event, f"{said} first", make_theme(board, said, said), source={"organisation_type": said})
    project, texts = opened(qdpx.render(report_for(series)))
    check_structure(project)
    (text,) = texts.values()
    (selection,) = project.iter(f"{N}PlainTextSelection")
    assert (selection.get("startPosition"), selection.get("endPosition")) == ("0", str(len(text)))


def test_the_same_report_gives_the_same_project(full_report: Report) -> None:
    assert qdpx.render(full_report) == qdpx.render(full_report)


def test_a_project_of_nothing_is_well_formed() -> None:
    project, texts = opened(qdpx.render(report_for(make_series())))
    check_structure(project)
    assert texts == {}
