"""Sold units as the bulk demo knows them: their support periods, and which slots of their allowances are live."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backoffice.domain.coverage import AllowanceUsage, AssetFacts, PeriodFacts
from backoffice.domain.period import Period, Track

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


@dataclass(slots=True)
class Unit:
    """One asset. ``metres`` is how far its site is, ``grants`` the id of each allowance, ``live`` the slots taken."""

    id: int
    customer_id: int
    product_id: int
    site_id: int
    metres: int | None
    facts: AssetFacts
    version: int = 1
    grants: dict[AllowanceKey, int] = field(default_factory=dict)
    live: dict[AllowanceKey, frozenset[int]] = field(default_factory=dict)

    def periods(self, track: Track) -> list[Period]:
        """The periods of a track, by their start."""
        return [Period(each.starts_on, each.ends_before, track) for each in self.facts.periods if each.track is track]

    def open(self, period: PeriodFacts, grants: Mapping[AllowanceKey, int]) -> None:
        """A further period with its allowances."""
        periods = sorted((*self.facts.periods, period), key=lambda each: (each.track, each.starts_on))
        self.facts = AssetFacts(self.facts.purchased_on, tuple(periods))
        self.grants.update(grants)

    def usage(self, own: Held | None) -> tuple[AllowanceUsage, ...]:
        """The live slots counted, without a record's own."""
        counted = {key: len(numbers) - (own is not None and own.key == key) for key, numbers in self.live.items()}
        return tuple(AllowanceUsage(*key, counted[key]) for key in sorted(counted) if counted[key])

    def take(self, key: AllowanceKey) -> int:
        """The lowest free number of an allowance, taken."""
        taken = self.live.get(key, frozenset())
        number = next(number for number in range(1, len(taken) + 2) if number not in taken)
        self.live[key] = taken | {number}
        return number

    def give_back(self, slot: Held) -> None:
        """The slot is free again."""
        self.live[slot.key] -= {slot.number}
