"""The worked cases as facts: what each of their steps asks, and what the rules decide on it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from backoffice.domain.coverage import Decision, Facts, ServiceAsked, decide
from backoffice.domain.service import Mode, Subject
from tests.domain.examples import BOOK, OFFERINGS, PLAN, TAXES, asset_of, usage_of


def decided_steps(scenario: Mapping[str, Any]) -> list[tuple[Facts, Decision]]:
    """The facts and the decision of each step that asks something; what is voided is used by nobody afterwards."""
    standing: list[Decision | None] = []
    decided = []
    for step in scenario["steps"]:
        if "void" in step:
            standing[step["void"]] = None
            standing.append(None)
        else:
            facts = facts_of(scenario, step, standing)
            decided.append((facts, decide(facts)))
            standing.append(decided[-1][1])
    return decided


def facts_of(scenario: Mapping[str, Any], step: Mapping[str, Any], earlier: Sequence[Decision | None]) -> Facts:
    """What one step is decided from, after the decisions that stand."""
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
        asset=asset_of(scenario),
        default_plan=PLAN,
        book=BOOK,
        taxes=TAXES,
        usage=usage_of(list(earlier)),
    )
