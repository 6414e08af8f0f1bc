"""The price of a service: its lines, what of them the plan covers, and VAT on the rest."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backoffice.domain.decision import Reason
from backoffice.domain.facts import Facts, ServiceAsked
from backoffice.domain.money import (
    RIAL_LIMIT,
    Component,
    PriceLine,
    covered,
    distance_amount,
    labour_amount,
    payable,
    quantity_of,
    vat_on,
)
from backoffice.domain.plan import SupportPlan
from backoffice.domain.rates import Rates, Unpriced, find_rates
from backoffice.domain.tariff import TariffLine


@dataclass(frozen=True)
class Grant:
    """Which parts of a service are covered: the labour, the call-out, and ``metres`` of the way there (and back)."""

    labour: bool = False
    call_out: bool = False
    metres: int = 0

    def covers(self, distance_metres: int) -> bool:
        """Whether nothing is left to pay for a site ``distance_metres`` away."""
        return self.labour and self.call_out and self.metres >= distance_metres


NOTHING = Grant()


@dataclass(frozen=True)
class Price:
    """The lines of a price and the rates they were found with; all amounts in rials."""

    lines: tuple[PriceLine, ...]
    rates: Rates

    @property
    def vat(self) -> int:
        """The VAT on the lines that are not covered, half a rial rounded up."""
        return vat_on(payable(self.lines), self.rates.tax.rate)

    @property
    def amount(self) -> int:
        """What is payable, VAT included."""
        return payable(self.lines) + self.vat

    @property
    def shadow(self) -> int:
        """What the covered lines would have cost, VAT included."""
        free = covered(self.lines)
        return free + vat_on(free, self.rates.tax.rate)


def price(facts: Facts, plan: SupportPlan, grant: Grant) -> Price | Unpriced:
    """The price of what is asked, the parts in ``grant`` marked as covered; the distance is known if it is needed."""
    rates = find_rates(facts, plan)
    if isinstance(rates, Unpriced):
        return rates
    found = Price((_labour(rates, grant), *_travel(facts.asked, rates, grant)), rates)
    if found.amount + found.shadow > RIAL_LIMIT:
        return Unpriced(Reason("amount_out_of_range"))
    return found


def _labour(rates: Rates, grant: Grant) -> PriceLine:
    line = rates.labour
    if rates.billed_minutes is None:
        return replace(_one(Component.LABOUR, line), covered=grant.labour)
    return PriceLine(
        component=Component.LABOUR,
        quantity=quantity_of(rates.billed_minutes, 60),
        unit=line.unit,
        rate=line.rate,
        amount=labour_amount(line.rate, rates.billed_minutes),
        covered=grant.labour,
    )


def _travel(asked: ServiceAsked, rates: Rates, grant: Grant) -> Iterator[PriceLine]:
    if rates.call_out is not None:
        yield replace(_one(Component.TRAVEL, rates.call_out), covered=grant.call_out)
    if rates.kilometre is not None:
        distance = asked.distance_metres or 0
        near = min(distance, grant.metres)
        yield from (replace(line, covered=True) for line in _way(rates.kilometre, near))
        yield from _way(rates.kilometre, distance - near)


def _one(component: Component, line: TariffLine) -> PriceLine:
    return PriceLine(component=component, quantity=quantity_of(1, 1), unit=line.unit, rate=line.rate, amount=line.rate)


def _way(line: TariffLine, metres: int) -> Iterator[PriceLine]:
    """There and back over ``metres``; no line for no way."""
    if metres > 0:
        yield PriceLine(
            component=Component.TRAVEL,
            quantity=quantity_of(2 * metres, 1000),
            unit=line.unit,
            rate=line.rate,
            amount=distance_amount(line.rate, 2 * metres),
        )
