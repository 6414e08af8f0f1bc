"""Bringing a database's tables to the form that this version of the desk expects, and telling which form they have."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from sqlite3 import Connection as SQLiteConnection
from typing import cast

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from backoffice.models.database import WRITING


class UnknownRevision(Exception):
    """The database has tables that this version does not know; the message says so in one line."""


def upgrade(engine: Engine, revision: str = "head", *, applied: Callable[[], object] = lambda: None) -> str | None:
    """Migrate up to ``revision`` in one transaction and return the revision reached; ``applied`` is told of each step.

    ``engine`` is one of ``engine_for``. Raises ``UnknownRevision`` for a database of a newer version, and
    ``BrokenReferences`` (SQLite) when a row would point at nothing; then nothing has changed.
    """
    refuse_unknown(current_revision(engine))
    _run(engine, lambda config: command.upgrade(config, revision), applied)
    return current_revision(engine)


def downgrade(engine: Engine, revision: str) -> str | None:
    """Migrate down to ``revision`` ("base": no tables) in one transaction and return the revision reached."""
    _run(engine, lambda config: command.downgrade(config, revision))
    return current_revision(engine)


def current_revision(engine: Engine) -> str | None:
    """The revision that the database is at; None before the first."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


@cache
def head_revision() -> str | None:
    """The newest revision that this version of the desk knows."""
    return ScriptDirectory.from_config(_config()).get_current_head()


def refuse_unknown(revision: str | None) -> None:
    """Raise ``UnknownRevision`` where this version of the desk has no such revision."""
    if revision is not None and revision not in _revisions():
        raise UnknownRevision(
            f"the database is at revision {revision}, which this version does not know: a newer one has upgraded it"
        )


def pending(engine: Engine) -> tuple[str, ...]:
    """The revisions between the database and this version's, the next one first. Raises ``UnknownRevision``."""
    current = current_revision(engine)
    refuse_unknown(current)
    ahead = ScriptDirectory.from_config(_config()).iterate_revisions("head", current or "base")
    return tuple(script.revision for script in ahead)[::-1]


@cache
def _revisions() -> frozenset[str]:
    return frozenset(script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "backoffice:migrations")
    return config


def _run(engine: Engine, run: Callable[[Config], None], applied: Callable[[], object] = lambda: None) -> None:
    config = _config()
    config.attributes["applied"] = lambda **told: applied()
    with engine.connect().execution_options(**WRITING) as connection, _references_unchecked(connection):
        config.attributes["connection"] = connection
        run(config)


@contextmanager
def _references_unchecked(connection: Connection) -> Iterator[None]:
    """SQLite cannot rebuild a table that others point at while it checks them; the environment checks afterwards."""
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = cast(SQLiteConnection, connection.connection.driver_connection)
    driver.execute("PRAGMA foreign_keys=OFF").close()
    try:
        yield
    finally:
        driver.execute("PRAGMA foreign_keys=ON").close()
