"""The editor: paragraph by paragraph, each a form of its own."""

from collections.abc import Mapping
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError
from ..extensions import db
from ..programme.models import Event, Series
from ..row_ids import row_id
from ..text_input import clean_line
from ..wording import now
from . import editing, resting
from .desk import FIXED_SECTIONS
from .drafts import assembled_for, draft_of
from .edit_log import last_undoable, log_of, undo
from .evidence import links_of
from .models import ReportEntry
from .searching import found_statements
from .views import asked_for, bp

Page = str | BaseResponse | tuple[str, int]
DONE = {
    "write": "Saved.",
    "add": "Added, and marked as the organisers' words.",
    "up": "Moved up.",
    "down": "Moved down.",
    "delete": "Deleted. Undo brings it back.",
    "back": "It stands in the report again.",
    "keep": "Looked at and kept.",
    "take": "The new draft stands in the report.",
    "fixed": "Saved with the series: every report of it has this text.",
}


@bp.route("/series/<int:series_id>/report/edit", methods=["GET", "POST"])
@auth_required()
def editor(series_id: int) -> Page:
    """The desk, and every act at it; each leads back to its paragraph."""
    series, event = asked_for(series_id, "editor")
    return edited(series, event) if request.method == "POST" else desk_page(series, event)


def desk_page(
    series: Series, event: Event | None, typed: Mapping[str, str] | None = None, problem: str = "", at: str = ""
) -> str:
    """The desk; with `typed` and `problem` where an act was refused: what was typed stands in its form."""
    draft = draft_of(series, event)
    return render_template(
        "report/editor.html",
        series=series,
        event=event,
        draft=draft,
        assembled=assembled_for(series, event),
        undoable=last_undoable(draft) if draft else None,
        typed=typed or {},
        problem=problem,
        at=at,
        fixed_texts={key: getattr(series, field) for key, field in FIXED_SECTIONS.items()},
    )


def edited(series: Series, event: Event | None) -> Page:
    verb, key = request.form.get("do", ""), clean_line(request.form.get("key"))
    try:
        entry = carry_out(verb, key, series, event)
    except DomainError as error:
        db.session.rollback()
        typed = {f"{verb}:{key}": request.form.get("text", "")}
        return desk_page(series, event, typed, str(error), key), error.status
    changed = entry is not None or verb in ("fixed", "delete")
    flash(DONE.get(verb, "Done.") if changed else "Nothing changed: it was so already.", "good")
    return redirect(desk_address(series, event, "" if verb in ("take_all", "undo") else f"edit-{key}"), 303)


def desk_address(series: Series, event: Event | None, anchor: str = "") -> str:
    return url_for("report.editor", series_id=series.id, event=event.id if event else None, _anchor=anchor or None)


def carry_out(verb: str, key: str, series: Series, event: Event | None) -> ReportEntry | None:
    form, scope = request.form, (series, event)
    text, who, when = form.get("text", ""), current_user, now()
    seen = form.get("version", type=row_id)
    if verb == "write":
        return editing.write_paragraph(*scope, key, text, who, when, seen)
    if verb == "add":
        return editing.add_paragraph(*scope, clean_line(form.get("section")), key, text, who, when)
    if verb in ("up", "down"):
        return editing.move_paragraph(*scope, key, -1 if verb == "up" else 1, who, when)
    if verb == "delete":
        return editing.delete_paragraph(*scope, key, who, when, seen)
    if verb == "back":
        return editing.bring_back(*scope, key, who, when)
    if verb == "keep":
        return editing.keep(*scope, key, who, when, seen)
    if verb == "take":
        return editing.take(*scope, key, who, when, seen)
    if verb == "take_all":
        return editing.take_all(*scope, form.getlist("keys"), who, when, seen)
    if verb == "fixed":
        editing.write_fixed_text(series, key, text, form.get("before", ""))
        return None
    if verb == "undo":
        return undo_entry(series, event)
    raise DomainError("Choose what to do with the paragraph.")


def undo_entry(series: Series, event: Event | None) -> ReportEntry:
    draft = draft_of(series, event)
    entry_id = request.form.get("entry", type=row_id)
    entry = db.session.get(ReportEntry, entry_id) if entry_id is not None else None
    if draft is None or entry is None or entry.draft_id != draft.id:
        raise DomainError("There is nothing to undo.")
    return undo(entry, current_user, now())


@bp.get("/series/<int:series_id>/report/log")
@auth_required()
def edit_log(series_id: int) -> str:
    series, event = asked_for(series_id)
    draft = draft_of(series, event)
    return render_template(
        "report/log.html", series=series, event=event, draft=draft, entries=log_of(draft) if draft else []
    )


@bp.route("/series/<int:series_id>/report/evidence/<key>", methods=["GET", "POST"])
@auth_required()
def paragraph_evidence(series_id: int, key: str) -> Page:
    """What one paragraph rests on: attach, detach, and choose what is quoted."""
    series, event = asked_for(series_id, "editor")
    here = url_for("report.paragraph_evidence", series_id=series.id, key=key, event=event.id if event else None)
    if request.method == "POST":
        entry = change_evidence(series, event, key)
        flash(f"{entry.summary}." if entry else "Nothing changed: it was so already.", "good")
        return redirect(here, 303)
    desk = editing.Desk.seen(series, event)
    _place, part = desk.find(key)
    links = links_of(part.row.evidence) if part.row is not None else []
    words, theme_id = clean_line(request.args.get("words")), request.args.get("theme", type=row_id)
    asked = "words" in request.args
    return render_template(
        "report/evidence.html",
        series=series,
        event=event,
        part=part,
        here=here,
        resting=resting_on(part, links, desk),
        words=words,
        theme_id=theme_id,
        themes=desk.assembled.material.themes,
        found=found_statements(desk.assembled.material, words, theme_id, {link.statement_id for link in links})
        if asked
        else None,
    )


def resting_on(part: Any, links: Any, desk: editing.Desk) -> list[Any]:
    """Each statement of the paragraph with whether it is quoted; those that were taken back have no words any more."""
    if part.row is None and part.drafted is not None:
        quoted = {quote.statement_id for quote in part.drafted.quotes}
        pairs = [(one.statement_id, one.statement_id in quoted) for one in part.drafted.evidence]
    else:
        pairs = [(link.statement_id, bool(link.place)) for link in links]
    heard = desk.heard
    return sorted(((id_, heard.get(id_), quoted) for id_, quoted in pairs), key=lambda one: (not one[2], one[0]))


def change_evidence(series: Series, event: Event | None, key: str) -> ReportEntry | None:
    form = request.form
    ids = form.getlist("statement", type=row_id)
    verb = form.get("do", "")
    acts = {"attach": resting.attach, "detach": resting.detach, "quote": resting.set_quotes}
    if verb not in acts:
        raise DomainError("Choose what to do with the statements.")
    if verb == "quote":
        ids = form.getlist("quoted", type=row_id)
    return acts[verb](series, event, key, ids, current_user, now())
