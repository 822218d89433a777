"""What everybody may read: editions at a stable address, each paragraph's evidence, the files, and who wants to hear
more. These pages know no session and need no script."""

from flask import Response, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from ..collect.actions import subscribe_to_news
from ..collect.forms import NewsForm
from ..errors import NotFound
from ..extensions import limiter
from .charts import charts_of
from .editions import (
    Published,
    draft_by_slug,
    edition_of,
    editions_of,
    latest_edition,
    paragraph_numbered,
    published,
    report_of,
)
from .evidence_figures import evidence_figures
from .files import FILES, file_name, rendered
from .for_everybody import for_everybody
from .language import written_in
from .models import Edition, ReportDraft
from .views import bp, download, kind_of_file

Page = str | BaseResponse | tuple[str, int]


@bp.get("/reports/<slug>")
def public_report(slug: str) -> BaseResponse:
    """The newest edition that is public."""
    draft = draft_by_slug(slug)
    edition = latest_edition(draft)
    return edition_page(draft, edition) if edition is not None else gone(draft, editions_of(draft)[0])


@bp.get("/reports/<slug>/<int:number>")
def public_edition(slug: str, number: int) -> BaseResponse:
    """One edition, whatever was published after it."""
    draft, edition = asked_edition(slug, number)
    return gone(draft, edition) if edition.unpublished_at else edition_page(draft, edition)


@bp.get("/reports/<slug>/<int:number>/evidence/<paragraph>")
def public_evidence(slug: str, number: int, paragraph: str) -> BaseResponse:
    """What one paragraph rests on."""
    draft, edition = asked_edition(slug, number)
    if edition.unpublished_at:
        return gone(draft, edition)
    shown = published(edition)
    found = paragraph_numbered(shown.report, paragraph)
    with written_in(shown.report.language):
        page = render_template(
            "report/public_evidence.html",
            draft=draft,
            edition=edition,
            report=shown.report,
            paragraph=found,
            figures=evidence_figures(found),
        )
    return conditional(page)


@bp.get("/reports/<slug>/<int:number>/report.<ext>")
@limiter.limit("60/minute")
def public_file(slug: str, number: int, ext: str) -> BaseResponse:
    """A file of an edition, made from its frozen contents."""
    draft, edition = asked_edition(slug, number)
    if edition.unpublished_at:
        return gone(draft, edition)
    body = rendered(for_everybody(published(edition).report), ext) if ext in FILES else b""
    return download(kind_of_file(ext), body, file_name(draft.series, draft.event, ext, edition.number))


@bp.route("/reports/<slug>/news", methods=["GET", "POST"])
@limiter.limit("10/minute", methods=["POST"])
def public_news(slug: str) -> Page:
    """For those who would like to get involved: an address, kept apart from everything that was said."""
    draft = draft_by_slug(slug)
    language = report_of(latest_edition(draft) or editions_of(draft)[0]).language
    with written_in(language):
        form = NewsForm()
        if form.validate_on_submit():
            subscribe_to_news(draft.series_id, form.email.data)
            return redirect(url_for("report.public_news", slug=slug, thanks="1"), 303)
        done = "thanks" in request.args and request.method == "GET"
        page = render_template("report/public_news.html", draft=draft, news=form, done=done, language=language)
    return page, 400 if request.method == "POST" else 200


def asked_edition(slug: str, number: int) -> tuple[ReportDraft, Edition]:
    draft = draft_by_slug(slug)
    edition = edition_of(draft, number)
    if edition is None:
        raise NotFound(_("There is no such edition of this report."))
    return draft, edition


def edition_page(draft: ReportDraft, edition: Edition) -> BaseResponse:
    shown: Published = published(edition)
    with written_in(shown.report.language):
        page = render_template(
            "report/public.html",
            draft=draft,
            edition=edition,
            report=shown.report,
            charts=charts_of(shown.report),
            taken_back=shown.taken_back,
            editions=editions_of(draft),
            newest=latest_edition(draft),
            files=FILES,
        )
    return conditional(page)


def gone(draft: ReportDraft, edition: Edition) -> BaseResponse:
    """410: it was here and was taken back; the page says when and why."""
    report = report_of(edition)
    with written_in(report.language):
        page = render_template(
            "report/public_gone.html", draft=draft, edition=edition, report=report, newest=latest_edition(draft)
        )
    return make_response(page, 410)


def conditional(page: str) -> Response:
    """Asked anew each time, and not sent again where nothing changed: what is taken back is gone at once."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    return response.make_conditional(request)
