"""Sold units as the bulk demo knows them: their support periods, and which slots of their allowances are live."""

from dataclasses import dataclass, field, replace

from backoffice.domain.coverage import AllowanceUsage, AssetFacts, PeriodFacts
from backoffice.domain.period import Period, Track
from backoffice.domain.plan import SupportPlan
from backoffice.operations.customers.asset_rows import Sale

AllowanceKey = tuple[int, str]
"""A period's id and the allowance's key."""


@dataclass(slots=True)
class Held:
    """The slot that a record holds."""

    slot_id: int
    allowance_id: int
    key: AllowanceKey
    number: int
    committed: bool = False


@dataclass(frozen=True, slots=True)
class Granted:
    """The allowances of one period: their ids follow each other from ``first_id`` in the order of ``keys``."""

    first_id: int
    keys: tuple[str, ...]


@dataclass(slots=True)
class Unit:
    """One asset, as it was sold. ``metres`` is how far its site is; ``granted`` has what came with each period.

    ``live`` has the slots taken of each allowance, slot 1 in the lowest bit, 2 in the next: there are many units.
    ``wanting`` has, by the allowance they found used up, the records that paid for want of a slot and are suggested to
    be decided again when one is given back, each with its decision.
    """

    id: int
    sale: Sale
    metres: int | None
    facts: AssetFacts
    version: int = 1
    granted: dict[int, Granted] = field(default_factory=dict)
    live: dict[AllowanceKey, int] = field(default_factory=dict)
    wanting: dict[AllowanceKey, dict[int, int]] = field(default_factory=dict)

    def facts_by(self, plan: SupportPlan) -> AssetFacts:
        """The asset with its periods, as ``plan`` answers for them."""
        if all(period.plan is plan for period in self.facts.periods):
            return self.facts
        return replace(self.facts, periods=tuple(replace(period, plan=plan) for period in self.facts.periods))

    def periods(self, track: Track) -> list[Period]:
        """The periods of a track, by their start."""
        return [Period(each.starts_on, each.ends_before, track) for each in self.facts.periods if each.track is track]

    def open(self, period_id: int, period: PeriodFacts, granted: Granted) -> None:
        """A further period with its allowances."""
        periods = sorted((*self.facts.periods, period), key=lambda each: (each.track, each.starts_on))
        self.facts = AssetFacts(self.facts.purchased_on, tuple(periods))
        self.granted[period_id] = granted

    def allowance_id(self, key: AllowanceKey) -> int:
        """The id of an allowance."""
        period_id, name = key
        granted = self.granted[period_id]
        return granted.first_id + granted.keys.index(name)

    def usage(self, own: Held | None) -> tuple[AllowanceUsage, ...]:
        """The live slots counted, without a record's own."""
        counted = {key: taken.bit_count() - (own is not None and own.key == key) for key, taken in self.live.items()}
        return tuple(AllowanceUsage(*key, counted[key]) for key in sorted(counted) if counted[key])

    def take(self, key: AllowanceKey) -> int:
        """The lowest free number of an allowance, taken."""
        taken = self.live.get(key, 0)
        lowest_free = ~taken & (taken + 1)
        self.live[key] = taken | lowest_free
        return lowest_free.bit_length()

    def give_back(self, slot: Held) -> None:
        """The slot is free again."""
        self.live[slot.key] ^= 1 << (slot.number - 1)
