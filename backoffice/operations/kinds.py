"""What a field of a command may be given, by what kind of thing it is: a text, an amount, a day, the id of an asset."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any, Protocol

from backoffice.domain.calendar import business_day
from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.phone import parse_phone
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import fold, to_latin_digits

LONGEST = 200
"""Characters of a text on one line, unless its field says otherwise."""

LONGEST_NOTE = 2000
"""Characters of a text on several lines."""


class Unfit(Exception):
    """What was given is none of its kind: ``problems``, their paths from the field on."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems


def unfit(detail: str, /, **params: object) -> Unfit:
    """The INVALID with this detail, at the field itself."""
    return Unfit(Problem(code=ErrorCode.INVALID, detail=detail, params=params))


class Kind(Protocol):
    """A kind of thing that a field holds."""

    def read(self, value: Any, now: datetime) -> object:
        """The value as bodies are given it: a text without blanks around it, an instant in UTC; None for nothing.

        Raises ``Unfit``. Looks at nothing but the value and the instant.
        """


@dataclass(frozen=True)
class _AsItIs:
    """A value that its Python type says everything about."""

    def read(self, value: Any, now: datetime) -> object:
        return value


@dataclass(frozen=True)
class Text:
    """A text on one line, as it was typed."""

    longest: int = LONGEST

    def read(self, value: str, now: datetime) -> str | None:
        """As ``fit``."""
        return self.fit(value)

    def fit(self, value: str) -> str | None:
        """Without blanks around it; a text of nothing but half-spaces is empty to the eye, and none."""
        cleaned = value.strip()
        if len(cleaned) > self.longest:
            raise unfit("too_long", longest=self.longest)
        return cleaned if fold(cleaned).strip() else None


@dataclass(frozen=True)
class LongText(Text):
    """A text on several lines."""

    longest: int = LONGEST_NOTE


@dataclass(frozen=True)
class Code(Text):
    """A code that people give, kept in Latin digits."""

    def read(self, value: str, now: datetime) -> str | None:
        """As a text, its digits Latin."""
        return super().read(to_latin_digits(value), now)


@dataclass(frozen=True)
class Key(Text):
    """A key of somebody else's making, kept to the letter; an empty one tells nothing apart."""

    longest: int = 255

    def read(self, value: str, now: datetime) -> str:
        """As it is; INVALID when empty."""
        if super().read(value, now) is None:
            raise unfit("required")
        return value


@dataclass(frozen=True)
class Phones:
    """Phone numbers as people write them."""

    def read(self, value: tuple[str, ...], now: datetime) -> tuple[str, ...]:
        """As they are; each that is no phone is INVALID at its place in the list."""
        unreadable = [
            Problem(code=ErrorCode.INVALID, detail="phone", path=(str(position),), params={"given": raw})
            for position, raw in enumerate(value)
            if parse_phone(raw) is None
        ]
        if unreadable:
            raise Unfit(*unreadable)
        return value


@dataclass(frozen=True)
class Known:
    """Names out of a fixed few, one or several; another is INVALID as ``detail``, which names it as ``param``."""

    names: Collection[str]
    detail: str
    param: str
    least: int = 0

    def read(self, value: str | tuple[str, ...], now: datetime) -> str | tuple[str, ...]:
        """As it is; INVALID for the first unknown name, and for fewer than ``least``."""
        given = (value,) if isinstance(value, str) else value
        if len(given) < self.least:
            raise unfit("required")
        for name in sorted(given):
            if name not in self.names:
                raise unfit(self.detail, **{self.param: name})
        return value


@dataclass(frozen=True)
class Spelled:
    """A code of a fixed spelling; another is INVALID as ``detail``, which names it as ``param``."""

    pattern: str
    detail: str
    param: str

    def read(self, value: str, now: datetime) -> str:
        """As it is; INVALID unless all of it is spelled so."""
        if not re.fullmatch(self.pattern, value):
            raise unfit(self.detail, **{self.param: value})
        return value


class Unit(StrEnum):
    """What a quantity is counted in."""

    NUMBER = "number"
    RIALS = "rials"
    MINUTES = "minutes"
    METRES = "metres"
    MONTHS = "months"
    DAYS = "days"


@dataclass(frozen=True)
class Quantity:
    """A whole number in its bounds, both included; ``detail`` is what another is INVALID as."""

    unit: Unit
    least: int
    most: int
    detail: str = "out_of_range"

    def read(self, value: int, now: datetime) -> int:
        """As it is; INVALID out of its bounds."""
        if not self.least <= value <= self.most:
            raise unfit(self.detail, least=self.least, most=self.most)
        return value


RIALS = Quantity(Unit.RIALS, 0, RIAL_LIMIT)
MINUTES = Quantity(Unit.MINUTES, 0, 100_000)
"""Of one service: some ten weeks without a pause; more is a slip of the pen."""

METRES = Quantity(Unit.METRES, 0, 20_000_000)
"""No road on earth is longer."""

MONTHS = Quantity(Unit.MONTHS, 1, 240)
"""Of one support period."""


@dataclass(frozen=True)
class Day(_AsItIs):
    """A business day."""


@dataclass(frozen=True)
class PastDay:
    """A business day that is not to come."""

    def read(self, value: date, now: datetime) -> date:
        """As it is; INVALID after today in Tehran."""
        if value > business_day(now):
            raise unfit("in_the_future")
        return value


@dataclass(frozen=True)
class Instant:
    """An instant, in any offset."""

    def read(self, value: datetime, now: datetime) -> datetime:
        """In UTC."""
        return value.astimezone(UTC)


@dataclass(frozen=True)
class PastInstant(Instant):
    """An instant that is not to come."""

    def read(self, value: datetime, now: datetime) -> datetime:
        """In UTC; INVALID after now."""
        instant = super().read(value, now)
        if instant > now:
            raise unfit("in_the_future")
        return instant


@dataclass(frozen=True)
class Choice(_AsItIs):
    """One member of the enumeration that the field is typed with."""


@dataclass(frozen=True)
class Flag(_AsItIs):
    """Yes or no."""


@dataclass(frozen=True)
class Version(_AsItIs):
    """The version of the subject that was read: another by now is STALE."""


@dataclass(frozen=True)
class Id(_AsItIs):
    """The id of an object of ``entity`` that the viewer sees; NOT_FOUND for any other."""

    entity: str


@dataclass(frozen=True)
class Ids:
    """Ids of objects of ``entity``, within their number; ``detail`` is what fewer or more are INVALID as."""

    entity: str
    most: int
    detail: str
    least: int = 0

    def read(self, value: tuple[int, ...], now: datetime) -> tuple[int, ...]:
        """As they are; INVALID for too many or too few different ones."""
        if not self.least <= len(set(value)) <= self.most:
            raise unfit(self.detail, most=self.most)
        return value


@dataclass(frozen=True)
class Called(Text):
    """The code or name of an object of ``entity``, which ``find`` finds: given the work, the code and the field's name.

    ``find`` raises ``Refusal`` where there is none.
    """

    entity: str = ""
    find: Callable[[Any, str, str], object] | None = None


@dataclass(frozen=True)
class Fingerprint(_AsItIs):
    """What tells one decision, or one document, from another."""


@dataclass(frozen=True)
class Secret(_AsItIs):
    """A password: never shown again, never stored as it is."""


@dataclass(frozen=True)
class File(_AsItIs):
    """What is in a file, or what it is called."""


@dataclass(frozen=True)
class PluginData(_AsItIs):
    """Values of a service type's own schema, of this part of it: "request" or "result"."""

    part: str


@dataclass(frozen=True)
class Document(_AsItIs):
    """A value of the domain with parts of its own, such as a plan."""
