"""A decision that holds until the transaction ends: whoever is told "free by allowance" gets the slot.

Between deciding and taking the slot somebody else may have taken it, or given one back. So the allowance is held first
and counted afresh; where the count is not the decision's, the decision is made again, and only then does a service
become chargeable.
"""

from dataclasses import dataclass

from backoffice.domain.coverage import REFUSALS, Decision, Outcome
from backoffice.domain.problem import ErrorCode
from backoffice.models import Allowance, AllowanceSlot
from backoffice.operations.result import Decided, refuse
from backoffice.operations.retrying import Contended
from backoffice.operations.rules.tariff_books import hold_editions
from backoffice.operations.services import slots
from backoffice.operations.services.deciding import decide_for
from backoffice.operations.services.service_question import Question
from backoffice.operations.work import Work

ROUNDS = 5
"""Once an allowance is held its count is final; a further round is needed only when the next falls on another one."""


@dataclass(frozen=True)
class HeldDecision:
    """A decision, and the allowance held for its slot where it takes one."""

    decided: Decided
    allowance: Allowance | None

    def place(self, work: Work, record_id: int) -> AllowanceSlot | None:
        """Give the record the slot that the decision grants: its own kept, another taken, or its own given back."""
        own = slots.slot_of(work, record_id)
        if own is not None and (self.allowance is None or own.allowance_id != self.allowance.id):
            slots.release(work, own)
            own = None
        if self.allowance is None or own is not None:
            return own
        return slots.reserve(work, self.allowance, record_id)


def decide_and_hold(work: Work, question: Question) -> HeldDecision:
    """Decide, and hold the allowance that the decision draws on, if any."""
    for _ in range(ROUNDS):
        decided = _decided(work, question)
        key = _counted(decided.decision)
        if key is None or decided.decision.period_id is None:
            return HeldDecision(decided, None)
        allowance = slots.held(work, decided.decision.period_id, key)
        if allowance is None:
            raise LookupError(f"period {decided.decision.period_id} has no allowance {key}, and a decision counts it")
        used = slots.used_by_others(work, allowance, question.record_id)
        if decided.decision.allowance is None and used >= allowance.quantity:
            return HeldDecision(decided, None)
        if decided.decision.allowance is not None and decided.decision.allowance.used == used + 1:
            return HeldDecision(decided, allowance)
    raise Contended("the allowance changed after every decision")


def _decided(work: Work, question: Question) -> Decided:
    """What is decided now; provisionally only while no edition can come that would not suggest to price it again."""
    decided = decide_for(work, question)
    if not decided.decision.provisional:
        return decided
    hold_editions(work.session)
    return decide_for(work, question)


def _counted(decision: Decision) -> str | None:
    """The key of the allowance whose slots made the decision what it is: one is taken, or none was free."""
    if decision.outcome is Outcome.ALLOWANCE and decision.allowance is not None:
        return decision.allowance.key
    return decision.exhausted


def refuse_unacceptable(decided: Decided, expected_fingerprint: str | None) -> None:
    """Refuse what leaves no record behind, and what is no longer what the person agreed to; both carry the decision."""
    decision = decided.decision
    if decision.outcome in REFUSALS:
        raise refuse(
            ErrorCode(decision.outcome.upper()),
            path=decision.missing_inputs[:1],
            decision=decided,
            missing=list(decision.missing_inputs),
        )
    if expected_fingerprint is not None and expected_fingerprint != decision.fingerprint:
        raise refuse(ErrorCode.DECISION_CHANGED, path=("expected_fingerprint",), decision=decided)
