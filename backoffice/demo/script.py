"""The demo's script: every step with its moment, in the order of time."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from backoffice.demo.chance import Chance
from backoffice.demo.customers import CustomerPlan, customers
from backoffice.demo.occasions import occasions
from backoffice.demo.purchases import Purchase, purchases
from backoffice.demo.services import Course, ServicePlan, services
from backoffice.demo.stage import Stage

BUYERS = 55
PROSPECTS = 5
SERVICES = 500


@dataclass(frozen=True)
class Step:
    """One thing done at a moment: a method of the stage, and what it is told beside the moment."""

    at: datetime
    act: Callable[..., None]
    told: tuple[object, ...]

    def play(self, stage: Stage) -> None:
        """Do it."""
        self.act(stage, self.at, *self.told)


def script(chance: Chance, *, kinds: frozenset[str], scale: int = 1) -> list[Step]:
    """All steps up to the present, with services of these ``kinds`` only; ``scale`` times as many of everything."""
    buyers = list(customers(chance, BUYERS * scale))
    prospects = list(customers(chance, PROSPECTS * scale, first=len(buyers) + 1))
    units = list(purchases(chance, buyers, scale=scale))
    wanted = [each for each in occasions(chance, units, prospects, SERVICES * scale) if each.kind in kinds]
    steps = [
        *_arrivals(chance, units, prospects),
        *_sales(chance, units),
        *_work(enumerate(services(chance, wanted))),
    ]
    return sorted(steps, key=lambda step: step.at)


def _arrivals(chance: Chance, units: Sequence[Purchase], prospects: Sequence[CustomerPlan]) -> Iterator[Step]:
    """Buyers are entered when the desk opens on the day of their first purchase, prospects some weeks ago."""
    first: dict[str, Purchase] = {}
    for unit in sorted(units, key=lambda unit: unit.bought_on):
        first.setdefault(unit.customer.code, unit)
    for unit in first.values():
        yield Step(chance.opening(unit.bought_on), Stage.arrive, (unit.customer,))
    for prospect in prospects:
        yield Step(chance.moment(chance.days_ago(25, 60)), Stage.arrive, (prospect,))


def _sales(chance: Chance, units: Sequence[Purchase]) -> Iterator[Step]:
    for unit in units:
        yield Step(chance.hour_of(unit.bought_on), Stage.sell, (unit,))
        for renewal in unit.renewals:
            yield Step(chance.hour_of(renewal.agreed_on), Stage.renew, (unit, renewal))


def _work(given: "enumerate[ServicePlan]") -> Iterator[Step]:
    for number, plan in given:
        done = plan.course in (Course.AT_ONCE, Course.VOIDED)
        yield Step(plan.performed_at if done else plan.requested_at, Stage.record, (number, plan))
        if plan.course is Course.LATER:
            yield Step(plan.performed_at, Stage.complete, (number, plan))
        if plan.course in (Course.CANCELLED, Course.VOIDED):
            yield Step(plan.ended_at, Stage.end, (number, plan))
