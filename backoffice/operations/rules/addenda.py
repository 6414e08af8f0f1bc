"""Plans with their addenda, as they answer on a day."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.domain.entitlement import judged_day
from backoffice.domain.facts import ServiceAsked
from backoffice.domain.plan import SupportPlan
from backoffice.models import PlanAddendum
from backoffice.operations.rules.published_plans import frozen_plans


@dataclass(frozen=True)
class Addendum:
    """From ``effective_from`` on, the plan ``plan_id`` is the one frozen under ``document_hash``."""

    plan_id: int
    effective_from: date
    document_hash: str


@dataclass(frozen=True)
class AnsweringPlans:
    """Frozen plans by their hash, with the addenda of each plan version in the order in which they hold."""

    frozen: Mapping[str, SupportPlan]
    addenda: Mapping[int, Sequence[Addendum]]

    def for_question(self, plan_id: int, plan_hash: str, asked: ServiceAsked) -> SupportPlan:
        """The plan as it answers on the day that its coverage clock points at."""
        plan = self.frozen[plan_hash]
        day = judged_day(asked, plan.coverage_clock)
        begun = [addendum for addendum in self.addenda.get(plan_id, ()) if addendum.effective_from <= day]
        return self.frozen[begun[-1].document_hash] if begun else plan


def answering_plans(session: Session, sold: Collection[tuple[int, str]]) -> AnsweringPlans:
    """What answers for these pairs of a plan version's id and the hash it was sold under."""
    by_plan: defaultdict[int, list[Addendum]] = defaultdict(list)
    for addendum in addenda_of(session, {plan_id for plan_id, _ in sold}):
        by_plan[addendum.plan_id].append(addendum)
    hashes = {document_hash for _, document_hash in sold}
    hashes |= {addendum.document_hash for addenda in by_plan.values() for addendum in addenda}
    return AnsweringPlans(frozen_plans(session, hashes), by_plan)


def addenda_of(session: Session, plan_ids: Collection[int]) -> Sequence[Addendum]:
    """The addenda of these plan versions, by the day from which they hold."""
    chosen = select(PlanAddendum.plan_id, PlanAddendum.effective_from, PlanAddendum.document_hash)
    in_order = chosen.order_by(PlanAddendum.plan_id, PlanAddendum.effective_from, PlanAddendum.id)
    return [Addendum(*row) for row in session.execute(in_order.where(PlanAddendum.plan_id.in_(plan_ids)))]
