"""Where an organiser sets the name, the logo and the colour of a series' reports."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_security import auth_required, current_user
from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.wrappers import Response as BaseResponse
from wtforms import BooleanField

from ..errors import NotFound
from ..programme.fields import line
from ..programme.queries import series_for
from .branding import ColourRefused, adjusted_words, brand_of, brand_row, set_brand
from .editions import draft_by_slug, edition_of, report_of
from .logos import MOST_BYTES, LogoRefused

bp = Blueprint("branding", __name__)


@bp.get("/reports/<slug>/<int:number>/look.css")
def public_look(slug: str, number: int) -> Response:
    """The colour of a published edition, as a style sheet: its page allows no style of its own."""
    edition = edition_of(draft_by_slug(slug), number)
    if edition is None or edition.unpublished_at:
        raise NotFound("There is no such edition of this report.")
    brand = report_of(edition).brand
    response = Response(brand.style if brand else "", mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response


class BrandForm(FlaskForm):
    """What a report shows of the body behind it."""

    organisation = line("Organisation", most=200, description="Stands on the cover, beside the logo.")
    colour = line(
        "Colour",
        most=7,
        description="For headings and the cover, as #0b5c5a. It is made darker or lighter where it could not be read.",
    )
    logo = FileField(
        "Logo",
        description=f"An SVG or PNG file of at most {MOST_BYTES // 1000} kB.",
        render_kw={"accept": ".svg,.png,image/svg+xml,image/png"},
    )
    logo_alternative = line(
        "The logo in words", most=300, description="For those who do not see it. Empty: the organisation's name."
    )
    remove_logo = BooleanField("Take the logo away")


@bp.route("/series/<int:series_id>/branding", methods=["GET", "POST"])
@auth_required()
def branding(series_id: int) -> str | BaseResponse | tuple[str, int]:
    """Set how the reports look. What is wrong is said at its field, and nothing typed is lost."""
    series = series_for(current_user, series_id, "editor")
    row = brand_row(series.id)
    kept = ("organisation", "colour", "logo_alternative")
    form = BrandForm(data={name: getattr(row, name) for name in kept} if row else None)
    status = 200
    if form.validate_on_submit():
        sent = form.logo.data.read() if form.logo.data else None
        try:
            row = set_brand(
                series,
                organisation=form.organisation.data or "",
                colour=form.colour.data or "",
                logo_alternative=form.logo_alternative.data or "",
                logo=sent,
                remove_logo=form.remove_logo.data,
            )
        except ColourRefused as error:
            form.colour.errors = [str(error)]
        except LogoRefused as error:
            form.logo.errors = [str(error)]
        else:
            flash(" ".join(filter(None, ("The look of the reports is saved.", adjusted_words(row.colour)))))
            return redirect(url_for("branding.branding", series_id=series.id), 303)
    if form.errors or form.colour.errors or form.logo.errors:
        status = 400
    return render_template("report/branding.html", series=series, form=form, brand=brand_of(series.id)), status
