"""What came of running worked decisions: how many came out, and each difference with what was expected and got."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from backoffice.domain.coverage import REFUSALS, Decision
from backoffice.domain.money import Component
from backoffice.domain.problem import Problem
from backoffice.operations.result import Result


@dataclass(frozen=True, kw_only=True)
class CaseFailure:
    """One step of a scenario that did not come out; ``step`` counts from 1, and 0 is the sale."""

    scenario: str
    step: int
    expected: Mapping[str, object]
    got: Mapping[str, object]

    def __str__(self) -> str:
        where = f"step {self.step}" if self.step else "its sale"
        return f"{self.scenario}, {where}: expected {dict(self.expected)}, got {dict(self.got)}"


@dataclass(frozen=True)
class CaseReport:
    """``passed`` counts the scenarios of which every step came out; a scenario ends at its first failure."""

    passed: int
    failures: tuple[CaseFailure, ...] = ()

    @property
    def failed(self) -> int:
        """How many scenarios did not come out."""
        return len(self.failures)


def outcome_shown(result: Result, expected: Mapping[str, object]) -> Mapping[str, object]:
    """What came of recording a service: of its decision what ``expected`` speaks of; problems when none were due."""
    if result.decision is None:
        return problems_shown(result.problems)
    decision = result.decision.decision
    shown = {key: value for key, value in _decision_shown(decision).items() if key in expected}
    return shown if decision.outcome in REFUSALS else {**shown, **problems_shown(result.problems)}


def problems_shown(problems: Iterable[Problem]) -> Mapping[str, object]:
    """Nothing, or the problems by code, detail and path."""
    shown = [" ".join([problem.code, problem.detail or "", *problem.path]) for problem in problems]
    return {"problems": shown} if shown else {}


def _decision_shown(decision: Decision) -> Mapping[str, object]:
    use, edition = decision.allowance, decision.edition
    return {
        "outcome": decision.outcome.name,
        "amount": decision.amount,
        "billedMinutes": decision.billed_minutes,
        "labour": _payable(decision, Component.LABOUR),
        "travel": _payable(decision, Component.TRAVEL),
        "vat": decision.vat,
        "edition": None if edition is None else f"{edition.jalali_year}v{edition.version}",
        "provisional": decision.provisional,
        "allowance": None if use is None else {"key": use.key, "used": use.used, "limit": use.limit},
    }


def _payable(decision: Decision, component: Component) -> int:
    return sum(line.amount for line in decision.lines if line.component is component and not line.covered)
