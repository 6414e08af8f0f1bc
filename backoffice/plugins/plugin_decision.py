"""A decision that a plugin made itself, held against what the desk can store, charge, replay and say."""

from collections import Counter
from collections.abc import Iterator, Mapping
from types import UnionType

from backoffice.domain.canonical import canonical_json
from backoffice.domain.coverage import AllowanceUse, Decision, EditionRef, Facts, Outcome, PlanRef, Reason
from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.reasons import EXHAUSTED
from backoffice.wording import LANGUAGES, reason_text

UNPRICED = frozenset({Outcome.QUOTE, Outcome.NOT_OFFERED, Outcome.NEEDS_INPUT, Outcome.NO_TARIFF})

AMOUNTS: Mapping[str, type | UnionType] = dict.fromkeys(
    ("amount", "vat", "shadow_amount", "billed_minutes"), int | None
)
KINDS: Mapping[str, type | UnionType] = {
    "outcome": Outcome,
    "plan": PlanRef,
    "reasons": tuple,
    "lines": tuple,
    "missing_inputs": tuple,
    "provisional": bool,
    "edition": EditionRef | None,
    "tax_id": int | None,
    "period_id": int | None,
    "term": str | None,
    "allowance": AllowanceUse | None,
    "exhausted": str | None,
    **AMOUNTS,
}
"""What the attributes of a decision are."""


def judge(given: object, facts: Facts) -> Decision:
    """The decision on ``facts``; raises where it could not be one."""
    if not isinstance(given, Decision):
        raise TypeError(f"gave {given!r} instead of a Decision")
    faults = [*_of_another_kind(given)] or [*_foreign(given, facts), *_inconsistent(given)]
    if faults:
        raise ValueError(f"decided what cannot be: {'; '.join(faults)}")
    canonical_json([given.fingerprint, given.missing_inputs, *(reason.params for reason in given.reasons)])
    return given


def _of_another_kind(given: Decision) -> Iterator[str]:
    for name, kind in KINDS.items():
        if not isinstance(getattr(given, name), kind):
            yield f"{name} is {getattr(given, name)!r}"
    if not given.reasons or not all(map(_is_worded, given.reasons)):
        yield f"the reasons {given.reasons!r} are not all ones that the desk has words for"


def _is_worded(reason: object) -> bool:
    try:
        return isinstance(reason, Reason) and all(reason_text(reason, language) for language in LANGUAGES)
    except KeyError:
        return False


def _foreign(given: Decision, facts: Facts) -> Iterator[str]:
    """What it was not decided from."""
    periods = {period.id: period.plan for period in (facts.asset.periods if facts.asset else ())}
    if given.plan.content_hash not in {plan.content_hash for plan in (facts.default_plan, *periods.values())}:
        yield f"{given.plan} is no plan of the facts"
    if given.period_id is not None and given.period_id not in periods:
        yield f"{given.period_id} is no period of the asset"
    if given.edition is not None and given.edition.id not in {edition.id for edition in facts.book.editions}:
        yield f"{given.edition} is no tariff edition of the facts"
    if given.tax_id is not None and given.tax_id not in {rate.id for rate in facts.taxes.rates}:
        yield f"{given.tax_id} is no tax rate of the facts"
    yield from _uncounted(given, facts)


def _uncounted(given: Decision, facts: Facts) -> Iterator[str]:
    """An allowance that is drawn on, or said to be used up, otherwise than the facts count it."""
    use, spent = given.allowance, given.exhausted
    if _told_exhausted(given) != spent:
        yield f"exhausted is {spent!r} and the reasons tell that of {_told_exhausted(given)!r}"
    if use is not None and (use.used > use.limit or use not in _next_places(given.period_id, facts)):
        yield f"{use} is not the next place in an allowance of the period {given.period_id}"
    if spent is not None and not any(
        place.key == spent and place.used > place.limit for place in _next_places(given.period_id, facts)
    ):
        yield f"the allowance {spent} of the period {given.period_id} is not used up"


def _told_exhausted(given: Decision) -> str | None:
    """The key of the allowance that the customer is told is used up."""
    return next((str(reason.params.get("allowance")) for reason in given.reasons if reason.code == EXHAUSTED), None)


def _next_places(period_id: int | None, facts: Facts) -> list[AllowanceUse]:
    """The place that is drawn next in each allowance of the period, beyond the limit where all are taken."""
    plans = [period.plan for period in (facts.asset.periods if facts.asset else ()) if period.id == period_id]
    used = Counter({(use.period_id, use.key): use.used for use in facts.usage})
    return [
        AllowanceUse(period_id=period_id, key=rule.key, limit=rule.quantity, used=used[period_id, rule.key] + 1)
        for plan in plans
        for rule in plan.allowances
    ]


def _inconsistent(given: Decision) -> Iterator[str]:
    """What would be refused where decisions are stored and charged."""
    if any(
        number is not None and not 0 <= number <= RIAL_LIMIT for number in (getattr(given, name) for name in AMOUNTS)
    ):
        yield f"an amount of {[getattr(given, name) for name in AMOUNTS]} is out of range"
    if (given.amount is None) != (given.outcome in UNPRICED) or (given.vat is None) != (given.amount is None):
        yield f"{given.outcome} with the amount {given.amount} and the VAT {given.vat}"
    if (given.vat or 0) > (given.amount or 0) or (given.outcome is Outcome.FREE and given.amount):
        yield f"{given.outcome} for {given.amount} rials with {given.vat} rials of VAT"
    if given.amount and (given.edition is None or given.tax_id is None):
        yield f"{given.amount} rials by no tariff edition or no tax rate"
    if given.outcome in {Outcome.FREE, Outcome.ALLOWANCE} and given.term is None:
        yield f"{given.outcome} by no term of the plan"
    if (given.allowance is None) == (given.outcome is Outcome.ALLOWANCE) or given.overridden:
        yield f"{given.outcome} with the allowance {given.allowance}, overridden: {given.overridden}"
