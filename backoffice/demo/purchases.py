"""The demo's purchases: inside and outside support, between two periods, about to end, renewed early, late or never."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from backoffice.demo.chance import Chance
from backoffice.demo.customer_plans import CustomerPlan, SitePlan
from backoffice.demo.words import words
from backoffice.domain.calendar import add_jalali_months
from backoffice.models import CustomerKind

YEAR = 12
"""Months of support that come with a purchase, and with each renewal."""


@dataclass(frozen=True, kw_only=True)
class Renewal:
    """Support renewed on ``agreed_on``, from ``starts_on`` for a year."""

    agreed_on: date
    starts_on: date


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """One unit sold, and its renewals."""

    serial: str
    sku: str
    customer: CustomerPlan
    site: SitePlan
    bought_on: date
    renewals: tuple[Renewal, ...]


@dataclass(frozen=True, kw_only=True)
class History:
    """When a unit was bought, and its renewals."""

    bought_on: date
    renewals: tuple[Renewal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Version:
    """A released version of a model, and why it was withdrawn if it was."""

    label: str
    days_ago: int
    notes: str
    withdrawn: str | None = None


@dataclass(frozen=True, kw_only=True)
class Model:
    """What is sold; ``serial`` begins the serial numbers of its units, ``upgrades_to`` are SKUs."""

    sku: str
    name: str
    family: str
    serial: str
    versions: tuple[Version, ...]
    upgrades_to: tuple[str, ...]


def models() -> list[Model]:
    """The few products of the demo's price list."""
    return [_model(**product) for product in words("desk")["products"]]


def histories(chance: Chance) -> list[History]:
    """As many of each as ``HISTORIES`` says, shuffled."""
    found = [kind(chance) for kind, count in HISTORIES.items() for _ in range(count)]
    chance.shuffle(found)
    return found


def purchases(
    chance: Chance, buyers: Sequence[CustomerPlan], histories: Iterable[History], models: Sequence[Model]
) -> Iterator[Purchase]:
    """One purchase for each history, the first ones by one buyer each; after that companies buy more."""
    several = list(accumulate(3 if buyer.kind is CustomerKind.COMPANY else 1 for buyer in buyers))
    for number, history in enumerate(histories):
        customer = buyers[number] if number < len(buyers) else chance.choices(buyers, cum_weights=several)[0]
        model = chance.choice(models)
        yield Purchase(
            serial=f"{model.serial}-{number * 89 + chance.randint(1, 88):06d}",
            sku=model.sku,
            customer=customer,
            site=chance.choice(customer.sites),
            bought_on=history.bought_on,
            renewals=history.renewals,
        )


def _model(versions: Sequence[Mapping[str, Any]], upgrades_to: Sequence[str], **told: str) -> Model:
    released = tuple(Version(**version) for version in versions)
    return Model(**told, versions=released, upgrades_to=tuple(upgrades_to))


def _this_year(chance: Chance) -> History:
    return History(bought_on=chance.days_ago(5, 330))


def _ending(chance: Chance) -> History:
    """In its last two weeks, and nobody has renewed it."""
    return History(bought_on=add_jalali_months(chance.today + timedelta(days=chance.randint(1, 13)), -YEAR))


def _renewed_ahead(chance: Chance) -> History:
    """Still in its first year, the second already agreed."""
    bought_on = chance.days_ago(320, 350)
    end = add_jalali_months(bought_on, YEAR)
    return History(bought_on=bought_on, renewals=(Renewal(agreed_on=chance.days_ago(1, 9), starts_on=end),))


def _renewed_in_time(chance: Chance) -> History:
    """Without a gap, once or twice, up to today."""
    bought_on = chance.days_ago(380, 1000)
    starts = [add_jalali_months(bought_on, YEAR * years) for years in range(1, 4)]
    renewals = [Renewal(agreed_on=day - timedelta(days=chance.randint(1, 20)), starts_on=day) for day in starts]
    return History(bought_on=bought_on, renewals=tuple(each for each in renewals if each.starts_on <= chance.today))


def _renewed_late(chance: Chance) -> History:
    """Inside again, after a time without support."""
    bought_on = chance.days_ago(560, 760)
    again = add_jalali_months(bought_on, YEAR) + timedelta(days=chance.randint(40, 150))
    return History(bought_on=bought_on, renewals=(Renewal(agreed_on=again, starts_on=again),))


def _between(chance: Chance) -> History:
    """One period is over, the next is agreed and begins in some days."""
    again = chance.today + timedelta(days=chance.randint(3, 25))
    renewal = Renewal(agreed_on=chance.days_ago(1, 6), starts_on=again)
    return History(bought_on=chance.days_ago(400, 640), renewals=(renewal,))


def _outside(chance: Chance) -> History:
    return History(bought_on=chance.days_ago(380, 1200))


HISTORIES: dict[Callable[[Chance], History], int] = {
    _this_year: 34,
    _ending: 7,
    _renewed_ahead: 6,
    _renewed_in_time: 12,
    _renewed_late: 9,
    _between: 5,
    _outside: 17,
}
"""How many units have each history."""
