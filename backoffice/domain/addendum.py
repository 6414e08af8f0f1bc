"""Addenda to a published plan: terms for services that came later, and no right taken away by them."""

from collections.abc import Iterator, Sequence
from itertools import product

from backoffice.domain.plan import SupportPlan
from backoffice.domain.plan_check import Finding
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import ANY_SERVICE, FailOutcome, PlanTerm, Side, TermOutcome

_RANK = {
    TermOutcome.NOT_OFFERED: 0,
    TermOutcome.QUOTE: 1,
    TermOutcome.TARIFF: 1,
    TermOutcome.ALLOWANCE: 2,
    TermOutcome.FREE: 3,
}
_FAIL_RANK = {FailOutcome.NOT_OFFERED: 0} | dict.fromkeys(set(FailOutcome) - {FailOutcome.NOT_OFFERED}, 1)


def objections(plan: SupportPlan, terms: Sequence[PlanTerm]) -> tuple[Finding, ...]:
    """Why ``terms`` cannot be added to ``plan``; empty when they can. The linter judges the whole besides."""
    mentioned = {term.service_type for term in plan.terms} - {ANY_SERVICE}
    return (
        *(found for term in terms for found in _misplaced(plan, term, mentioned)),
        *_taken_away(plan, terms),
    )


def _misplaced(plan: SupportPlan, term: PlanTerm, mentioned: set[str]) -> Iterator[Finding]:
    """A term for what the plan already speaks of, or on an allowance that no period of the plan came with."""
    if term.service_type == ANY_SERVICE:
        yield Finding("addendum_any_service", term.key, {"term": term.key})
    if term.service_type in mentioned:
        yield Finding("addendum_mentioned", term.key, {"service_type": term.service_type})
    granted = {other.allowance for other in plan.terms if other.track is term.track}
    if term.allowance is not None and term.allowance not in granted:
        yield Finding("addendum_allowance", term.key, {"term": term.key, "allowance": term.allowance})


def _taken_away(plan: SupportPlan, terms: Sequence[PlanTerm]) -> Iterator[Finding]:
    """Terms that answer where the plan's own terms for any service answer better today."""
    extended, told = plan.with_addendum(terms), set()
    for service_type in sorted({term.service_type for term in terms}):
        for mode, subject, side in product(Mode, Subject, Side):
            today = plan.find_term(service_type, mode, subject, side)
            then = extended.find_term(service_type, mode, subject, side)
            if today is None or then is None or (then.key, today.key) in told:
                continue
            if _is_worse(plan, then, today):
                told.add((then.key, today.key))
                yield Finding("addendum_takes_away", then.key, {"term": then.key, "instead_of": today.key})


def _is_worse(plan: SupportPlan, then: PlanTerm, today: PlanTerm) -> bool:
    """Whether ``then`` grants less than ``today``, at its best, at its worst, or to fewer places."""
    if _RANK[then.outcome] < _RANK[today.outcome] or _least(then) < _least(today):
        return True
    if then.side is Side.INSIDE and then.track is not today.track:
        return True
    return _reaches_less_far(then, today) or _lasts_less_long(plan, then, today)


def _least(term: PlanTerm) -> int:
    """What a term gives when its allowance is used up or its condition fails."""
    ranks = [_RANK[term.outcome]]
    if term.outcome is TermOutcome.ALLOWANCE and term.when_exhausted is not None:
        ranks.append(_RANK[term.when_exhausted])
    if term.condition is not None and term.when_condition_fails is not None:
        ranks.append(_FAIL_RANK[term.when_condition_fails])
    return min(ranks)


def _reaches_less_far(then: PlanTerm, today: PlanTerm) -> bool:
    if then.condition is None or _RANK[today.outcome] <= 1:
        return False
    return today.condition is None or today.condition.under_metres > then.condition.under_metres


def _lasts_less_long(plan: SupportPlan, then: PlanTerm, today: PlanTerm) -> bool:
    then_rule, today_rule = plan.find_allowance(then.allowance), plan.find_allowance(today.allowance)
    return then_rule is not None and today_rule is not None and then_rule.quantity < today_rule.quantity
