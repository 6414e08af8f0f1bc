"""A coverage decision: the outcome, its price and its reasons, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from backoffice.domain.canonical import JSON, content_hash
from backoffice.domain.money import PriceLine


class Outcome(StrEnum):
    """What a decision says."""

    FREE = "free"
    ALLOWANCE = "allowance"
    TARIFF = "tariff"
    QUOTE = "quote"
    NOT_OFFERED = "not_offered"
    NEEDS_INPUT = "needs_input"
    NO_TARIFF = "no_tariff"


REFUSALS = frozenset({Outcome.NOT_OFFERED, Outcome.NEEDS_INPUT, Outcome.NO_TARIFF})
"""Outcomes with which no service record is made."""


@dataclass(frozen=True)
class Reason:
    """One step of the explanation: a code, with raw values (ISO dates, metres, minutes, rials)."""

    code: str
    params: Mapping[str, JSON] = field(default_factory=dict)

    def to_document(self) -> dict[str, JSON]:
        """The reason as JSON."""
        return {"code": self.code, "params": dict(self.params)}


@dataclass(frozen=True)
class AllowanceUse:
    """The slot an ALLOWANCE decision takes: ``used`` of ``limit`` in the period, this use counted."""

    period_id: int | None
    key: str
    limit: int
    used: int

    def to_document(self) -> dict[str, JSON]:
        """The use as JSON."""
        return {"period_id": self.period_id, "key": self.key, "limit": self.limit, "used": self.used}


@dataclass(frozen=True)
class EditionRef:
    """Which tariff edition priced a decision."""

    id: int | None
    jalali_year: int
    version: int


@dataclass(frozen=True)
class PlanRef:
    """Which version of which plan answered, and the hash of its frozen copy."""

    code: str
    version: int
    content_hash: str


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What is granted and charged, and why.

    ``amount`` is payable, VAT (``vat``) included, in rials: 0 when free, None while unknown (QUOTE and the
    refusals). An ALLOWANCE may leave something payable: the way to a place beyond the plan's limit. ``lines`` are
    priced with ``billed_minutes`` by ``edition``; covered ones are not charged. ``shadow_amount`` is what the
    covered ones would have cost, VAT included; None when nothing is covered or it cannot be priced.
    ``provisional``: an earlier year's edition priced what is payable. ``period_id`` is the period the service falls
    inside, ``term`` the key of the plan's term; ``missing_inputs`` are field names of ``ServiceAsked``.
    ``exhausted`` is the key of the allowance of that period that would have been drawn on, had a slot of it been free.
    ``override_reason``: why a supervisor decided otherwise than the engine, in their own words; None for the engine's.
    """

    outcome: Outcome
    plan: PlanRef
    reasons: tuple[Reason, ...]
    amount: int | None = None
    vat: int | None = None
    lines: tuple[PriceLine, ...] = ()
    billed_minutes: int | None = None
    provisional: bool = False
    edition: EditionRef | None = None
    tax_id: int | None = None
    period_id: int | None = None
    term: str | None = None
    allowance: AllowanceUse | None = None
    missing_inputs: tuple[str, ...] = ()
    shadow_amount: int | None = None
    exhausted: str | None = None
    override_reason: str | None = None

    @property
    def overridden(self) -> bool:
        """Whether a supervisor decided otherwise than the engine."""
        return self.override_reason is not None

    @cached_property
    def fingerprint(self) -> str:
        """A hash of what was decided (outcome, amount, lines, allowance, edition, plan), not of when it was asked."""
        edition = self.edition
        return content_hash(
            {
                "outcome": self.outcome,
                "amount": self.amount,
                "lines": [line.to_document() for line in self.lines],
                "allowance": self.allowance.to_document() if self.allowance else None,
                "edition": [edition.jalali_year, edition.version] if edition else None,
                "plan": self.plan.content_hash,
            }
        )
