"""The bulk demo's customers, units and services, and its script: every step in the order of time, made when asked for.

Customers and units are held in memory, a service only as who, what and when in some bytes; the rest of it follows from
the seed and its number.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from heapq import heappop, heappush, merge
from operator import attrgetter

from backoffice.demo.bulk.size import DemoSize
from backoffice.demo.chance import Chance
from backoffice.demo.course import Act
from backoffice.demo.customer_plans import customers
from backoffice.demo.occasions import shares
from backoffice.demo.purchases import HISTORIES, Model, models, purchases
from backoffice.demo.script import ScriptStep, first_purchases, sales, work
from backoffice.demo.services import SETTLING_DAYS, Occasion, ServicePlan, possible_modes, service
from backoffice.domain.calendar import TEHRAN, business_day

PROSPECTS = 20
"""One customer of so many has bought nothing yet."""

PROSPECTS_SINCE = (25, 900)
"""Prospects were entered between so many days ago."""

MINUTE = 60


class World:
    """All that is invented for one seed, moment and size, with services from ``earliest`` on.

    ``kinds``: of each service type, whether it needs an asset.
    """

    def __init__(self, size: DemoSize, chance: Chance, *, kinds: Mapping[str, bool], earliest: date) -> None:
        self._chance = chance
        self._seed = chance.getrandbits(32) << 32
        self._earliest = min(earliest, chance.today)
        self.models = list(_models(size.products))
        prospects = max(1, size.customers // PROSPECTS)
        buyers = list(customers(chance, size.customers - prospects))
        self._prospects = list(customers(chance, prospects, first=len(buyers) + 1))
        histories = (chance.weighted(HISTORIES)(chance) for _ in range(size.assets))
        self._units = list(purchases(chance, buyers, histories, self.models))
        self._entered = [chance.opening(chance.days_ago(*PROSPECTS_SINCE)) for _ in self._prospects]
        self._arrivals = sorted(self._arrive_and_buy(), key=attrgetter("at"))
        self._kinds = [kind for kind in shares() if kind in kinds]
        self._draw(size.records, kinds)

    @property
    def begins_at(self) -> datetime:
        """The moment of the first step."""
        return self._arrivals[0].at

    def steps(self) -> Iterator[ScriptStep]:
        """Every step in the order of time."""
        return merge(self._arrivals, self._services(), key=attrgetter("at"))

    def _arrive_and_buy(self) -> Iterator[ScriptStep]:
        yield from first_purchases(self._chance, self._units)
        for at, prospect in zip(self._entered, self._prospects, strict=True):
            yield ScriptStep(at, Act.ARRIVE, (prospect,))
        yield from sales(self._chance, self._units)

    def _services(self) -> Iterator[ScriptStep]:
        """Services by their first steps, the later ones put where they belong."""
        waiting: list[tuple[datetime, int, ScriptStep]] = []
        given = 0
        for number in sorted(range(len(self._when)), key=self._when.__getitem__):
            first, *later = work(number, self._service(number))
            while waiting and waiting[0][0] < first.at:
                yield heappop(waiting)[2]
            yield first
            for step in later:
                given += 1
                heappush(waiting, (step.at, given, step))
        while waiting:
            yield heappop(waiting)[2]

    def _draw(self, count: int, kinds: Mapping[str, bool]) -> None:
        """Who asks for what, and when: a number of the unit or, beyond those, of the prospect; a kind; a minute."""
        self._who, self._what, self._when = array("I"), array("B"), array("I")
        given = [shares()[kind] for kind in self._kinds]
        while len(self._when) < count:
            what = self._chance.choices(range(len(given)), given)[0]
            who = self._anyone(needs_asset=kinds[self._kinds[what]])
            if possible_modes(self._occasion(who, what)):
                self._who.append(who)
                self._what.append(what)
                self._when.append(int(self._moment(who).timestamp()) // MINUTE)

    def _anyone(self, *, needs_asset: bool) -> int:
        if needs_asset:
            return self._chance.randrange(len(self._units))
        return len(self._units) + self._chance.randrange(len(self._prospects))

    def _moment(self, who: int) -> datetime:
        since = self._units[who].bought_on if who < len(self._units) else self._entered_on(who)
        first = max(since + timedelta(days=SETTLING_DAYS), self._earliest)
        return self._chance.moment(self._chance.days_ago(0, (self._chance.today - first).days))

    def _entered_on(self, who: int) -> date:
        return business_day(self._entered[who - len(self._units)])

    def _service(self, number: int) -> ServicePlan:
        self._chance.seed(self._seed + number)
        asked_at = datetime.fromtimestamp(self._when[number] * MINUTE, TEHRAN)
        return service(self._chance, self._occasion(self._who[number], self._what[number]), asked_at)

    def _occasion(self, who: int, what: int) -> Occasion:
        if who < len(self._units):
            return Occasion(self._units[who].customer, self._units[who], self._kinds[what], self._chance.today)
        return Occasion(self._prospects[who - len(self._units)], None, self._kinds[what], self._chance.today)


def _models(count: int) -> Iterator[Model]:
    """The price list's models in as many generations as it takes, each in its last version, upgraded to the next."""
    known: Sequence[Model] = models()
    for number in range(count):
        model, generation = known[number % len(known)], number // len(known) + 1
        following = (f"{model.sku}-{generation + 1}",) if number + len(known) < count else ()
        yield replace(
            model,
            sku=f"{model.sku}-{generation}",
            name=f"{model.name} نسل {generation}",
            versions=model.versions[-1:],
            upgrades_to=following,
        )
