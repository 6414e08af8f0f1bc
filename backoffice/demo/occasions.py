"""When the demo's services are asked for: after each purchase, until allowances are used up, at any time, and today."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from backoffice.demo.chance import Chance
from backoffice.demo.customer_plans import CustomerPlan
from backoffice.demo.purchases import Purchase
from backoffice.demo.services import DAYS_BACK, SETTLING_DAYS, Occasion
from backoffice.demo.words import words

EACH_KIND = 4
"""Every service type is asked for at least so often."""

TODAY = 10
THIRSTY = 10
"""One unit of so many is owned by somebody who uses up what they have."""


def occasions(
    chance: Chance, units: Sequence[Purchase], prospects: Sequence[CustomerPlan], count: int
) -> list[Occasion]:
    """``count`` occasions over the last months, in no order."""
    found = [
        *_first_looks(chance, prospects),
        *_after_purchases(chance, units),
        *_thirst(chance, units),
        *(_some_day(chance, units, kind) for kind in sorted(shares()) for _ in range(EACH_KIND)),
        *(
            Occasion(unit.customer, unit, chance.weighted(shares()), chance.today)
            for unit in chance.sample(units, TODAY)
        ),
    ]
    while len(found) < count:
        found.append(_some_day(chance, units, chance.weighted(shares())))
    return found[:count]


def shares() -> dict[str, int]:
    """How often each service type is asked for."""
    return {kind: entry["share"] for kind, entry in words("services")["kinds"].items()}


def _first_looks(chance: Chance, prospects: Sequence[CustomerPlan]) -> Iterator[Occasion]:
    """A demonstration for everyone who has not bought yet."""
    for prospect in prospects:
        yield Occasion(prospect, None, "demo", chance.days_ago(0, 20))


def _after_purchases(chance: Chance, units: Sequence[Purchase]) -> Iterator[Occasion]:
    for unit in units:
        if unit.bought_on >= _earliest(chance):
            yield _within_days(chance, unit, "installation", 6)
            if chance.happens(0.7):
                yield _within_days(chance, unit, "training", 20)


def _thirst(chance: Chance, units: Sequence[Purchase]) -> Iterator[Occasion]:
    young = [unit for unit in units if _earliest(chance) <= unit.bought_on <= chance.today - timedelta(days=60)]
    for unit in chance.sample(young, len(young) // THIRSTY):
        for kind in ("installation", "installation", "installation", "training", "training", "on_site_visit"):
            yield _within_days(chance, unit, kind, 55)


def _within_days(chance: Chance, unit: Purchase, kind: str, days: int) -> Occasion:
    day = unit.bought_on + timedelta(days=chance.randint(SETTLING_DAYS, days))
    return Occasion(unit.customer, unit, kind, min(day, chance.today))


def _some_day(chance: Chance, units: Sequence[Purchase], kind: str) -> Occasion:
    unit = chance.choice(units)
    first = max(unit.bought_on + timedelta(days=SETTLING_DAYS), _earliest(chance))
    return Occasion(unit.customer, unit, kind, chance.days_ago(0, (chance.today - first).days))


def _earliest(chance: Chance) -> date:
    return chance.today - timedelta(days=DAYS_BACK)
