"""The reasons of a decision, as codes with raw values; ``backoffice.wording`` has their words."""

from collections.abc import Iterator

from backoffice.domain.canonical import JSON
from backoffice.domain.decision import AllowanceUse, Outcome, Reason
from backoffice.domain.facts import Facts, ServiceAsked
from backoffice.domain.pricing import Price
from backoffice.domain.rates import Rates
from backoffice.domain.service import Mode
from backoffice.domain.term import AllowanceRule, DistanceCondition, PlanTerm, TermOutcome

EXHAUSTED = "allowance_exhausted"
"""Says that no slot of an allowance was free, with its key as ``allowance``: words for a decision's ``exhausted``."""

_TERM_CODES = {
    TermOutcome.TARIFF: "charged",
    TermOutcome.QUOTE: "quoted",
    TermOutcome.NOT_OFFERED: "refused",
}


def unavailable(facts: Facts) -> Reason | None:
    """Why the service type cannot be asked for like this, if it cannot."""
    asked, offering = facts.asked, facts.offering
    if asked.mode not in offering.modes:
        params: dict[str, JSON] = {"service_type": offering.code, "mode": asked.mode.value}
        return Reason("mode_not_offered", {**params, "modes": sorted(mode.value for mode in offering.modes)})
    if asked.subject not in offering.subjects:
        return Reason("subject_not_offered", {"service_type": offering.code, "subject": asked.subject.value})
    return None


def no_term(asked: ServiceAsked) -> Reason:
    """The plan is silent about it."""
    return Reason("no_term", {"service_type": asked.service_type, "mode": asked.mode.value})


def distance_unknown() -> Reason:
    """The road distance is asked for, never taken as zero."""
    return Reason("distance_unknown")


def by_condition(term: PlanTerm, condition: DistanceCondition, distance_metres: int) -> Reason:
    """The distance against the term's limit."""
    code = "distance_within" if condition.holds(distance_metres) else "distance_beyond"
    return Reason(code, {"term": term.key, "distance_metres": distance_metres, "under_metres": condition.under_metres})


def travel_payable(term: PlanTerm) -> Reason:
    """The work is covered, the way there is not."""
    return Reason("travel_payable", {"term": term.key})


def excess_payable(term: PlanTerm, excess_metres: int) -> Reason:
    """The work is covered, and the way up to the limit."""
    return Reason("excess_payable", {"term": term.key, "excess_metres": excess_metres})


def by_term(outcome: TermOutcome, term: PlanTerm) -> Iterator[Reason]:
    """The term that decided for ``outcome``, which is not an allowance."""
    code = f"free_{term.side.value}" if outcome is TermOutcome.FREE else _TERM_CODES[outcome]
    yield Reason(code, {"term": term.key, "side": term.side.value, "seed_ref": term.seed_ref})
    if term.identity_check:
        yield Reason("identity_check", {"term": term.key})


def allowance_available(term: PlanTerm, rule: AllowanceRule, use: AllowanceUse) -> Reason:
    """The slot that is taken."""
    params = _allowance_params(term, rule)
    return Reason("allowance_available", {**params, "used": use.used, "limit": use.limit, "seed_ref": term.seed_ref})


def allowance_exhausted(term: PlanTerm, rule: AllowanceRule | None, limit: int) -> Reason:
    """No slot is free: all are taken, there is no period to have any (limit 0), or the plan has no such allowance."""
    if rule is None:
        return Reason("allowance_undefined", {"term": term.key, "allowance": term.allowance})
    params = _allowance_params(term, rule)
    return Reason(EXHAUSTED, {**params, "limit": limit}) if limit else Reason("allowance_without_period", params)


def _allowance_params(term: PlanTerm, rule: AllowanceRule) -> dict[str, JSON]:
    return {"term": term.key, "allowance": rule.key, "label": rule.label.to_document()}


def quoted_for_want_of_tariff() -> Reason:
    """The plan announces a price where the year has no edition."""
    return Reason("quoted_without_tariff")


def of_price(price: Price, asked: ServiceAsked) -> Iterator[Reason]:
    """How what is payable was computed."""
    rates = price.rates
    yield _edition(rates)
    if asked.performed_at is None:
        yield Reason("estimate", {"day": rates.day.isoformat()})
    yield from _minutes(rates, asked)
    if asked.mode is Mode.ON_SITE and rates.kilometre is not None and asked.distance_metres is not None:
        yield Reason(
            "travel", {"distance_metres": asked.distance_metres, "both_ways_metres": 2 * asked.distance_metres}
        )
    yield Reason("vat", {"rate": str(rates.tax.rate), "amount": price.vat})


def shadow(price: Price) -> Reason:
    """What the covered part would have cost."""
    return Reason("shadow_price", {"amount": price.shadow})


def _edition(rates: Rates) -> Reason:
    edition = rates.edition
    params: dict[str, JSON] = {
        "jalali_year": edition.jalali_year,
        "version": edition.version,
        "effective_from": edition.effective_from.isoformat(),
        "day": rates.day.isoformat(),
    }
    return Reason("provisional_edition" if rates.provisional else "edition", params)


def _minutes(rates: Rates, asked: ServiceAsked) -> Iterator[Reason]:
    billed = rates.billed_minutes
    if billed is None:
        return
    if asked.minutes is None:
        yield Reason("minutes_unknown", {"mode": asked.mode.value, "billed_minutes": billed})
    elif asked.minutes != billed:
        yield Reason("minutes_rounded", {"minutes": asked.minutes, "billed_minutes": billed})


def overridden(was: Outcome, reason: str) -> Reason:
    """A supervisor decided otherwise than the engine, which said ``was``, and said why."""
    return Reason("overridden", {"was": was.value, "reason": reason})
