"""Publishing and taking back: what stands in the way, what will become public, and the editions there are."""

from flask import flash, redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import DomainError, NotFound
from ..extensions import db
from ..programme.models import Event, Series
from ..wording import now
from .differences import differences
from .drafts import draft_of
from .editions import editions_of, latest_edition, published
from .publishing import all_quotes, publish, published_report, readiness, unpublish
from .views import asked_for, bp

Page = str | BaseResponse | tuple[str, int]


@bp.route("/series/<int:series_id>/report/publish", methods=["GET", "POST"])
@auth_required()
def publishing(series_id: int) -> Page:
    """What will become public, and publishing it."""
    series, event = asked_for(series_id, "editor")
    return publish_edition(series, event) if request.method == "POST" else publish_page(series, event)


def publish_page(series: Series, event: Event | None, problem: str = "") -> str:
    draft = draft_of(series, event)
    editions = editions_of(draft)
    ready = readiness(series, event, now())
    before = latest_edition(draft) if draft else None
    number = editions[0].number + 1 if editions else 1
    report = published_report(ready.assembled.report, None, number, now())
    return render_template(
        "report/publish.html",
        series=series,
        event=event,
        draft=draft,
        ready=ready,
        number=number,
        report=report,
        quotes=sum(len(all_quotes(one)) for one in report.all_paragraphs()),
        counted_only=sum(row.fate == "used" and not row.text for row in report.statements),
        own=[one for one in report.all_paragraphs() if one.own],
        before=before,
        changed=differences(published(before).report, report) if before else None,
        editions=editions,
        problem=problem,
    )


def publish_edition(series: Series, event: Event | None) -> Page:
    try:
        seen = request.form.get("edition", type=int)
        if seen is None:
            # Without it, a form that is sent twice would publish twice.
            raise DomainError("Which edition is to be published was not sent along. Publish it from this page.")
        edition = publish(series, event, current_user, now(), seen)
    except DomainError as error:
        db.session.rollback()
        return publish_page(series, event, str(error)), error.status
    flash(f"Edition {edition.number} is public.", "good")
    return redirect(publish_address(series, event), 303)


def publish_address(series: Series, event: Event | None) -> str:
    return url_for("report.publishing", series_id=series.id, event=event.id if event else None, _anchor="editions")


@bp.post("/series/<int:series_id>/report/editions/<int:number>/unpublish")
@auth_required()
def unpublish_edition(series_id: int, number: int) -> Page:
    series, event = asked_for(series_id, "editor")
    draft = draft_of(series, event)
    if draft is None:
        raise NotFound("There is no such edition.")
    try:
        edition = unpublish(draft, number, request.form.get("reason", ""), current_user, now())
    except NotFound:
        raise
    except DomainError as error:
        db.session.rollback()
        return publish_page(series, event, str(error)), error.status
    flash(f"Edition {edition.number} is public no more; its page says why.", "good")
    return redirect(publish_address(series, event), 303)
