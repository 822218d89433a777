"""Who wants to hear more: a list of its own, which owners read, take with them and keep right."""

import csv
import io

from flask import Response as BaseResponse
from flask import flash, redirect, render_template, url_for
from flask_security import auth_required, current_user

from ..accounts.audit import record_audit
from ..extensions import db
from ..programme.queries import series_for
from ..spreadsheet_cells import harmless
from ..wording import count, now
from .news import subscribers_of, take_out
from .views import Page, bp


@bp.get("/series/<int:series_id>/collect/news")
@auth_required()
def news_list(series_id: int) -> Page:
    """The addresses that were left for news."""
    series = series_for(current_user, series_id, "owner")
    return render_template("collect/news_list.html", series=series, subscribers=subscribers_of(series))


@bp.get("/series/<int:series_id>/collect/news.csv")
@auth_required()
def news_file(series_id: int) -> BaseResponse:
    """The addresses as a file for the program that writes the letters."""
    series = series_for(current_user, series_id, "owner")
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(["email"])
    found = subscribers_of(series)
    rows.writerows([harmless(each.email)] for each in found)
    record_audit(
        "export", f"{count(len(found), 'address', 'addresses')} for news as CSV", now(), current_user, series.id
    )
    db.session.commit()
    headers = {"Content-Disposition": 'attachment; filename="news.csv"'}
    return BaseResponse("\ufeff" + out.getvalue(), mimetype="text/csv", headers=headers)


@bp.post("/series/<int:series_id>/collect/news/<int:subscriber_id>/delete")
@auth_required()
def take_out_of_news(series_id: int, subscriber_id: int) -> BaseResponse:
    """Somebody no longer wants to hear more."""
    series = series_for(current_user, series_id, "owner")
    take_out(series, subscriber_id, current_user, now())
    flash("The address is taken out.", "good")
    return redirect(url_for(".news_list", series_id=series.id), 303)
