"""Chance with a seed: the same seed and day make the same demo."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import TypeVar

from backoffice.domain.calendar import TEHRAN, business_day

T = TypeVar("T")

OPENS = time(8, 30)
MINUTES_OPEN = 500
FRIDAY = 4


class Chance(Random):
    """Choices as the demo makes them, and moments of work up to ``now``."""

    def __init__(self, seed: int, now: datetime) -> None:
        super().__init__(seed)
        self.now = now
        self.today = business_day(now)

    def weighted(self, shares: Mapping[T, float]) -> T:
        """One of the keys, by its share."""
        return self.choices(list(shares), list(shares.values()))[0]

    def happens(self, probability: float) -> bool:
        """Whether something of this probability does."""
        return self.random() < probability

    def days_ago(self, least: int, most: int) -> date:
        """A day at least so many days ago, and at most so many."""
        return self.today - timedelta(days=self.randint(least, most))

    def moment(self, day: date) -> datetime:
        """A moment of work on ``day``, or on the working day before where that one is a Friday or not over yet."""
        at = self.hour_of(day)
        while day.weekday() == FRIDAY or at > self.now:
            day -= timedelta(days=1)
            at = self.hour_of(day)
        return at

    def soon_after(self, at: datetime, most_days: int) -> datetime:
        """A moment of work one to ``most_days`` days after ``at``, or a day more where that is a Friday."""
        day = business_day(at) + timedelta(days=self.randint(1, most_days))
        if day.weekday() == FRIDAY:
            day += timedelta(days=1)
        return self.hour_of(day)

    def between(self, first: datetime, last: datetime) -> datetime:
        """A moment from ``first`` up to ``last`` but not after the present, whole minutes after ``first``."""
        return first + timedelta(minutes=self.randint(0, (min(last, self.now) - first) // timedelta(minutes=1)))

    def some(self, lists: Mapping[str, Sequence[T]], probability: float) -> dict[str, T]:
        """A value for each key, with this probability."""
        return {key: self.choice(values) for key, values in lists.items() if self.happens(probability)}

    def hour_of(self, day: date) -> datetime:
        """A moment of ``day`` at which the desk is open."""
        return self.opening(day) + timedelta(minutes=self.randrange(MINUTES_OPEN))

    def opening(self, day: date) -> datetime:
        """When the desk opens on ``day``."""
        return datetime.combine(day, OPENS, tzinfo=TEHRAN)
