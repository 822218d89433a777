"""The proposal of a later analysis beside the board: accepted or left, one by one, in groups or all at once."""

from flask import redirect, render_template, request, url_for
from flask_security import auth_required, current_user
from werkzeug.wrappers import Response as BaseResponse

from ..errors import Refused
from ..row_ids import row_id
from ..wording import now
from . import actions_proposals, queries
from .forms import seen_version, ticked
from .models import ThemeRun
from .proposals import open_proposal
from .views import bp, lists_of, say


@bp.get("/runs/<int:run_id>/proposal")
@auth_required()
def proposal(run_id: int) -> str:
    run = queries.run_for(current_user, run_id, "editor")
    latest = queries.latest_run(run.board)
    return render_template(
        "themes/proposal.html",
        series=run.board.series,
        board=run.board,
        run=run,
        newest=latest is None or latest.id == run.id,
        open=open_proposal(run),
        **lists_of(run.board),
    )


@bp.post("/runs/<int:run_id>/proposal")
@auth_required()
def decide_proposal(run_id: int) -> BaseResponse:
    run = queries.run_for(current_user, run_id, "editor")
    latest = queries.latest_run(run.board)
    if latest is not None and latest.id != run.id:
        raise Refused("A newer analysis has replaced this proposal. Nothing was changed.")
    verb, _, key = request.form.get("do", "").partition(":")
    _decide(run, verb, key)
    return redirect(url_for("themes.proposal", run_id=run.id), 303)


def _decide(run: ThemeRun, verb: str, key: str) -> None:
    """`key` names a group, `change-` and a number, or nothing for all that is ticked."""
    if key.startswith("change-"):
        change_id = _number_in(key)
        if verb == "accept":
            say(actions_proposals.accept_change(run, change_id, current_user, now(), seen_version()))
        else:
            say(actions_proposals.decline_change(run, change_id, current_user, now()))
        return
    chosen = set(ticked("suggestion"))
    if key:
        groups = {group.key: group for group in open_proposal(run).groups}
        chosen &= {suggestion.id for suggestion, _ in groups[key].places} if key in groups else set()
    if not chosen:
        raise Refused("Tick at least one statement of it first. Nothing was changed.")
    if verb == "accept":
        say(actions_proposals.accept_places(run, chosen, current_user, now(), seen_version()))
    else:
        say(actions_proposals.decline_places(run, chosen, current_user, now()))


def _number_in(key: str) -> int:
    """The id behind the hyphen; 0, which no row has, where it can be none."""
    try:
        return row_id(key.partition("-")[2])
    except ValueError:
        return 0
