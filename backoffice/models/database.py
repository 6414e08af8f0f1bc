"""The way to the database: engines with the right settings, and transactions for reading and for writing."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from sqlite3 import SQLITE_BUSY
from sqlite3 import Connection as SQLiteConnection
from sqlite3 import OperationalError as SQLiteOperationalError
from threading import Lock
from typing import cast

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry

from backoffice.domain.canonical import canonical_json
from backoffice.domain.text import fold

PURPOSE = "backoffice_purpose"
"""The execution option that says what a connection is for; without it, nothing in particular."""

READING = {PURPOSE: "reading"}
WRITING = {PURPOSE: "writing"}
LOOK_EVERY = 5
"""Milliseconds after which a writer looks again whether SQLite's write lock is free."""

LONGEST_QUEUE = 5.0
"""Seconds that a thread waits for the writers of its own process, before it waits for those of others."""

GRACE = 500
"""Milliseconds that PostgreSQL has to say that a statement took too long, before it counts as gone."""

PRIMARY_CODE = 0xFF
"""The bits of an SQLite error code that say which kind it is; the others say more."""

SNAPSHOT = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@dataclass(frozen=True)
class Timeouts:
    """The longest waits, in milliseconds: for a connection, a statement, a lock, and SQLite's write lock (``busy``)."""

    connect: int = 3_000
    statement: int = 5_000
    lock: int = 3_000
    busy: int = 5_000


def engine_for(url: str, timeouts: Timeouts = Timeouts()) -> Engine:
    """An engine on ``url`` (``sqlite:///FILE`` or ``postgresql+psycopg://...``), ready for ``Database``.

    The caller disposes of it. The file's directory must exist.
    """
    engine = create_engine(_absolute(url), **engine_options(url, timeouts))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _set_pragmas)
        event.listen(engine, "begin", _begin)
    else:
        _listen_for_silence(engine)
    return engine


def _listen_for_silence(engine: Engine) -> None:
    from backoffice.models.connection_timeouts import give_up_on_silence  # and with it PostgreSQL's driver

    give_up_on_silence(engine)


def engine_options(url: str, timeouts: Timeouts = Timeouts()) -> dict[str, object]:
    """The options of ``create_engine`` for the database that ``url`` names.

    Errors tell no parameters: they reach the log, and hold names, telephone numbers and what else people typed.
    """
    seconds = timeouts.connect / 1000
    options: dict[str, object] = {"json_serializer": canonical_json, "hide_parameters": True}
    if _is_sqlite(make_url(url)):
        return options | {"connect_args": {"timeout": timeouts.busy / 1000}}
    return options | {
        "connect_args": _postgresql_arguments(timeouts),
        "pool_pre_ping": True,
        "pool_size": 10,
        "max_overflow": 10,
        "pool_timeout": seconds,
    }


def _postgresql_arguments(timeouts: Timeouts) -> dict[str, object]:
    """Prepared statements stay off: a pooler that shares connections between transactions loses them."""
    from backoffice.models.connection_timeouts import PATIENCE

    settings = {
        "statement_timeout": timeouts.statement,
        "lock_timeout": timeouts.lock,
        "synchronous_commit": "on",
        "timezone": "UTC",
    }
    return {
        PATIENCE: (timeouts.statement + GRACE) / 1000,
        "connect_timeout": max(2, timeouts.connect // 1000),
        "tcp_user_timeout": timeouts.statement,
        "prepare_threshold": None,
        "options": " ".join(f"-c {name}={value}" for name, value in settings.items()),
    }


def _is_sqlite(url: URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _absolute(url: str) -> URL:
    """``url`` with SQLite's file made absolute: the working directory may change before the first connection."""
    parsed = make_url(url)
    if not _is_sqlite(parsed) or parsed.database in {None, "", ":memory:"}:
        return parsed
    return parsed.set(database=str(Path(str(parsed.database)).absolute()))


def _set_pragmas(connection: SQLiteConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # the driver begins nothing by itself: _begin does
    for pragma in ("foreign_keys=ON", "recursive_triggers=ON", "journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}").close()
    connection.create_function("folded", 1, _folded, deterministic=True)


def _folded(text: str | None) -> str | None:
    """What PostgreSQL does by ``translate``: the folded form of a column that has none stored beside it."""
    return None if text is None else fold(text)


def _begin(connection: Connection) -> None:
    """Take the write lock at once when writing: a reader that turns writer is refused after any other commit."""
    purpose = connection.get_execution_options().get(PURPOSE)
    connection.exec_driver_sql(f"PRAGMA query_only={'ON' if purpose == 'reading' else 'OFF'}")
    if purpose == "writing":
        _take_write_lock(connection)
    else:
        connection.exec_driver_sql("BEGIN")


def _take_write_lock(connection: Connection) -> None:
    """Wait for SQLite's one write lock as long as the connection's ``busy_timeout``, looking for it often.

    SQLite itself looks ever more seldom, so that under load whoever has waited longest comes last, and gives up.
    """
    driver = cast(SQLiteConnection, connection.connection.driver_connection)
    [patience] = driver.execute("PRAGMA busy_timeout").fetchone()
    last_look = time.monotonic() + patience / 1000
    driver.execute(f"PRAGMA busy_timeout={min(LOOK_EVERY, patience)}").close()
    try:
        while time.monotonic() < last_look:
            if _begun(driver):
                return
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience}").close()


def _begun(driver: SQLiteConnection) -> bool:
    """Whether the write lock was free within ``LOOK_EVERY`` milliseconds, and is ours."""
    try:
        driver.execute("BEGIN IMMEDIATE").close()
    except SQLiteOperationalError as error:
        if error.sqlite_errorcode & PRIMARY_CODE != SQLITE_BUSY:
            raise
        return False
    return True


class Database:
    """One database, reached by sessions that live for one transaction. Objects stay readable after it ended."""

    def __init__(self, engine: Engine) -> None:
        """Take an engine of ``engine_for``."""
        self.engine = engine
        self._one_at_a_time = Lock() if engine.dialect.name == "sqlite" else None
        snapshot = {} if self._one_at_a_time else SNAPSHOT
        self._reader = sessionmaker(engine.execution_options(**READING, **snapshot), expire_on_commit=False)
        self._writer = sessionmaker(engine.execution_options(**WRITING), expire_on_commit=False)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the database and cannot write."""
        with self._reader() as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose work is committed when the block ends, and undone when it raises.

        On SQLite it holds the one write lock from its first statement on, and the threads of a process queue for it.
        """
        with self._turn(), self._writer.begin() as session:
            yield session

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Let one thread of the process write at a time where the database has one writer only."""
        if self._one_at_a_time is None:
            yield
            return
        if not self._one_at_a_time.acquire(timeout=LONGEST_QUEUE):
            raise OperationalError("BEGIN IMMEDIATE", None, SQLiteOperationalError("database is locked"))
        try:
            yield
        finally:
            self._one_at_a_time.release()
