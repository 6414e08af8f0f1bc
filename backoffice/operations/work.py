"""What the body of an operation works with, and what it says it has done."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.calendar import business_day
from backoffice.operations.desk import Desk
from backoffice.operations.result import Decided


@dataclass(frozen=True)
class Work:
    """One operation under way: its desk, whose hand it is, its session, and its instant (UTC)."""

    desk: Desk
    viewer: Viewer
    session: Session
    now: datetime

    @property
    def today(self) -> date:
        """The business day of the operation, in Tehran."""
        return business_day(self.now)


def work_in(desk: Desk, viewer: Viewer, session: Session) -> Work:
    """The work of an operation that begins now, in this session."""
    return Work(desk, viewer, session, desk.clock().astimezone(UTC))


@dataclass(frozen=True, kw_only=True)
class Done:
    """What an operation did: the object before and after, the events to tell, and the decision it rests on."""

    entity: str
    entity_id: int
    events: tuple[str, ...]
    before: Mapping[str, object] | None = None
    after: Mapping[str, object] | None = None
    reason: str | None = None
    decided: Decided | None = None
    decision_id: int | None = None

    def with_decision(self, decided: Decided, decision_id: int) -> "Done":
        """The same, resting on a decision that is stored under this id."""
        return replace(self, decided=decided, decision_id=decision_id)
