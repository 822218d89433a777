"""The statements and themes as a project that NVivo, ATLAS.ti and MAXQDA open: REFI-QDA 1.5, in a ZIP file.

Each speaker's statements that may be quoted are one text source and one case, and each statement where the speakers
are not told apart; themes and headings are codes."""

import io
import re
import uuid
import zipfile
from collections.abc import Iterable
from datetime import UTC, datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from ..programme.models import FACETS
from .chart_svg import COLOURS
from .document import Report, StatementRow

NAMESPACE = "urn:QDA-XML:project:1.0"
# Ids are made from this and from what they stand for: the same report gives the same project.
ROOT = uuid.uuid5(uuid.NAMESPACE_URL, "urn:rapporteur:qdpx")
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
SPEAKERS = {"written": "Delegate", "table": "Table", "floor": "Question from the floor", "presentation": "Presentation"}
VARIABLES = ("Event", "Channel", "Kind of organisation")
BETWEEN = "\n\n"


def render(report: Report) -> bytes:
    """The QDPX's bytes: `project.qde` and one plain text a source. Withheld and unquotable words are not in it."""
    said: dict[str, list[StatementRow]] = {}
    for row in report.statements:
        if row.text:
            said.setdefault(row.speaker or f"of statement {row.id}", []).append(row)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        project = ElementTree.tostring(project_of(report, said), encoding="utf-8", xml_declaration=True)
        archive.writestr(zipfile.ZipInfo("project.qde"), project, zipfile.ZIP_DEFLATED)
        for speaker, rows in said.items():
            name = f"sources/{guid(report, 'source', speaker)}.txt"
            archive.writestr(zipfile.ZipInfo(name), source_text(rows).encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def guid(report: Report, *what: object) -> str:
    """The id of something in this report."""
    return str(uuid.uuid5(ROOT, "/".join([report.title, report.dates, *map(str, what)])))


def words_of(row: StatementRow) -> str:
    """The statement as it stands in its source: as it was written, with line ends that every program counts alike."""
    return ILLEGAL.sub("", row.text.replace("\r\n", "\n").replace("\r", "\n"))


def source_text(rows: Iterable[StatementRow]) -> str:
    return BETWEEN.join(map(words_of, rows))


def clean(text: str) -> str:
    return ILLEGAL.sub("", " ".join(text.split()))


def project_of(report: Report, said: dict[str, list[StatementRow]]) -> Element:
    """The project file: user, codes, variables, cases and sources, in the order that the standard sets."""
    made = (report.drafted_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    user = guid(report, "user")
    project = Element(
        "Project",
        {
            "xmlns": NAMESPACE,
            "name": clean(report.title),
            "origin": "Rapporteur",
            "creatingUserGUID": user,
            "creationDateTime": made,
        },
    )
    SubElement(SubElement(project, "Users"), "User", guid=user, name="Rapporteur")
    add_codes(SubElement(SubElement(project, "CodeBook"), "Codes"), report)
    variables = SubElement(project, "Variables")
    for name in VARIABLES:
        SubElement(variables, "Variable", guid=guid(report, "variable", name), name=name, typeOfVariable="Text")
    if said:
        cases, sources = SubElement(project, "Cases"), SubElement(project, "Sources")
        for speaker, rows in said.items():
            add_case(cases, report, speaker, rows[0])
            add_source(sources, report, speaker, rows, user, made)
    SubElement(project, "Description").text = clean(report.subtitle)
    return project


def add_codes(codes: Element, report: Report) -> None:
    """Themes, themes on the project and headings, each below a code that is only their name."""
    groups = (("Themes", False), ("Feedback on the project", True))
    for title, about_project in groups:
        themes = [theme for theme in report.data.themes if theme.about_project == about_project]
        if themes:
            group = SubElement(codes, "Code", guid=guid(report, "group", title), name=title, isCodable="false")
            for theme in themes:
                name = clean(theme.title) or f"Theme {theme.number}"
                code = SubElement(group, "Code", guid=guid(report, "theme", theme.id), name=name, isCodable="true")
                if theme.statement:
                    SubElement(code, "Description").text = clean(theme.statement)
    group = SubElement(codes, "Code", guid=guid(report, "group", "Headings"), name="Headings", isCodable="false")
    for facet in FACETS:
        SubElement(
            group,
            "Code",
            guid=guid(report, "facet", facet),
            name=facet.capitalize(),
            isCodable="true",
            color=COLOURS[facet],
        )


def add_case(cases: Element, report: Report, speaker: str, row: StatementRow) -> None:
    """One speaker with what may be told of them."""
    case = SubElement(cases, "Case", guid=guid(report, "case", speaker), name=name_of(speaker, row))
    for name, value in zip(VARIABLES, (row.event, SPEAKERS[row.channel], row.organisation_type), strict=True):
        if value:
            told = SubElement(case, "VariableValue")
            SubElement(told, "VariableRef", targetGUID=guid(report, "variable", name))
            SubElement(told, "TextValue").text = clean(value)
    SubElement(case, "SourceRef", targetGUID=guid(report, "source", speaker))


def name_of(speaker: str, row: StatementRow) -> str:
    """Delegate r12, London."""
    return clean(f"{SPEAKERS[row.channel]} {speaker}{', ' + row.event if row.event else ''}")


def add_source(sources: Element, report: Report, speaker: str, rows: list[StatementRow], user: str, made: str) -> None:
    """A text with a selection a statement, coded by theme and heading; positions are code points from 0."""
    id_ = guid(report, "source", speaker)
    source = SubElement(
        sources,
        "TextSource",
        guid=id_,
        name=name_of(speaker, rows[0]),
        plainTextPath=f"internal://{id_}.txt",
        creatingUser=user,
        creationDateTime=made,
    )
    start = 0
    for row in rows:
        end = start + len(words_of(row))
        selection = SubElement(
            source,
            "PlainTextSelection",
            guid=guid(report, "selection", row.id),
            name=f"Statement {row.id}",
            startPosition=str(start),
            endPosition=str(end),
            creatingUser=user,
            creationDateTime=made,
        )
        codes = [("facet", row.facet), *([("theme", row.theme_id)] if row.theme_id is not None else [])]
        for code in codes:
            coding = SubElement(
                selection,
                "Coding",
                guid=guid(report, "coding", row.id, code[0]),
                creatingUser=user,
                creationDateTime=made,
            )
            SubElement(coding, "CodeRef", targetGUID=guid(report, *code))
        start = end + len(BETWEEN)
