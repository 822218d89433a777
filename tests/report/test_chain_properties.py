"""Whatever was said, edited and taken back: quotes are slices, figures add up, and no file holds what it must not."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import databases
from tests.report.random_boards import try_one
from webapp.extensions import db
from webapp.report.files import FILES

# The PDF takes as long as all others together; benchmarks/report_chain.py looks into it too.
KINDS = [kind for kind in FILES if "pdf" not in kind]


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_every_file_of_every_board_keeps_to_what_was_said(seed: int) -> None:
    db.session.remove()
    databases.empty(db)
    assert try_one(seed, size=10, kinds=KINDS) == (0, 0, 0)
