"""Which states may follow which: the table of a thing's states, and the one way from a state to the next."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Generic, TypeVar

State = TypeVar("State", bound=StrEnum)


class ImpossibleStep(ValueError):
    """A program took something to a state that does not follow the one it is in: it should have asked before."""


class Transitions(Generic[State]):
    """A table of states: for each the ones that may follow it. A state that nothing follows is final."""

    def __init__(self, following: Mapping[State, frozenset[State]]) -> None:
        """``following`` has every state."""
        self.following = MappingProxyType(following)

    def allow(self, old: State, new: State) -> bool:
        """Whether ``new`` may follow ``old`` in one step."""
        return new in self.following[old]

    def is_final(self, state: State) -> bool:
        """Whether nothing follows ``state``."""
        return not self.following[state]

    def step(self, old: State, new: State) -> State:
        """``new``, where it may follow ``old``. Raises ``ImpossibleStep``: whoever can be refused is asked before."""
        if not self.allow(old, new):
            raise ImpossibleStep(f"{new!r} does not follow {old!r}")
        return new
