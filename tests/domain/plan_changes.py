"""Every single change of a plan, as someone might make it by mistake in its file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from backoffice.domain.period import Track
from backoffice.domain.plan import MissingTariff, SupportPlan
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import DistanceCondition, FailOutcome, PlanTerm, TermOutcome

CLOCKS = ("requested_at", "performed_at")


def changes(plan: SupportPlan) -> Iterator[tuple[str, SupportPlan]]:
    """What is changed, in words that begin with the part it is of, and the plan with that change."""
    for field, value in _of_the_head(plan):
        yield f"{field}: {_shown(value)}", replace(plan, **{field: value})
    for rule in plan.allowances:
        for field, value in (
            ("quantity", rule.quantity - 1),
            ("quantity", rule.quantity + 1),
            *_modes_more_or_less(rule.modes),
        ):
            changed = replace(rule, **{field: value})
            rules = tuple(changed if one is rule else one for one in plan.allowances)
            yield f"allowance {rule.key}: {field} = {_shown(value)}", replace(plan, allowances=rules)
    for term in plan.terms:
        yield f"{term.key}: deleted", replace(plan, terms=tuple(one for one in plan.terms if one is not term))
        for field, value in _of_a_term(term, plan):
            terms = tuple(replace(one, **{field: value}) if one is term else one for one in plan.terms)
            yield f"{term.key}: {field} = {_shown(value)}", replace(plan, terms=terms)


def _of_the_head(plan: SupportPlan) -> Iterator[tuple[str, Any]]:
    yield "origin_office", None
    for track in Track:
        yield from (("months", {**plan.months, track: plan.months[track] + by}) for by in (-1, 1))
    yield from (("coverage_clock", one) for one in CLOCKS if one != plan.coverage_clock)
    yield from (("price_clock", one) for one in CLOCKS if one != plan.price_clock)
    yield from (("missing_tariff", one) for one in MissingTariff if one is not plan.missing_tariff)


def _of_a_term(term: PlanTerm, plan: SupportPlan) -> Iterator[tuple[str, Any]]:
    yield from (("outcome", one) for one in TermOutcome if one is not term.outcome)
    yield from (("subject", one) for one in (None, *Subject) if one != term.subject)
    yield from (("track", one) for one in Track if one is not term.track)
    yield from _modes(term.modes)
    yield "service_type", "misspelt"
    yield "identity_check", not term.identity_check
    if term.outcome is TermOutcome.ALLOWANCE:
        yield from (("allowance", one.key) for one in plan.allowances if one.key != term.allowance)
        yield from (("when_exhausted", one) for one in (None, *TermOutcome) if one is not term.when_exhausted)
    if term.condition is not None:
        under = term.condition.under_metres
        yield from (("condition", one) for one in (None, DistanceCondition(under - 1), DistanceCondition(under + 1)))
        yield from (
            ("when_condition_fails", one) for one in (None, *FailOutcome) if one is not term.when_condition_fails
        )
    if term.scheduled_every_days is not None:
        yield from (("scheduled_every_days", term.scheduled_every_days + by) for by in (-1, 1))


def _modes(modes: frozenset[Mode] | None) -> Iterator[tuple[str, Any]]:
    """Any mode, and each one more or less; of any mode, each one only."""
    if modes is None:
        yield from (("modes", frozenset({one})) for one in Mode)
    else:
        yield "modes", None
        yield from _modes_more_or_less(modes)


def _modes_more_or_less(modes: frozenset[Mode]) -> Iterator[tuple[str, Any]]:
    yield from (("modes", changed) for one in Mode if (changed := modes ^ {one}))


def _shown(value: Any) -> str:
    match value:
        case frozenset():
            return " ".join(sorted(value))
        case dict():
            return " ".join(f"{track}:{months}" for track, months in sorted(value.items()))
        case DistanceCondition():
            return f"under {value.under_metres}"
    return str(value)
