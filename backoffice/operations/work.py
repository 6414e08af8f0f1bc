"""What the body of an operation works with, and what it says it has done."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Generic

from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import business_day
from backoffice.domain.event import Event
from backoffice.models.base import Base
from backoffice.operations.premises import Premises
from backoffice.operations.result import Decided, Told


@dataclass(frozen=True)
class Work:
    """One operation under way: its desk, whose hand it is, its session, and its instant (UTC).

    ``found`` remembers the objects that were looked up, by entity and id: each is asked for once.
    """

    desk: Premises
    viewer: Viewer
    session: Session
    now: datetime
    found: dict[tuple[str, int], Base] = field(default_factory=dict, repr=False)

    @property
    def today(self) -> date:
        """The business day of the operation, in Tehran."""
        return business_day(self.now)


def work_in(desk: Premises, viewer: Viewer, session: Session) -> Work:
    """The work of an operation that begins now, in this session."""
    return Work(desk, viewer, session, desk.clock().astimezone(UTC))


@dataclass(frozen=True, kw_only=True)
class Done(Generic[Told]):
    """What an operation did: the object before and after, the events to tell, and the decision it rests on.

    ``besides`` are the other objects that were changed in its course; their traces come before its own.
    ``told`` is for whoever asked, and stored nowhere.
    """

    entity: str
    entity_id: int
    events: tuple[Event, ...]
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    reason: str | None = None
    decided: Decided | None = None
    decision_id: int | None = None
    besides: tuple["Done[object]", ...] = ()
    told: Told | None = None

    def with_decision(self, decided: Decided, decision_id: int) -> "Done[Told]":
        """The same, resting on a decision that is stored under this id."""
        return replace(self, decided=decided, decision_id=decision_id)


@dataclass(frozen=True, kw_only=True)
class Unchanged(Generic[Told]):
    """There was nothing to do, which is no refusal; ``told`` is for whoever asked."""

    told: Told
