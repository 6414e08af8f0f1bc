"""A supervisor's decision in place of the engine's: free, at an agreed amount, or by quote, for a reason."""

from dataclasses import dataclass, replace
from enum import StrEnum

from backoffice.domain import reasons
from backoffice.domain.decision import Decision, EditionRef, Outcome
from backoffice.domain.entitlement import find_entitlement
from backoffice.domain.facts import Facts
from backoffice.domain.money import Component, PriceLine, PriceUnit, covered, quantity_of, vat_on, vat_within
from backoffice.domain.rates import PriceSource, Unpriced, find_source
from backoffice.domain.transitions import Transitions

OVERRIDES = frozenset({Outcome.FREE, Outcome.TARIFF, Outcome.QUOTE})
"""What a supervisor can decide. An allowance is drawn on by its terms alone; refusals leave no record to override."""


class OverrideStatus(StrEnum):
    """What came of an override that waits for a second person."""

    WAITING = "waiting"
    APPROVED = "approved"
    DECLINED = "declined"


OVERRIDE_STEPS = Transitions(
    {
        OverrideStatus.WAITING: frozenset({OverrideStatus.APPROVED, OverrideStatus.DECLINED}),
        OverrideStatus.APPROVED: frozenset(),
        OverrideStatus.DECLINED: frozenset(),
    }
)
"""Whatever is settled is final: another wish is another request."""


@dataclass(frozen=True)
class Override:
    """One of ``OVERRIDES``; ``amount`` is payable, VAT included, in rials, and given exactly for TARIFF."""

    outcome: Outcome
    amount: int | None
    reason: str

    def __post_init__(self) -> None:
        if self.outcome not in OVERRIDES or (self.amount is not None) != (self.outcome is Outcome.TARIFF):
            raise ValueError(f"{self.outcome} with the amount {self.amount} is no override")

    @classmethod
    def behind(cls, decision: Decision) -> "Override":
        """The override that the decision came of. Raises ``ValueError`` for a decision of the engine's."""
        if decision.override_reason is None:
            raise ValueError(f"no supervisor decided {decision.outcome}: it is the engine's decision")
        return cls(decision.outcome, decision.amount or None, decision.override_reason)


def override(engine: Decision, facts: Facts, given: Override) -> Decision | Unpriced:
    """What is decided by ``given`` instead of ``engine``, the decision on ``facts``.

    No slot is taken. An agreed amount still needs the edition and the VAT of its day: ``Unpriced`` without them.
    """
    bare = replace(
        engine,
        outcome=given.outcome,
        reasons=(*engine.reasons[:1], reasons.overridden(engine.outcome, given.reason)),
        amount=None,
        vat=None,
        lines=(),
        billed_minutes=None,
        provisional=False,
        edition=None,
        tax_id=None,
        allowance=None,
        missing_inputs=(),
        shadow_amount=None,
        exhausted=None,
        override_reason=given.reason,
    )
    source = find_source(facts, find_entitlement(facts).plan)
    match given.outcome:
        case Outcome.FREE:
            return _given_free(bare, engine, source)
        case Outcome.TARIFF:
            return source if isinstance(source, Unpriced) else _agreed(bare, given.amount or 0, source)
        case _:
            return bare


def _given_free(bare: Decision, engine: Decision, source: PriceSource | Unpriced) -> Decision:
    """Nothing to pay; what the engine priced is shown as covered, with what it would have cost."""
    free = replace(bare, amount=0, vat=0)
    if isinstance(source, Unpriced) or not engine.lines:
        return free
    lines = tuple(replace(line, covered=True) for line in engine.lines)
    return replace(
        _sourced(free, source),
        lines=lines,
        billed_minutes=engine.billed_minutes,
        shadow_amount=covered(lines) + vat_on(covered(lines), source.tax.rate),
    )


def _agreed(bare: Decision, amount: int, source: PriceSource) -> Decision:
    """One line for the agreed amount without the VAT within it."""
    vat = vat_within(amount, source.tax.rate)
    net = amount - vat
    line = PriceLine(
        component=Component.LABOUR, quantity=quantity_of(1, 1), unit=PriceUnit.SESSION, rate=net, amount=net
    )
    return replace(_sourced(bare, source), amount=amount, vat=vat, lines=(line,))


def _sourced(decision: Decision, source: PriceSource) -> Decision:
    edition = source.edition
    return replace(decision, edition=EditionRef(edition.id, edition.jalali_year, edition.version), tax_id=source.tax.id)
