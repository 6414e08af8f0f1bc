"""What the term that answers grants: its condition judged, its allowance drawn."""

from dataclasses import dataclass, replace

from backoffice.domain import reasons
from backoffice.domain.decision import AllowanceUse, Reason
from backoffice.domain.entitlement import Entitlement
from backoffice.domain.facts import Facts
from backoffice.domain.pricing import NOTHING, Grant
from backoffice.domain.term import FailOutcome, PlanTerm, TermOutcome


@dataclass(frozen=True, kw_only=True)
class Granting:
    """The outcome in force, the parts it covers, the slot it takes or the allowance found used up, and why so far."""

    outcome: TermOutcome
    grant: Grant
    reasons: tuple[Reason, ...]
    allowance: AllowanceUse | None = None
    exhausted: str | None = None


def grant_by(term: PlanTerm, entitlement: Entitlement, facts: Facts) -> Granting:
    """What ``term`` grants; the distance is known if the term has a condition."""
    judged = _judge(term, facts.asked.distance_metres or 0)
    if judged.outcome is TermOutcome.ALLOWANCE:
        return _draw(judged, term, entitlement=entitlement, facts=facts)
    return _settle(judged, judged.outcome, *reasons.by_term(judged.outcome, term))


def _judge(term: PlanTerm, distance_metres: int) -> Granting:
    """The term's outcome, or what takes its place where its condition fails."""
    everything = Grant(labour=True, call_out=True, metres=distance_metres)
    if term.condition is None:
        return Granting(outcome=term.outcome, grant=everything, reasons=())
    reason = reasons.by_condition(term, term.condition, distance_metres)
    if term.condition.holds(distance_metres):
        return Granting(outcome=term.outcome, grant=everything, reasons=(reason,))
    match term.when_condition_fails:
        case FailOutcome.TRAVEL_ONLY:
            grant = Grant(labour=True)
            return Granting(outcome=term.outcome, grant=grant, reasons=(reason, reasons.travel_payable(term)))
        case FailOutcome.EXCESS_DISTANCE:
            grant = Grant(labour=True, call_out=True, metres=term.condition.under_metres)
            excess = reasons.excess_payable(term, distance_metres - term.condition.under_metres)
            return Granting(outcome=term.outcome, grant=grant, reasons=(reason, excess))
        case FailOutcome.TARIFF | FailOutcome.QUOTE | FailOutcome.NOT_OFFERED as fails:
            return Granting(outcome=TermOutcome(fails.value), grant=NOTHING, reasons=(reason,))
        case None:  # the linter refuses such a term; it grants nothing
            return Granting(outcome=TermOutcome.NOT_OFFERED, grant=NOTHING, reasons=(reason,))


def _draw(judged: Granting, term: PlanTerm, *, entitlement: Entitlement, facts: Facts) -> Granting:
    """A free slot of the term's allowance, else what the term gives when it is used up."""
    rule, period = entitlement.plan.find_allowance(term.allowance), entitlement.period
    limit = rule.quantity if rule and period else 0
    if rule and period and (used := _used(facts, period.id, rule.key)) < limit:
        use = AllowanceUse(period_id=period.id, key=rule.key, limit=limit, used=used + 1)
        reason = reasons.allowance_available(term, rule, use)
        return Granting(
            outcome=TermOutcome.ALLOWANCE, grant=judged.grant, reasons=(*judged.reasons, reason), allowance=use
        )
    then = term.when_exhausted
    if then is None or then is TermOutcome.ALLOWANCE:  # the linter refuses both; nothing is granted
        then = TermOutcome.NOT_OFFERED
    none_free = reasons.allowance_exhausted(term, rule, limit)
    settled = _settle(judged, then, none_free, *reasons.by_term(then, term))
    return replace(settled, exhausted=rule.key if rule and limit else None)


def _used(facts: Facts, period_id: int | None, key: str) -> int:
    return sum(use.used for use in facts.usage if use.period_id == period_id and use.key == key)


def _settle(judged: Granting, outcome: TermOutcome, *more: Reason) -> Granting:
    grant = judged.grant if outcome is TermOutcome.FREE else NOTHING
    return Granting(outcome=outcome, grant=grant, reasons=(*judged.reasons, *more))
