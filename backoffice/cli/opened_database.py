"""The database of the settings: opened, looked at, and in words when it cannot be used."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from backoffice.migrations.revisions import wrong_form
from backoffice.models.database import Database, engine_for
from backoffice.settings import Settings

FAULTS = (DataError, IntegrityError)
"""Errors of the database that only a fault of the desk's own can lead to."""


class Unusable(Exception):
    """The database cannot be used; the message is one line that says why."""


@contextmanager
def opened_database(given: Settings) -> Iterator[Database]:
    """The database of ``given``; the folder of an SQLite file is made where it is missing.

    What the database refuses inside ends as ``Unusable``.
    """
    url = make_url(given.database_url)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    engine = engine_for(given.database_url)
    try:
        yield Database(engine)
    except FAULTS:
        raise
    except DBAPIError as error:
        raise Unusable(words_of(error, url)) from error
    finally:
        engine.dispose()


@contextmanager
def opened_tables(given: Settings) -> Iterator[Database]:
    """The database of ``given`` when its tables have the form that this version works with, else ``Unusable``."""
    missing = database_file_missing(given)
    if missing is not None:
        raise Unusable(missing)
    with opened_database(given) as database:
        wrong = wrong_form(database.engine)
        if wrong is not None:
            raise Unusable(wrong)
        yield database


def database_file_missing(given: Settings) -> str | None:
    """What to say when the SQLite file of the settings is not there: opening it would make an empty one."""
    url = make_url(given.database_url)
    if url.get_backend_name() != "sqlite" or not url.database or Path(url.database).exists():
        return None
    return f"there is no database at {url.database} yet (backoffice init makes it)"


def words_of(error: DBAPIError, url: URL) -> str:
    """One line about an error of the database at ``url``: no connection, or what it said."""
    told = str(error.orig).strip().partition("\n")[0]
    if url.get_backend_name() == "sqlite":
        return f"the database {url.database} says: {told}"
    return f"the database does not answer: {told}" if error.statement is None else f"the database says: {told}"
