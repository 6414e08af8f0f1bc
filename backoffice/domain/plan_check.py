"""The plan linter: what keeps a plan from being published, as data."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from backoffice.domain.canonical import JSON
from backoffice.domain.plan import SupportPlan
from backoffice.domain.service import Offering
from backoffice.domain.tariff import TariffMapping
from backoffice.domain.term import ANY_SERVICE, FailOutcome, PlanTerm, Side, TermOutcome

CHARGING_FAILURES = frozenset({FailOutcome.TARIFF, FailOutcome.TRAVEL_ONLY, FailOutcome.EXCESS_DISTANCE})


@dataclass(frozen=True)
class Finding:
    """One thing wrong with a plan: its code (worded as ``problem.plan_<code>``), the term it is about, raw values."""

    code: str
    term_key: str | None
    params: Mapping[str, JSON] = field(default_factory=dict)


def lint(plan: SupportPlan, offerings: Iterable[Offering], mappings: Iterable[TariffMapping]) -> tuple[Finding, ...]:
    """What keeps ``plan`` from being published for these service types and tariff mappings; empty when it is fit."""
    offered, mapped = tuple(offerings), frozenset(mapping.service_type for mapping in mappings)
    return (
        *_missing_terms(plan, offered),
        *_equal_terms(plan.terms),
        *_duplicates(plan),
        *(finding for term in plan.terms for finding in _term_findings(plan, term)),
        *_unmapped(plan, offered, mapped),
    )


def _missing_terms(plan: SupportPlan, offerings: Sequence[Offering]) -> Iterator[Finding]:
    """A service that the plan says nothing about, on one side, in one of its modes, for one of its subjects."""
    for offering, side in product(offerings, Side):
        for mode, subject in product(sorted(offering.modes), sorted(offering.subjects)):
            if plan.find_term(offering.code, mode, subject, side) is None:
                params = {"service_type": offering.code, "mode": mode.value, "subject": subject.value}
                yield Finding("missing_term", None, {**params, "side": side.value})


def _equal_terms(terms: Sequence[PlanTerm]) -> Iterator[Finding]:
    for one, other in combinations(terms, 2):
        if one.specificity == other.specificity and _meet(one, other):
            yield Finding("equal_terms", one.key, {"term": one.key, "other": other.key})


def _meet(one: PlanTerm, other: PlanTerm) -> bool:
    """Whether two equally specific terms can answer the same question."""
    modes_meet = one.modes is None or other.modes is None or bool(one.modes & other.modes)
    same = one.side is other.side and one.service_type == other.service_type and one.subject == other.subject
    return same and modes_meet


def _duplicates(plan: SupportPlan) -> Iterator[Finding]:
    for key in _repeated(term.key for term in plan.terms):
        yield Finding("duplicate_term", key, {"term": key})
    for key in _repeated(rule.key for rule in plan.allowances):
        yield Finding("duplicate_allowance", None, {"allowance": key})


def _repeated(keys: Iterable[str]) -> list[str]:
    listed = list(keys)
    return sorted({key for key in listed if listed.count(key) > 1})


def _term_findings(plan: SupportPlan, term: PlanTerm) -> Iterator[Finding]:
    named = {"term": term.key}
    if term.outcome is TermOutcome.ALLOWANCE:
        yield from _allowance_findings(plan, term)
    if term.condition is not None and plan.origin_office is None:
        yield Finding("no_origin_office", term.key, named)
    if term.condition is not None and term.when_condition_fails is None:
        yield Finding("without_when_condition_fails", term.key, named)


def _allowance_findings(plan: SupportPlan, term: PlanTerm) -> Iterator[Finding]:
    rule = plan.find_allowance(term.allowance)
    params: dict[str, JSON] = {"term": term.key, "allowance": term.allowance}
    if term.allowance is None:
        yield Finding("allowance_not_named", term.key, params)
    elif rule is None:
        yield Finding("allowance_undefined", term.key, params)
    elif term.modes is None or not term.modes <= rule.modes:
        yield Finding("allowance_modes", term.key, params)
    if term.side is Side.OUTSIDE:
        yield Finding("allowance_outside", term.key, params)
    if term.when_exhausted is None:
        yield Finding("without_when_exhausted", term.key, params)
    elif term.when_exhausted is TermOutcome.ALLOWANCE:
        yield Finding("exhausted_allowance", term.key, params)


def _unmapped(plan: SupportPlan, offerings: Sequence[Offering], mapped: frozenset[str]) -> Iterator[Finding]:
    """Terms that charge by the tariff for a service type that no tariff line is mapped to."""
    if ANY_SERVICE in mapped:
        return
    for offering in offerings:
        if offering.code in mapped:
            continue
        for term in _terms_of(plan, offering):
            if _charges(term):
                yield Finding("no_tariff_mapping", term.key, {"term": term.key, "service_type": offering.code})


def _terms_of(plan: SupportPlan, offering: Offering) -> list[PlanTerm]:
    """The terms that can answer for an offering, in the plan's order."""
    questions = product(offering.modes, offering.subjects, Side)
    answering = {
        term.key for mode, subject, side in questions if (term := plan.find_term(offering.code, mode, subject, side))
    }
    return [term for term in plan.terms if term.key in answering]


def _charges(term: PlanTerm) -> bool:
    return TermOutcome.TARIFF in (term.outcome, term.when_exhausted) or term.when_condition_fails in CHARGING_FAILURES
