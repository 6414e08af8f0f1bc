"""The coverage decision: whether a service is free, drawn from an allowance, charged, quoted or refused, and why."""

from backoffice.domain.decision import (
    REFUSALS,
    AllowanceUse,
    Decision,
    EditionRef,
    Outcome,
    PlanRef,
    Reason,
)
from backoffice.domain.facts import AllowanceUsage, AssetFacts, Facts, PeriodFacts, ServiceAsked

__all__ = [
    "REFUSALS",
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


def decide(facts: Facts) -> Decision:
    """Decide."""
    raise NotImplementedError
