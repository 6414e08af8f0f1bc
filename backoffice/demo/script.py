"""The demo's script: every step with its moment, in the order of time."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from backoffice.demo.chance import Chance
from backoffice.demo.course import Act
from backoffice.demo.customer_plans import CustomerPlan, customers
from backoffice.demo.occasions import occasions
from backoffice.demo.purchases import Purchase, Renewal, histories, models, purchases
from backoffice.demo.services import ServicePlan, services

BUYERS = 55
PROSPECTS = 5
SERVICES = 500


class Player(Protocol):
    """Whoever plays a script. Everything takes ``at``, the moment of the step; services go by the script's number."""

    def arrive(self, at: datetime, plan: CustomerPlan) -> None:
        """Enter a customer with their sites."""

    def sell(self, at: datetime, purchase: Purchase) -> None:
        """Register a purchase."""

    def renew(self, at: datetime, purchase: Purchase, renewal: Renewal) -> None:
        """Renew the support of a unit."""

    def record(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Record a service, done or still to do."""

    def schedule(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Say when it is to be done, and by whom."""

    def start(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Begin the work."""

    def complete(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Complete what was open."""

    def close(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Close what was done."""

    def cancel(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Cancel what was open."""

    def void(self, at: datetime, number: int, plan: ServicePlan) -> None:
        """Void what was done."""


@dataclass(frozen=True, slots=True)
class ScriptStep:
    """One thing done at a moment, and what its player is told beside the moment."""

    at: datetime
    act: Act
    told: tuple[object, ...]

    def play(self, player: Player) -> None:
        """Do it."""
        getattr(player, self.act)(self.at, *self.told)


def script(chance: Chance, *, kinds: frozenset[str]) -> list[ScriptStep]:
    """All steps of the small story up to the present, with services of these ``kinds`` only."""
    buyers = list(customers(chance, BUYERS))
    prospects = list(customers(chance, PROSPECTS, first=len(buyers) + 1))
    units = list(purchases(chance, buyers, histories(chance), models()))
    wanted = [each for each in occasions(chance, units, prospects, SERVICES) if each.kind in kinds]
    steps = [*first_purchases(chance, units), *_prospects(chance, prospects), *sales(chance, units)]
    for number, plan in enumerate(services(chance, wanted)):
        steps.extend(work(number, plan))
    return sorted(steps, key=lambda step: step.at)


def first_purchases(chance: Chance, units: Sequence[Purchase]) -> Iterator[ScriptStep]:
    """Buyers are entered when the desk opens on the day of their first purchase."""
    first: dict[str, Purchase] = {}
    for unit in sorted(units, key=lambda unit: unit.bought_on):
        first.setdefault(unit.customer.code, unit)
    for unit in first.values():
        yield ScriptStep(chance.opening(unit.bought_on), Act.ARRIVE, (unit.customer,))


def sales(chance: Chance, units: Iterable[Purchase]) -> Iterator[ScriptStep]:
    """Every purchase with its renewals."""
    for unit in units:
        yield ScriptStep(chance.hour_of(unit.bought_on), Act.SELL, (unit,))
        for renewal in unit.renewals:
            yield ScriptStep(chance.hour_of(renewal.agreed_on), Act.RENEW, (unit, renewal))


def work(number: int, plan: ServicePlan) -> Iterator[ScriptStep]:
    """The steps of one service, in the order of time."""
    for at, act in plan.steps():
        yield ScriptStep(at, act, (number, plan))


def _prospects(chance: Chance, prospects: Iterable[CustomerPlan]) -> Iterator[ScriptStep]:
    """Prospects are entered some weeks ago."""
    for prospect in prospects:
        yield ScriptStep(chance.moment(chance.days_ago(25, 60)), Act.ARRIVE, (prospect,))
