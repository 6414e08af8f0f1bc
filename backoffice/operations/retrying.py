"""Trying a transaction again where the database says that another one was in the way."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

ATTEMPTS = 8
"""How often a transaction is tried; every loser of a race lets one winner by, so few suffice."""

PATIENCE = 5.0
"""Seconds after which no further attempt is begun: a person is waiting, and each attempt may wait for locks itself."""

PAUSE = 0.01
"""Seconds before the second attempt; doubled for each one after, plus up to as much again by chance."""

_TRY_AGAIN_STATES = {"40001", "40P01", "55P03"}
"""PostgreSQL: serialization_failure, deadlock_detected, lock_not_available."""

Answer = TypeVar("Answer")


class DatabaseBusy(Exception):
    """The database refused a transaction time after time because of others. Nothing was changed; try again later."""


DATABASE_IS_AWAY = (OperationalError, InterfaceError, NoConnectionFree, DatabaseBusy)
"""What the database raises when it is not there, not answering, or refuses because of others."""


class Contended(Exception):
    """Raised inside a transaction that lost a race it cannot settle within: undo it and begin anew."""


def retried(transaction: Callable[[], Answer]) -> Answer:
    """The answer of ``transaction``, tried again, from its beginning, while others are in its way.

    Raises ``DatabaseBusy`` after the last attempt.
    """
    attempt, given_up_at = 1, time.monotonic() + PATIENCE
    while True:
        try:
            return transaction()
        except (DBAPIError, Contended) as error:
            if not _others_in_the_way(error):
                raise
            if attempt == ATTEMPTS or time.monotonic() >= given_up_at:
                raise DatabaseBusy(f"gave up after {attempt} attempts") from error
        time.sleep(PAUSE * 2**attempt * (1 + random.random()))  # noqa: S311 - spreads the losers, guards nothing
        attempt += 1


def _others_in_the_way(error: DBAPIError | Contended) -> bool:
    if isinstance(error, Contended):
        return True
    state = getattr(error.orig, "sqlstate", None)
    return state in _TRY_AGAIN_STATES or "database is locked" in str(error.orig)
