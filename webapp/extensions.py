"""The third-party extensions, each made once and bound to the app in `create_app`."""

from datetime import UTC, datetime
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import psycopg
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_migrate import Migrate
from flask_security import Security
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey
from sqlalchemy import DateTime, MetaData, event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import Pool
from sqlalchemy.types import TypeDecorator

from config import Config

# For so many seconds after its last use a connection to PostgreSQL is taken to be whole.
UNASKED = 1.0
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


# Of rows whose numbers stand elsewhere too, in logs, in editions, in messages: no other row gets the number of one that
# was deleted. PostgreSQL gives none again; SQLite has to be told.
NUMBERED_ONCE = {"sqlite_autoincrement": True}


class Base(DeclarativeBase):
    """Names every constraint, so that migrations can drop it on both databases."""

    metadata = MetaData(naming_convention=NAMING)


class UtcDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC; SQLite, which has no time zones, gives it back aware too."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a datetime without a time zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def tasks_queue(url: str) -> Huey:
    """The queue that a `TASKS_URL` names: sqlite:///path, redis://... or postgresql://..."""
    scheme = urlsplit(url).scheme
    if scheme.startswith("sqlite"):
        return SqliteHuey("rapporteur", filename=url.split(":///", 1)[1], fsync=False)
    if scheme.startswith("redis"):
        return RedisHuey("rapporteur", url=url)
    if scheme.startswith("postgres"):
        dsn = url.replace("postgresql+psycopg://", "postgresql://")
        try:
            return PostgresHuey("rapporteur", dsn=dsn)
        except psycopg.OperationalError:
            # A process that starts while PostgreSQL is away must wait for it, not end, and gunicorn with it; the
            # queue's tables are there since the first start.
            return PostgresHuey("rapporteur", dsn=dsn, create_tables=False)
    raise ValueError(f"TASKS_URL must begin with sqlite:///, redis:// or postgresql://, and it is {url!r}")


db = SQLAlchemy(model_class=Base, session_options={"autoflush": True})
migrate = Migrate(render_as_batch=True, compare_type=True)
csrf = CSRFProtect()
security = Security()
babel = Babel()
# While Redis is away each process counts by itself: nobody is turned away for want of a counter.
limiter = Limiter(get_remote_address, default_limits=[], in_memory_fallback_enabled=True)
settings = Config()
huey = tasks_queue(settings.TASKS_URL)


@event.listens_for(Engine, "connect")
def set_sqlite_pragmas(connection: Any, _record: Any) -> None:
    """WAL lets phones write while organisers read; the busy timeout queues writers instead of failing them."""
    if type(connection).__module__.startswith("sqlite3"):
        # SQLite's own knows no letters beyond ASCII: "ÉCOLE" would not be found by "école", nor "ŴYL" by "ŵyl".
        connection.create_function("lower", 1, lambda text: text and str(text).lower(), deterministic=True)
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA busy_timeout=10000")
        cursor.execute(f"PRAGMA synchronous={settings.SQLITE_SYNCHRONOUS}")
        cursor.close()


@event.listens_for(Pool, "checkin")
def remember_use(_connection: Any, record: Any) -> None:
    record.info["used"] = monotonic()


@event.listens_for(Pool, "checkout")
def replace_what_was_cut(connection: Any, record: Any, _proxy: Any) -> None:
    """A connection that a restart of PostgreSQL cut is replaced before it is used. One that was used a moment ago is
    not asked: to ask each time costs a busy server more than the query does."""
    if isinstance(connection, psycopg.Connection) and monotonic() - record.info.get("used", 0.0) > UNASKED:
        try:
            connection.execute("SELECT 1")
            connection.rollback()
        except psycopg.OperationalError as error:
            raise InvalidatePoolError("the connection was cut") from error
