"""Two administrators act in the same moment: somebody can always administer, and own."""

from collections.abc import Callable
from threading import Barrier, Thread

from flask import Flask

from tests.factories import NOON, join_series, make_series, make_user
from webapp.accounts.actions import change_role
from webapp.accounts.actions_administration import disable_account
from webapp.accounts.models import Membership, User
from webapp.errors import Refused
from webapp.extensions import db


def at_once(app: Flask, *acts: Callable[[], None]) -> int:
    """Each act in a thread and a transaction of its own, begun together; how many were refused."""
    start, refused = Barrier(len(acts)), []

    def carry_out(act: Callable[[], None]) -> None:
        with app.app_context():
            start.wait()
            try:
                act()
            except Refused as error:
                db.session.rollback()
                refused.append(str(error))
            db.session.remove()

    threads = [Thread(target=carry_out, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(refused)


def user(id_: int) -> User:
    return db.session.get_one(User, id_)


def owners(series_id: int) -> int:
    able = (Membership.series_id == series_id, Membership.role == "owner", User.active.is_(True))
    return db.session.scalar(db.select(db.func.count()).select_from(Membership).join(User).where(*able)) or 0


def test_of_two_who_disable_each_other_one_stays(app: Flask) -> None:
    for _ in range(5):
        one, two = make_user(administrator=True).id, make_user(administrator=True).id
        refused = at_once(
            app,
            lambda one=one, two=two: disable_account(user(one), user(two), NOON),
            lambda one=one, two=two: disable_account(user(two), user(one), NOON),
        )
        db.session.expire_all()
        assert (refused, [user(one).active, user(two).active].count(True)) == (1, 1)


def test_an_owner_is_not_disabled_while_the_other_one_steps_down(app: Flask) -> None:
    root = make_user(administrator=True).id
    for _ in range(5):
        one, two = make_user(), make_user()
        series = make_series(one)
        first, second, series_id = one.id, join_series(two, series, "owner").id, series.id
        refused = at_once(
            app,
            lambda first=first: disable_account(user(first), user(root), NOON),
            lambda second=second: change_role(db.session.get_one(Membership, second), "viewer", NOON),
        )
        db.session.expire_all()
        assert (refused, owners(series_id)) == (1, 1)
