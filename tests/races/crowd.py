"""Clients that act at the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier
from typing import TypeVar

CLIENTS = 24
PATIENCE = 300

Answer = TypeVar("Answer")


class Crowd:
    """``CLIENTS`` threads, each with a number from 0 up."""

    def __init__(self, threads: ThreadPoolExecutor) -> None:
        self._threads = threads
        self._barrier = Barrier(CLIENTS)

    def together(self, act: Callable[[int], Answer]) -> list[Answer]:
        """What each client got, by its number; none begins before all are ready. A failure of one is raised."""

        def act_when_all_are_ready(number: int) -> Answer:
            self._barrier.wait(PATIENCE)
            return act(number)

        return list(self._threads.map(act_when_all_are_ready, range(CLIENTS)))

    def each(self, act: Callable[[int], Answer], count: int) -> list[Answer]:
        """What came of ``act`` on each number below ``count``, as fast as the clients get it done."""
        return list(self._threads.map(act, range(count)))


@contextmanager
def crowd() -> Iterator[Crowd]:
    """A crowd, ready to act."""
    with ThreadPoolExecutor(CLIENTS) as threads:
        yield Crowd(threads)
