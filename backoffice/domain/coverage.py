"""The coverage decision: whether a service is free, drawn from an allowance, charged, quoted or refused, and why.

``decide`` follows the steps a support manager would: the period and side (``entitlement``), the term, what is missing,
the term's condition, its allowance (``granting``), the price (``rates``, ``pricing``), and the reasons (``reasons``).
"""

from dataclasses import replace

from backoffice.domain import reasons
from backoffice.domain.decision import (
    REFUSALS,
    AllowanceUse,
    Decision,
    EditionRef,
    Outcome,
    PlanRef,
    Reason,
)
from backoffice.domain.entitlement import Entitlement, find_entitlement
from backoffice.domain.facts import AllowanceUsage, AssetFacts, Facts, PeriodFacts, ServiceAsked
from backoffice.domain.granting import Granting, grant_by
from backoffice.domain.pricing import Price, price
from backoffice.domain.rates import Unpriced, needs_distance
from backoffice.domain.term import TermOutcome

__all__ = [
    "REFUSALS",
    "RULES_VERSION",
    "AllowanceUsage",
    "AllowanceUse",
    "AssetFacts",
    "Decision",
    "EditionRef",
    "Facts",
    "Outcome",
    "PeriodFacts",
    "PlanRef",
    "Reason",
    "ServiceAsked",
    "decide",
]

RULES_VERSION = "2"
"""Which rules made a decision: raised when ``decide`` or ``override`` answers the same facts otherwise than before.

Stored with each decision, so that a replay that differs can tell old rules from a fault. A test pins what they answer.
"""


def decide(facts: Facts) -> Decision:
    """What the plan grants and the tariff charges for the service in ``facts``. Total: equal facts, equal decision."""
    entitlement = find_entitlement(facts)
    unavailable = reasons.unavailable(facts)
    if unavailable is not None:
        return _without_price(entitlement, Outcome.NOT_OFFERED, unavailable)
    if entitlement.term is None:
        return _without_price(entitlement, Outcome.NOT_OFFERED, reasons.no_term(facts.asked))
    if entitlement.term.condition is not None and facts.asked.distance_metres is None:
        return _needs_distance(entitlement)
    granting = grant_by(entitlement.term, entitlement, facts)
    return replace(_answer(facts, entitlement, granting), exhausted=granting.exhausted)


def _answer(facts: Facts, entitlement: Entitlement, granting: Granting) -> Decision:
    match granting.outcome:
        case TermOutcome.FREE | TermOutcome.ALLOWANCE:
            return _granted(facts, entitlement, granting)
        case TermOutcome.TARIFF:
            return _charged(facts, entitlement, granting)
        case TermOutcome.QUOTE | TermOutcome.NOT_OFFERED as outcome:
            return _without_price(entitlement, Outcome(outcome.value), *granting.reasons)


def _granted(facts: Facts, entitlement: Entitlement, granting: Granting) -> Decision:
    """Free or from an allowance, with its shadow price; the part of the way that is not covered is charged."""
    found = None if _distance_is_missing(facts) else price(facts, entitlement.plan, granting.grant)
    whole = granting.grant.covers(facts.asked.distance_metres or 0)
    if isinstance(found, Unpriced) and not whole:
        return _unpriced(entitlement, granting, found)
    decision = replace(
        _without_price(entitlement, Outcome(granting.outcome.value), *granting.reasons),
        amount=0,
        vat=0,
        allowance=granting.allowance,
    )
    if not isinstance(found, Price):
        return decision
    return _with_price(decision, found, facts.asked)


def _charged(facts: Facts, entitlement: Entitlement, granting: Granting) -> Decision:
    if _distance_is_missing(facts):
        return _needs_distance(entitlement, *granting.reasons)
    found = price(facts, entitlement.plan, granting.grant)
    if isinstance(found, Unpriced):
        return _unpriced(entitlement, granting, found)
    return _with_price(_without_price(entitlement, Outcome.TARIFF, *granting.reasons), found, facts.asked)


def _with_price(decision: Decision, found: Price, asked: ServiceAsked) -> Decision:
    rates, is_payable = found.rates, found.amount > 0 or decision.outcome is Outcome.TARIFF
    is_covered = any(line.covered for line in found.lines)
    return replace(
        decision,
        # Free work at the end of a way that is charged is no longer free; a slot taken stays an allowance.
        outcome=Outcome.TARIFF if is_payable and decision.outcome is Outcome.FREE else decision.outcome,
        amount=found.amount,
        vat=found.vat,
        lines=found.lines,
        billed_minutes=rates.billed_minutes,
        provisional=rates.provisional and is_payable,
        edition=EditionRef(rates.edition.id, rates.edition.jalali_year, rates.edition.version),
        tax_id=rates.tax.id,
        shadow_amount=found.shadow if is_covered else None,
        reasons=(
            *decision.reasons,
            *(reasons.of_price(found, asked) if is_payable else ()),
            *((reasons.shadow(found),) if is_covered else ()),
        ),
    )


def _unpriced(entitlement: Entitlement, granting: Granting, found: Unpriced) -> Decision:
    """Something to charge and no price for it: a refusal, or a quote where the plan says so. Never zero."""
    told = (*granting.reasons, found.reason)
    if found.by_quote:
        return _without_price(entitlement, Outcome.QUOTE, *told, reasons.quoted_for_want_of_tariff())
    return _without_price(entitlement, Outcome.NO_TARIFF, *told)


def _distance_is_missing(facts: Facts) -> bool:
    return needs_distance(facts) and facts.asked.distance_metres is None


def _needs_distance(entitlement: Entitlement, *told: Reason) -> Decision:
    decision = _without_price(entitlement, Outcome.NEEDS_INPUT, *told, reasons.distance_unknown())
    return replace(decision, missing_inputs=("distance_metres",))


def _without_price(entitlement: Entitlement, outcome: Outcome, *told: Reason) -> Decision:
    plan = entitlement.plan
    return Decision(
        outcome=outcome,
        plan=PlanRef(plan.code, plan.version, plan.content_hash),
        reasons=(entitlement.reason, *told),
        period_id=entitlement.period.id if entitlement.period else None,
        term=entitlement.term.key if entitlement.term else None,
    )
