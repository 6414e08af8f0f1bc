"""Every worked decision comes out of ``decide`` as written, those of the contract and those at the edges."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pytest

from backoffice.domain.coverage import Decision, Facts, ServiceAsked, decide
from backoffice.domain.money import Component
from backoffice.domain.service import Mode, Subject
from tests.domain.examples import BOOK, CASES, EDGES, OFFERINGS, PLAN, TAXES, asset_of, usage_of


def decide_step(scenario: Mapping[str, Any], step: Mapping[str, Any], earlier: list[Decision | None]) -> Decision:
    asked = ServiceAsked(
        service_type=step["serviceType"],
        mode=Mode(step["mode"]),
        subject=Subject(step.get("subject", "software")),
        requested_at=datetime.fromisoformat(step["requestedAt"]),
        performed_at=datetime.fromisoformat(step["performedAt"]),
        minutes=step.get("minutes"),
        distance_metres=step.get("distanceMetres"),
    )
    facts = Facts(
        asked=asked,
        offering=OFFERINGS[asked.service_type],
        asset=asset_of(scenario),
        default_plan=PLAN,
        book=BOOK,
        taxes=TAXES,
        usage=usage_of(earlier),
    )
    return decide(facts)


def decisions_of(scenario: Mapping[str, Any]) -> list[Decision | None]:
    """What each step decides; None for a step that was voided and for one that voids."""
    decisions: list[Decision | None] = []
    for step in scenario["steps"]:
        if "void" in step:
            decisions[step["void"]] = None
            decisions.append(None)
        else:
            decisions.append(decide_step(scenario, step, decisions))
    return decisions


def told(decision: Decision, expected: Mapping[str, Any]) -> dict[str, Any]:
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


@pytest.mark.parametrize("scenario", [*CASES["scenarios"], *EDGES], ids=lambda scenario: scenario["name"])
def test_a_worked_decision_comes_out_as_written(scenario: Mapping[str, Any]):
    steps = [step for step in scenario["steps"] if "void" not in step]
    earlier: list[Decision | None] = []
    answers = []
    for step in scenario["steps"]:
        if "void" in step:
            earlier[step["void"]] = None
            earlier.append(None)
        else:
            decision = decide_step(scenario, step, earlier)
            earlier.append(decision)
            answers.append(told(decision, step["expect"]))
    assert answers == [step["expect"] for step in steps]
