"""Connections to PostgreSQL that are given up when the server falls silent.

A server that is paused or cut off refuses nothing and closes nothing, and its own timeouts do not run: whoever waits
for it would wait for ever. So the client counts too, a little longer than the server would.
"""

from collections.abc import Mapping
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, Engine, event, text
from sqlalchemy.engine import Dialect
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection
from typing_extensions import override

PATIENCE = "patience"
"""The argument of a connection that says how many seconds its statements may stay unanswered."""

AT_REST = 2.0
"""Seconds within which a connection from the pool has to show that it is alive."""

LOOK_EVERY = 0.1

T = TypeVar("T")


class PatientConnection(psycopg.Connection[Any]):
    """Waits for one answer no longer than ``patience`` seconds (None: for ever), and is closed when it gives up."""

    usual: float | None = None
    patience: float | None = None

    @override
    def wait(self, gen: PQGen[T], interval: float = LOOK_EVERY, timeout: float | None = None) -> T:
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError:
            if self.info.transaction_status is TransactionStatus.ACTIVE:  # the answer is still to come: nobody hears it
                self.close()
            raise


def give_up_on_silence(engine: Engine) -> None:
    """Make the engine's connections patient ones, which take ``PATIENCE`` from ``connect_args``."""
    event.listen(engine, "do_connect", _connected)
    event.listen(engine, "checkout", _to_work)
    event.listen(engine, "checkin", _to_rest)


def wait_for_ever(connection: Connection) -> None:
    """Wait for the statements of this transaction as long as they take, and let the server do so."""
    driver = connection.connection.driver_connection
    if isinstance(driver, PatientConnection):
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        driver.patience = None


def _connected(_dialect: Dialect, _entry: ConnectionPoolEntry, words: Any, options: Mapping[str, Any]) -> object:
    made = PatientConnection.connect(*words, **{name: value for name, value in options.items() if name != PATIENCE})
    made.usual = made.patience = options.get(PATIENCE)
    return made


def _to_work(driver: PatientConnection, _entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    driver.patience = driver.usual


def _to_rest(driver: PatientConnection | None, _entry: ConnectionPoolEntry) -> None:
    if driver is not None:
        driver.patience = AT_REST
