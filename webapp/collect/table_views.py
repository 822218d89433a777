"""A table's page: whoever holds its link writes its lines."""

from uuid import uuid4

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _

from ..errors import DomainError
from ..extensions import csrf, db, limiter
from ..programme.models import DiscussionTable, Question
from ..programme.queries import table_by_token
from ..row_ids import row_id
from ..text_input import clean_text
from ..wording import now
from .actions import add_note, answer_question, delete_note, edit_note, restore_note
from .agreeing import agreement_of, changed_tables
from .answers import UnknownQuestion
from .codes import sent_key
from .forms import WEIGHT_WORDS, tap_words
from .models import GroupNote
from .queries import floor_of, floor_question_in, note_at, notes_of, notes_version, questions_at
from .views import SENDING, WORKER, Page, bp


def chosen_question(table: DiscussionTable, questions: list[Question]) -> Question | None:
    """The question that the page's address or form names, else the first of the session's own, if it has any."""
    wanted = request.values.get("question", "")
    found = next((question for question in questions if str(question.id) == wanted), None)
    if wanted and found is None and request.method == "POST":
        raise UnknownQuestion(_("That question is not asked at this table. Reload the page and send the line again."))
    own = [question for question in questions if question.session_id == table.session_id]
    return found or (own[0] if own and not wanted else None)


def table_page(table: DiscussionTable, error: str = "", typed: dict[str, str] | None = None, status: int = 200) -> Page:
    """The page of a table; `typed` is what could not be stored, by field name, with the note's id if it was an edit."""
    questions = questions_at(table)
    try:
        question = chosen_question(table, questions)
    except UnknownQuestion:
        question = None
    deleted = request.args.get("deleted", type=row_id)
    page = render_template(
        "collect/table.html",
        table=table,
        session_=table.session,
        event=table.session.event,
        notes=notes_of(table),
        floor=floor_of(table.session) if table.session.kind == "qa" else [],
        questions=questions,
        question=question,
        taps=tap_words(table.session.event.series),
        weights=WEIGHT_WORDS,
        client_key=uuid4().hex,
        deleted=note_at(table, deleted) if deleted else None,
        error=error,
        typed=typed or {},
        version=lines_version(table),
        agreement=agreement_of(table),
        since=table.id in changed_tables([table.id]),
    )
    return page, status


def lines_version(table: DiscussionTable) -> str:
    """Changes with every line of the table, and with its agreeing to them."""
    agreement = agreement_of(table)
    return f"{notes_version(table)}-{agreement.id if agreement else 0}"


def back_to(table: DiscussionTable, **values: object) -> Page:
    values = {"question": request.values.get("question") or None, **values}
    return redirect(url_for(".table", token=table.token, **values), 303)


# Exempt, because the address is the secret: a page that knows it needs no forgery, and one that does not cannot forge.
# So a line that waited a day for the network is still accepted.
@bp.route("/t/<token>", methods=["GET", "POST"])
@csrf.exempt
@limiter.limit(SENDING, methods=["POST"])
def table(token: str) -> Page:
    """The lines taken at one table in one session, and one line to type the next."""
    at_table = table_by_token(token)
    if request.method == "GET":
        return table_page(at_table)
    typed = request.form.to_dict()
    try:
        add_note(
            at_table,
            typed.get("text", ""),
            sent_key(typed.get("client_key")),
            now(),
            facet=typed.get("facet"),
            weight=typed.get("weight", "one"),
            question=chosen_question(at_table, questions_at(at_table)),
        )
    except DomainError as error:
        db.session.rollback()
        return table_page(at_table, str(error), typed, error.status)
    return back_to(at_table)


@bp.get("/t/worker.js")
def table_worker() -> Page:
    """The script that shows a table's page without a network. It may serve only what is below it."""
    script = WORKER.read_text(encoding="utf-8")
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@bp.get("/t/<token>/lines")
def lines(token: str) -> Page:
    """The lines alone, for a page that asks every few seconds; 304 where nothing changed."""
    at_table = table_by_token(token)
    version = lines_version(at_table)
    if request.if_none_match.contains_weak(version):
        return "", 304
    questions = questions_at(at_table)
    page = render_template(
        "collect/lines.html",
        table=at_table,
        notes=notes_of(at_table),
        questions=questions,
        question=chosen_question(at_table, questions),
        taps=tap_words(at_table.session.event.series),
        weights=WEIGHT_WORDS,
        typed={},
        event=at_table.session.event,
        agreement=agreement_of(at_table),
        since=at_table.id in changed_tables([at_table.id]),
    )
    response = make_response(page)
    # Weak, because the same lines are sent compressed to one browser and plain to another.
    response.set_etag(version, weak=True)
    return response


@bp.app_template_filter("marks")
def marks_of(note: GroupNote) -> str:
    """What a line is marked with beside its words, as one value that an edit sends back."""
    return f"{note.facet or ''}/{note.weight}/{note.question_id or ''}"


def changed_meanwhile(note: GroupNote, typed: dict[str, str]) -> str:
    """What to say where the line is no longer what this edit began with; empty where it is."""
    if clean_text(typed.get("was")).strip() != note.text:
        return _(
            "Another device changed this line meanwhile, to the words above. Yours are below: save them to replace it."
        )
    seen, wanted = typed.get("was_marked"), (typed.get("facet") or None, typed.get("weight", note.weight))
    if seen is not None and seen != marks_of(note) and wanted != (note.facet, note.weight):
        return _(
            "Another device marked this line otherwise meanwhile, as it stands above. Your marks are below: save them "
            "to replace those."
        )
    return ""


def question_after_edit(note: GroupNote, typed: dict[str, str], questions: list[Question]) -> Question | None:
    """The question that the edited line answers: the one chosen, none, or the one it had where no choice was shown."""
    wanted = typed.get("question")
    if wanted is None or (note.question_id is not None and wanted == str(note.question_id)):
        return note.question
    found = next((question for question in questions if str(question.id) == wanted), None)
    if wanted and found is None:
        raise UnknownQuestion(_("That question is not asked at this table. Reload the page and save the line again."))
    return found


@bp.post("/t/<token>/lines/<int:note_id>")
@limiter.limit(SENDING)
def edit(token: str, note_id: int) -> Page:
    """Change a line in place. Where another device changed it meanwhile, both are shown and nothing is overwritten."""
    at_table = table_by_token(token)
    note = note_at(at_table, note_id)
    typed = {**request.form.to_dict(), "note": str(note_id)}
    words = changed_meanwhile(note, typed)
    if words:
        return table_page(at_table, words, typed, 409)
    try:
        edit_note(
            note,
            typed.get("text", ""),
            now(),
            facet=typed.get("facet"),
            weight=typed.get("weight", "one"),
            question=question_after_edit(note, typed, questions_at(at_table)),
        )
    except DomainError as error:
        db.session.rollback()
        return table_page(at_table, str(error), typed, error.status)
    return back_to(at_table, _anchor=f"n{note_id}")


@bp.post("/t/<token>/lines/<int:note_id>/delete")
@limiter.limit(SENDING)
def delete(token: str, note_id: int) -> Page:
    at_table = table_by_token(token)
    delete_note(note_at(at_table, note_id), now())
    return back_to(at_table, deleted=note_id)


@bp.post("/t/<token>/lines/<int:note_id>/restore")
@limiter.limit(SENDING)
def restore(token: str, note_id: int) -> Page:
    at_table = table_by_token(token)
    restore_note(note_at(at_table, note_id), now())
    return back_to(at_table, _anchor=f"n{note_id}")


@bp.post("/t/<token>/answers/<int:question_id>")
@limiter.limit(SENDING)
def answer(token: str, question_id: int) -> Page:
    """Write down the answer that was given to a question from the floor."""
    at_table = table_by_token(token)
    question = floor_question_in(at_table.session, question_id)
    try:
        answer_question(question, request.form.get("answer", ""), request.form.get("answered_by", ""), now())
    except DomainError as error:
        db.session.rollback()
        return table_page(at_table, str(error), {**request.form.to_dict(), "floor": str(question_id)}, error.status)
    flash(_("The answer was saved."), "good")
    return back_to(at_table, _anchor=f"f{question_id}")
