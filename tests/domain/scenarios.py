"""Worked decisions: scenarios of a sale and of services asked for after it, with what each of them must come to."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

from backoffice.domain.coverage import (
    AllowanceUsage,
    AssetFacts,
    Decision,
    Facts,
    Outcome,
    PeriodFacts,
    ServiceAsked,
    decide,
)
from backoffice.domain.money import Component
from backoffice.domain.period import Period, Track, period_bounds, renewal_anchor
from backoffice.domain.plan import SupportPlan
from backoffice.domain.service import Mode, Subject
from tests.domain.examples import BOOK, CASES, DATA, OFFERINGS, PLAN, TAXES

Scenario: TypeAlias = Mapping[str, Any]
Step: TypeAlias = Mapping[str, Any]


def _others(name: str) -> Sequence[Scenario]:
    read: Sequence[Scenario] = json.loads((DATA / name).read_text(encoding="utf-8"))["scenarios"]
    return read


SCENARIOS: Sequence[Scenario] = (*CASES["scenarios"], *_others("edges.json"), *_others("terms.json"))
"""Those of the contract; ours at the edges of days, years, periods and allowances; ours for the other terms."""


def decided_steps(scenario: Scenario, plan: SupportPlan = PLAN) -> list[tuple[Facts, Decision]]:
    """The facts and the decision of each step that asks something; what is voided is used by nobody afterwards."""
    standing: list[Decision | None] = []
    decided = []
    for step in scenario["steps"]:
        if "void" in step:
            standing[step["void"]] = None
            standing.append(None)
        else:
            facts = _facts_of(scenario, step, standing, plan)
            decided.append((facts, decide(facts)))
            standing.append(decided[-1][1])
    return decided


def answers_of(scenario: Scenario, plan: SupportPlan = PLAN) -> list[dict[str, Any]]:
    """What each step that asks something comes to, as far as it expects something."""
    decisions = [decision for _, decision in decided_steps(scenario, plan)]
    return [_told(*pair) for pair in zip(decisions, expected_of(scenario), strict=True)]


def expected_of(scenario: Scenario) -> list[dict[str, Any]]:
    """What its steps are written to come to."""
    return [step["expect"] for step in scenario["steps"] if "void" not in step]


def _facts_of(scenario: Scenario, step: Step, earlier: Sequence[Decision | None], plan: SupportPlan) -> Facts:
    asked = ServiceAsked(
        service_type=step["serviceType"],
        mode=Mode(step["mode"]),
        subject=Subject(step.get("subject", "software")),
        requested_at=datetime.fromisoformat(step["requestedAt"]),
        performed_at=datetime.fromisoformat(step["performedAt"]),
        minutes=step.get("minutes"),
        distance_metres=step.get("distanceMetres"),
    )
    return Facts(
        asked=asked,
        offering=OFFERINGS[asked.service_type],
        asset=_asset_of(scenario, plan),
        default_plan=plan,
        book=BOOK,
        taxes=TAXES,
        usage=_usage_of(earlier),
    )


def _told(decision: Decision, expected: Mapping[str, Any]) -> dict[str, Any]:
    """The decision in the words of the scenario file, as far as it expects something."""
    amounts = {
        component: sum(line.amount for line in decision.lines if line.component is component) for component in Component
    }
    use, edition = decision.allowance, decision.edition
    everything = {
        "outcome": decision.outcome.name,
        "amount": decision.amount,
        "vat": decision.vat,
        "labour": amounts[Component.LABOUR],
        "travel": amounts[Component.TRAVEL],
        "billedMinutes": decision.billed_minutes,
        "provisional": decision.provisional,
        "edition": f"{edition.jalali_year}v{edition.version}" if edition else None,
        "allowance": {"key": use.key, "used": use.used, "limit": use.limit} if use else None,
    }
    return {name: everything[name] for name in expected}


def _asset_of(scenario: Scenario, plan: SupportPlan) -> AssetFacts:
    """The asset of a scenario, with its first period and its renewals, on the plan's tracks."""
    bought = date.fromisoformat(scenario["purchasedOn"])
    return AssetFacts(
        bought, tuple(_period_facts(period, n, plan) for n, period in enumerate(_periods(scenario, plan)))
    )


def _periods(scenario: Scenario, plan: SupportPlan) -> list[Period]:
    months = plan.months[Track.SUPPORT]
    periods = [Period(*period_bounds(date.fromisoformat(scenario["purchasedOn"]), 0, months))]
    for renewal in scenario["renewals"]:
        anchor, offset = renewal_anchor(periods, date.fromisoformat(renewal["startsOn"]))
        periods.append(Period(*period_bounds(anchor, offset, months)))
    return periods


def _period_facts(period: Period, number: int, plan: SupportPlan) -> PeriodFacts:
    return PeriodFacts(
        id=number, track=period.track, starts_on=period.starts_on, ends_before=period.ends_before, plan=plan
    )


def _usage_of(decisions: Sequence[Decision | None]) -> tuple[AllowanceUsage, ...]:
    """The slots that earlier steps of a scenario hold; a voided step is None."""
    held = [decision.allowance for decision in decisions if decision and decision.outcome is Outcome.ALLOWANCE]
    return tuple(AllowanceUsage(use.period_id, use.key, 1) for use in held if use)
