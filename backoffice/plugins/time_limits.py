"""Waiting for plugin code that may never return: it is given up after a while, and in the end not asked any more."""

from collections.abc import Callable
from concurrent.futures import Future, wait
from threading import Thread
from typing import TypeVar
from weakref import WeakKeyDictionary

from backoffice.plugins.contract import ServiceType

BUDGET_SECONDS = 1.0
"""How long a call may hold up a person, and a transaction for which others wait."""

CHANCES = 3
"""After so many calls of one method in a row that took longer, a type is stopped until the process starts again.

Whoever waits for an SQLite database meanwhile (5 s) still gets their turn.
"""

T = TypeVar("T")

_given_up: WeakKeyDictionary[ServiceType, dict[str, int]] = WeakKeyDictionary()
"""How many calls of each method of a type were given up since the last of it that was answered."""


class TookTooLong(Exception):
    """A call was given up, or not made since its like were given up before."""


class Left(Exception):
    """A call ended by what is meant to end a thread or a process, which is not a plugin's to end."""


def is_stopped(service_type: ServiceType) -> bool:
    """Whether this process does not ask the type any more."""
    return any(count >= CHANCES for count in _given_up.get(service_type, {}).values())


def wait_for(service_type: ServiceType, method: str, call: Callable[[], T]) -> T:
    """What ``call`` of this method gives or raises, in a thread of its own.

    Raises ``TookTooLong`` when it takes too long, and ``Left`` for ``SystemExit`` and its like.

    A thread that is given up cannot be ended: it runs on, and what it gives is not looked at.
    """
    if is_stopped(service_type):
        raise TookTooLong(f"{CHANCES} calls in a row took longer than {BUDGET_SECONDS:g} s; it is asked no more")
    answer: Future[T] = Future()
    Thread(target=_answer, args=(answer, call), name=f"plugin {service_type.code}", daemon=True).start()
    wait([answer], timeout=BUDGET_SECONDS)
    if not answer.done():
        counts = _given_up.setdefault(service_type, {})
        counts[method] = counts.get(method, 0) + 1
        raise TookTooLong(f"it took longer than {BUDGET_SECONDS:g} s")
    _given_up.get(service_type, {}).pop(method, None)
    return answer.result()


def _answer(answer: "Future[T]", call: Callable[[], T]) -> None:
    try:
        answer.set_result(call())
    except Exception as error:  # noqa: BLE001  # it is raised where it is waited for
        answer.set_exception(error)
    except BaseException as error:  # noqa: BLE001  # there it would end the desk
        left = Left(f"it raised {type(error).__name__}")
        left.__cause__ = error
        answer.set_exception(left)
