"""Every worked decision comes out of ``decide`` as written, those of the contract and those at the edges."""

from collections.abc import Mapping
from typing import Any

import pytest

from backoffice.domain.coverage import Decision
from backoffice.domain.money import Component
from tests.domain.examples import CASES, EDGES
from tests.domain.worked import decided_steps


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
    expected = [step["expect"] for step in scenario["steps"] if "void" not in step]
    decisions = [decision for _, decision in decided_steps(scenario)]
    assert [told(decision, expect) for decision, expect in zip(decisions, expected, strict=True)] == expected
