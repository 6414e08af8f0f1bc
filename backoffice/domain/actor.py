"""Who does something: a member of staff, a customer, a program, or the desk itself."""

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What an actor is."""

    STAFF = "staff"
    CUSTOMER = "customer"
    PROGRAM = "program"
    SYSTEM = "system"


NOBODY = 0
"""The id of the system, which is one and has no row."""


@dataclass(frozen=True)
class Actor:
    """Whose act it is. ``id`` is the row's of the member of staff, customer or program; ``NOBODY`` for the system.

    ``name`` is what they were called then: an audit trail keeps it, whatever they are called since. A program that
    acts by the token of a member of staff is that member's hand, and no actor of its own.
    """

    kind: ActorKind
    id: int
    name: str

    def __post_init__(self) -> None:
        if (self.kind is ActorKind.SYSTEM) != (self.id == NOBODY):
            raise ValueError(f"the id {self.id} of an actor that is {self.kind}")

    def id_if(self, kind: ActorKind) -> int | None:
        """The id, where the actor is of this kind."""
        return self.id if self.kind is kind else None


SYSTEM = Actor(ActorKind.SYSTEM, NOBODY, "system")
"""The desk itself: its command line and its jobs."""
