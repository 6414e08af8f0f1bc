"""Decide again from what was stored with a decision, and compare: what was told a customer stands for ever."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from backoffice.domain.coverage import Decision, Facts, decide
from backoffice.domain.override import Override, override
from backoffice.domain.rates import Unpriced
from backoffice.models import CoverageDecision
from backoffice.models.base import is_possible_id
from backoffice.operations.rules.restored_decisions import restored_decision


@dataclass(frozen=True)
class Replay:
    """A stored decision, and the one that its inputs give today; ``engine`` numbers the rules that made the first."""

    stored: Decision
    again: Decision
    engine: str

    @property
    def same(self) -> bool:
        """Whether they agree in everything."""
        return self.stored == self.again


def replay(session: Session, decision_id: int) -> Replay | None:
    """The stored decision beside today's by the plan's terms; None when there is no such decision."""
    row = session.get(CoverageDecision, decision_id) if is_possible_id(decision_id) else None
    if row is None:
        return None
    stored = restored_decision(session, row)
    again = decide(stored.facts)
    if stored.decision.overridden:
        again = _overridden(stored.decision, again, stored.facts)
    return Replay(stored.decision, again, row.engine)


def _overridden(stored: Decision, engine: Decision, facts: Facts) -> Decision:
    """The same override, of today's decision; that one, as it is, where nothing can stand behind the amount."""
    again = override(engine, facts, Override.behind(stored))
    return engine if isinstance(again, Unpriced) else again
