"""How whoever waits for long work is told how far it is: the work goes over its steps through what it is given."""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

Step = TypeVar("Step")


class Watch(Protocol):
    """Gives the steps one after another as they are asked for, and sees by that how far the work is."""

    def __call__(self, steps: Sequence[Step], /) -> Iterable[Step]:
        """The same steps in the same order."""


def unwatched(steps: Sequence[Step], /) -> Iterable[Step]:
    """Nobody waits."""
    return steps
