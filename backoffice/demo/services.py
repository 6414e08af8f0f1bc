"""The demo's services: who asked for what, by which channel, when it was done, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from backoffice.demo.chance import Chance
from backoffice.demo.course import DONE_AT_ONCE, STEPS, Act, Course
from backoffice.demo.customer_plans import CustomerPlan
from backoffice.demo.purchases import Purchase
from backoffice.demo.words import words
from backoffice.domain.calendar import business_day
from backoffice.domain.service import Mode, Subject

MONTHS_BACK = 14
DAYS_BACK = MONTHS_BACK * 30
SETTLING_DAYS = 2
"""A service is asked for at least so many days after the purchase."""

LATELY = 12
"""Days within which a request may still be open; what is older has taken its course."""

SCHEDULED_WITHIN = 10
"""What is scheduled now is to be done within so many days."""

BEFOREHAND = timedelta(minutes=30)
"""How long before it is done planned work is started."""

USUAL = {
    Course.AT_ONCE: 58,
    Course.CLOSED: 18,
    Course.LATER: 10,
    Course.PLANNED: 8,
    Course.CANCELLED: 3,
    Course.VOIDED: 3,
}
USUAL_BY_PHONE = {Course.AT_ONCE: 80, Course.CLOSED: 17, Course.VOIDED: 3}
RECENT = {Course.AT_ONCE: 60, Course.OPEN: 18, Course.SCHEDULED: 14, Course.STARTED: 8}
RECENT_BY_PHONE = {Course.AT_ONCE: 1}


@dataclass(frozen=True, kw_only=True)
class ServicePlan:
    """One service. ``purchase`` is None where no unit is concerned.

    ``noted_at`` is when it was scheduled or started, ``scheduled_at`` for when; ``ended_at`` is of what was closed,
    cancelled or voided. What its course does not come to has moments all the same.
    """

    kind: str
    customer: CustomerPlan
    purchase: Purchase | None
    mode: Mode
    subject: Subject | None
    channel: str
    author: str
    assignee: str
    course: Course
    asked_at: datetime
    requested_at: datetime
    noted_at: datetime
    scheduled_at: datetime
    performed_at: datetime
    ended_at: datetime
    reason: str
    minutes: int
    request: Mapping[str, object]
    result: Mapping[str, object]

    @property
    def done_at_once(self) -> bool:
        """Whether the work is done by the time it is recorded."""
        return self.course in DONE_AT_ONCE

    def steps(self) -> Iterator[tuple[datetime, Act]]:
        """What is done about it, and when, in the order of time."""
        for act in STEPS[self.course]:
            yield self._moment(act), act

    def _moment(self, act: Act) -> datetime:
        match act:
            case Act.SCHEDULE:
                return self.noted_at
            case Act.START:
                return self.noted_at if self.course is Course.STARTED else self.performed_at - BEFOREHAND
            case Act.COMPLETE:
                return self.performed_at
            case Act.CLOSE | Act.CANCEL | Act.VOID:
                return self.ended_at
        return self.asked_at


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
        if possible_modes(occasion):
            yield service(chance, occasion, chance.moment(occasion.day))


def possible_modes(occasion: Occasion) -> Mapping[Mode, int]:
    """The modes in which the service can be given, with their shares; none where it cannot."""
    unit = occasion.purchase
    impossible = {Mode.AT_AGENCY} if occasion.customer.office == "HQ" else set()
    if unit is None or unit.site.metres is None:
        impossible.add(Mode.ON_SITE)
    return _modes_but(occasion.kind, frozenset(impossible))


@cache
def _modes_but(kind: str, impossible: frozenset[Mode]) -> Mapping[Mode, int]:
    modes = words("services")["kinds"][kind]["modes"]
    return {Mode(mode): share for mode, share in modes.items() if mode not in impossible}


def service(chance: Chance, occasion: Occasion, asked_at: datetime) -> ServicePlan:
    """The service of an occasion on which it is possible, entered at ``asked_at``."""
    desk, entry = words("services"), words("services")["kinds"][occasion.kind]
    mode = chance.weighted(possible_modes(occasion))
    course = chance.weighted(_courses(chance, business_day(asked_at), mode))
    at_once = course in DONE_AT_ONCE
    performed_at = asked_at if at_once else chance.soon_after(asked_at, 5)
    staff = _staff_of(occasion.customer.office)
    return ServicePlan(
        kind=occasion.kind,
        customer=occasion.customer,
        purchase=occasion.purchase,
        mode=mode,
        subject=Subject(chance.choice(entry["subjects"])) if "subjects" in entry else None,
        channel=chance.weighted(desk["channels"][mode]),
        author=chance.choice(staff),
        assignee=chance.choice(staff),
        course=course,
        asked_at=asked_at,
        requested_at=asked_at - timedelta(minutes=chance.randint(2, 90)) if at_once else asked_at,
        noted_at=chance.between(asked_at, asked_at + timedelta(minutes=120)),
        scheduled_at=chance.soon_after(chance.now, SCHEDULED_WITHIN) if course is Course.SCHEDULED else performed_at,
        performed_at=performed_at,
        ended_at=chance.soon_after(performed_at, 3),
        reason=chance.choice(desk["reasons"]["voided" if course is Course.VOIDED else "cancelled"]),
        minutes=chance.randint(*entry["minutes"]),
        request=_request(chance, entry),
        result=chance.some(entry.get("result", {}), 0.8),
    )


def _request(chance: Chance, entry: Mapping[str, Any]) -> dict[str, object]:
    return {"note": chance.choice(entry["notes"])} | chance.some(entry.get("request", {}), 0.7)


@cache
def _staff_of(office: str) -> tuple[str, ...]:
    return tuple(one["username"] for one in words("desk")["staff"] if one["office"] == office)


def _courses(chance: Chance, day: date, mode: Mode) -> Mapping[Course, int]:
    recent = chance.today - day <= timedelta(days=LATELY)
    if mode is Mode.PHONE:
        return RECENT_BY_PHONE if recent else USUAL_BY_PHONE
    return RECENT if recent else USUAL
