"""The demo's services: who asked for what, by which channel, when it was done, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto
from typing import Any

from backoffice.demo.chance import Chance
from backoffice.demo.customers import CustomerPlan
from backoffice.demo.purchases import Purchase
from backoffice.demo.words import words
from backoffice.domain.service import Mode, Subject

MONTHS_BACK = 14
DAYS_BACK = MONTHS_BACK * 30
SETTLING_DAYS = 2
"""A service is asked for at least so many days after the purchase."""

LATELY = 12
"""Days within which a request may still be open; what is older has taken its course."""


class Course(Enum):
    """What became of a service."""

    AT_ONCE = auto()
    LATER = auto()
    OPEN = auto()
    CANCELLED = auto()
    VOIDED = auto()


USUAL = {Course.AT_ONCE: 76, Course.LATER: 18, Course.CANCELLED: 3, Course.VOIDED: 3}
USUAL_BY_PHONE = {Course.AT_ONCE: 97, Course.VOIDED: 3}
RECENT = {Course.AT_ONCE: 60, Course.OPEN: 40}
RECENT_BY_PHONE = {Course.AT_ONCE: 1}


@dataclass(frozen=True, kw_only=True)
class ServicePlan:
    """One service. ``purchase`` is None where no unit is concerned; ``ended_at`` is of what was cancelled or voided."""

    kind: str
    customer: CustomerPlan
    purchase: Purchase | None
    mode: Mode
    subject: Subject | None
    channel: str
    author: str
    course: Course
    requested_at: datetime
    performed_at: datetime
    ended_at: datetime
    reason: str
    minutes: int
    request: Mapping[str, object]
    result: Mapping[str, object]


@dataclass(frozen=True)
class Occasion:
    """For whom, which kind of service, and on which day."""

    customer: CustomerPlan
    purchase: Purchase | None
    kind: str
    day: date


def services(chance: Chance, occasions: Sequence[Occasion]) -> Iterator[ServicePlan]:
    """The services of these occasions, as far as they can be given there."""
    for occasion in occasions:
        entry = words("services")["kinds"][occasion.kind]
        modes = {Mode(mode): share for mode, share in entry["modes"].items() if _possible(Mode(mode), occasion)}
        if modes:
            yield _service(chance, occasion, entry, chance.weighted(modes))


def _possible(mode: Mode, occasion: Occasion) -> bool:
    if mode is Mode.ON_SITE:
        return occasion.purchase is not None and occasion.purchase.site.metres is not None
    return mode is not Mode.AT_AGENCY or occasion.customer.office != "HQ"


def _service(chance: Chance, occasion: Occasion, entry: Mapping[str, Any], mode: Mode) -> ServicePlan:
    course = chance.weighted(_courses(chance, occasion.day, mode))
    asked_at = chance.moment(occasion.day)
    later = course in (Course.LATER, Course.CANCELLED)
    performed_at = chance.soon_after(asked_at, 5) if later else asked_at
    desk = words("services")
    return ServicePlan(
        kind=occasion.kind,
        customer=occasion.customer,
        purchase=occasion.purchase,
        mode=mode,
        subject=Subject(chance.choice(entry["subjects"])) if "subjects" in entry else None,
        channel=chance.weighted(desk["channels"][mode]),
        author=chance.choice(
            [one["username"] for one in words("desk")["staff"] if one["office"] == occasion.customer.office]
        ),
        course=course,
        requested_at=asked_at if later else asked_at - timedelta(minutes=chance.randint(2, 90)),
        performed_at=performed_at,
        ended_at=chance.soon_after(performed_at, 3),
        reason=chance.choice(desk["reasons"]["voided" if course is Course.VOIDED else "cancelled"]),
        minutes=chance.randint(*entry["minutes"]),
        request={"note": chance.choice(entry["notes"])} | chance.some(entry.get("request", {}), 0.7),
        result=chance.some(entry.get("result", {}), 0.8),
    )


def _staff_of(office: str) -> list[str]:
    return [one["username"] for one in words("desk")["staff"] if one["office"] == office]


def _courses(chance: Chance, day: date, mode: Mode) -> Mapping[Course, int]:
    recent = chance.today - day <= timedelta(days=LATELY)
    if mode is Mode.PHONE:
        return RECENT_BY_PHONE if recent else USUAL_BY_PHONE
    return RECENT if recent else USUAL
