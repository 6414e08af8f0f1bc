"""Decide again from what was stored with a decision, and compare: what was told a customer stands for ever."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from backoffice.domain.coverage import Decision, decide
from backoffice.models import CoverageDecision
from backoffice.operations.lookups import LARGEST_ID
from backoffice.operations.stored_decisions import stored_decision, stored_facts


@dataclass(frozen=True)
class Replay:
    """A stored decision, and the one that its inputs give today."""

    stored: Decision
    again: Decision

    @property
    def same(self) -> bool:
        """Whether they agree in everything."""
        return self.stored == self.again


def replay(session: Session, decision_id: int) -> Replay | None:
    """The stored decision beside today's by the plan's terms; None when there is no such decision."""
    row = session.get(CoverageDecision, decision_id) if 0 < decision_id <= LARGEST_ID else None
    if row is None:
        return None
    return Replay(stored_decision(session, row), decide(stored_facts(session, row)))
