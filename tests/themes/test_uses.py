from flask.testing import FlaskClient

from tests.factories import NOON, make_event, make_question, make_response
from tests.themes.factories import make_theme
from webapp.accounts.models import User
from webapp.collect.actions import withdraw_response
from webapp.extensions import db
from webapp.themes import actions
from webapp.themes.models import Statement
from webapp.themes.queries import boards_of
from webapp.themes.reading import read_statements


def test_a_receipt_says_what_became_of_each_statement(client: FlaskClient, organiser: User) -> None:
    event = make_event()
    question = make_question(event)
    response = make_response(event, {question: "Targets come too late. The soup was cold. My manager is Mr X."})
    read_statements(event, NOON)
    late, soup, named = db.session.scalars(db.select(Statement).order_by(Statement.start))
    make_theme(boards_of(event.series_id)[0], "Setting <targets>", [late])
    actions.withhold([named], "personal", organiser, NOON)

    page = client.get(f"/r/{response.receipt_code}").text

    assert "In the theme “Setting &lt;targets&gt;”." in page
    assert page.index(late.text) < page.index("Read, and in no theme yet.") < page.index("Left out of the report.")
    assert soup.text in page

    withdraw_response(response, NOON)
    assert "What became of your words" not in client.get(f"/r/{response.receipt_code}").text
