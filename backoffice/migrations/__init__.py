"""Bringing a database's tables to the form that this version of the desk expects. Alembic is imported when it does."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from sqlite3 import Connection as SQLiteConnection
from typing import TYPE_CHECKING, cast

from sqlalchemy import Connection, Engine

from backoffice.migrations.revisions import current_revision, pending
from backoffice.models.database import WRITING

if TYPE_CHECKING:
    from alembic.config import Config

LONGEST_MIGRATION = 600
"""Seconds that a process waits for another one that migrates the same database."""


def upgrade(engine: Engine, revision: str = "head", *, applied: Callable[[], object] = lambda: None) -> str | None:
    """Migrate up to ``revision`` in one transaction and return the revision reached; ``applied`` is told of each step.

    ``engine`` is one of ``engine_for``. Raises ``UnknownRevision`` for a database of a newer version, and
    ``BrokenReferences`` (SQLite) when a row would point at nothing; then nothing has changed.
    """
    from alembic import command

    pending(engine)
    _run(engine, lambda config: command.upgrade(config, revision), applied)
    return current_revision(engine)


def downgrade(engine: Engine, revision: str) -> str | None:
    """Migrate down to ``revision`` ("base": no tables) in one transaction and return the revision reached."""
    from alembic import command

    _run(engine, lambda config: command.downgrade(config, revision))
    return current_revision(engine)


def _config() -> "Config":
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "backoffice:migrations")
    return config


def _run(engine: Engine, run: Callable[["Config"], None], applied: Callable[[], object] = lambda: None) -> None:
    config = _config()
    config.attributes["applied"] = lambda **told: applied()
    with engine.connect().execution_options(**WRITING) as connection, _alone_on_sqlite(connection):
        config.attributes["connection"] = connection
        run(config)


@contextmanager
def _alone_on_sqlite(connection: Connection) -> Iterator[None]:
    """SQLite cannot rebuild a table that others point at while it checks them; the environment checks afterwards.

    Its one write lock is what another process holds that migrates.
    """
    if connection.dialect.name != "sqlite":
        yield
        return
    driver = cast(SQLiteConnection, connection.connection.driver_connection)
    [patience] = driver.execute("PRAGMA busy_timeout").fetchone()
    _set(driver, foreign_keys="OFF", busy_timeout=LONGEST_MIGRATION * 1000)
    try:
        yield
    finally:
        _set(driver, foreign_keys="ON", busy_timeout=patience)


def _set(driver: SQLiteConnection, **pragmas: object) -> None:
    for name, value in pragmas.items():
        driver.execute(f"PRAGMA {name}={value}").close()
