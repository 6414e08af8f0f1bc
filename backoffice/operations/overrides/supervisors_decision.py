"""A supervisor's decision beside the engine's: worked out, weighed against the limit, put in force."""

from backoffice.domain.decision import Decision
from backoffice.domain.override import Override, override
from backoffice.domain.problem import ErrorCode
from backoffice.domain.rates import Unpriced
from backoffice.domain.record import WORKED
from backoffice.models import CoverageDecision, DecisionRole, ServiceRecord
from backoffice.operations.result import Decided, refuse
from backoffice.operations.rules.restored_decisions import restored_decision
from backoffice.operations.services import record_charges, slots
from backoffice.operations.services.in_force import put_in_force
from backoffice.operations.services.stored_decisions import store_decision
from backoffice.operations.work import Work


def overridden(work: Work, engines: CoverageDecision, given: Override) -> Decided:
    """What ``given`` makes of the engine's stored decision; NO_TARIFF where no edition or VAT can stand behind it."""
    stored = restored_decision(work.session, engines)
    decision = override(stored.decision, stored.facts, given)
    if isinstance(decision, Unpriced):
        raise refuse(ErrorCode.NO_TARIFF, path=("amount",))
    return Decided(decision, stored.facts, engine=stored.decision)


def needs_a_second_person(work: Work, engine: Decision, decision: Decision) -> bool:
    """Whether more changes hands than one supervisor decides alone; an unknown amount counts as nothing."""
    return abs((decision.amount or 0) - (engine.amount or 0)) > work.desk.override_limit


def enforce(work: Work, record: ServiceRecord, decided: Decided) -> CoverageDecision:
    """Put the override in force: a slot held is given back, and what is done is charged by it.

    CONFLICT where the charge has gone to the books already.
    """
    decision = store_decision(work, decided)
    put_in_force(work, record, decision, DecisionRole.OVERRIDE)
    slot = slots.slot_of(work, record.id)
    if slot is not None:
        slots.release(work, slot)
    if record.status in WORKED:
        record_charges.reverse(work, record)
        record_charges.propose(work, record, decision)
    return decision
