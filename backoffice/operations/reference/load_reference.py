"""Load what every desk begins with: head office, roles, channels, billing rules, tariff mapping, the shipped plan."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstrumentedAttribute

from backoffice.access.permissions import ROLES
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.plan_file import shipped_plan
from backoffice.domain.service import Mode
from backoffice.models import BillingRule, Channel, Office, OfficeKind, Role, TariffMapping
from backoffice.models import SupportPlan as PlanRow
from backoffice.models.base import Base
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.plans.publish_plan import published
from backoffice.operations.retrying import Contended
from backoffice.operations.work import Done, Work

HEAD_OFFICE = "HQ"

CHANNELS = {
    "whatsapp": {"fa": "واتساپ", "en": "WhatsApp"},
    "portal": {"fa": "پورتال", "en": "Portal"},
    "goftino": {"fa": "گفتینو", "en": "Goftino"},
    "phone": {"fa": "تلفن", "en": "Phone"},
    "in_person": {"fa": "حضوری", "en": "In person"},
}

BILLED_MINUTES = {
    Mode.REMOTE: (30, 15),
    Mode.PHONE: (15, 15),
    Mode.ON_SITE: (120, 30),
    Mode.AT_COMPANY: (60, 30),
    Mode.AT_AGENCY: (60, 30),
}
"""The least minutes billed and the step, by mode, until the tariff book says otherwise."""

HOUR, CALL_OUT, KILOMETRE = "hour", "callout", "km"
"""The codes of the tariff lines by which every service is priced unless a mapping of its own says otherwise."""


@dataclass(frozen=True, kw_only=True)
class LoadReference(Command):
    """Has no input."""


def _load(work: Work, command: LoadReference) -> Done | None:
    try:
        added = [*_offices(work), *_roles(work), *_channels(work), *_tariff_rules(work), *_shipped_plan(work)]
    except IntegrityError as error:  # another process begins the same desk: see again what is there
        raise Contended("the reference rows are being loaded by someone else") from error
    if not added:
        return None
    head_office = work.session.scalars(select(Office.id).where(Office.code == HEAD_OFFICE)).one()
    return Done(entity="Office", entity_id=head_office, events=(Event.REFERENCE_LOADED,), after={"added": added})


def _offices(work: Work) -> Iterator[str]:
    office = Office(code=HEAD_OFFICE, name="دفتر مرکزی", kind=OfficeKind.HEAD_OFFICE, is_origin=True)
    yield from _added(work, Office.code, [(HEAD_OFFICE, office)])


def _roles(work: Work) -> Iterator[str]:
    roles = [(name, Role(name=name, description="")) for name in ROLES]
    yield from _added(work, Role.name, roles)


def _channels(work: Work) -> Iterator[str]:
    channels = [
        (code, Channel(code=code, labels=labels, active=True, position=position))
        for position, (code, labels) in enumerate(CHANNELS.items())
    ]
    yield from _added(work, Channel.code, channels)


def _tariff_rules(work: Work) -> Iterator[str]:
    rules = [
        (mode, BillingRule(mode=mode, minimum_minutes=minimum, step_minutes=step))
        for mode, (minimum, step) in BILLED_MINUTES.items()
    ]
    yield from _added(work, BillingRule.mode, rules)
    mapping = TariffMapping(service_type="*", labour=HOUR, call_out=CALL_OUT, kilometre=KILOMETRE)
    yield from _added(work, TariffMapping.service_type, [("*", mapping)])


def _shipped_plan(work: Work) -> Iterator[str]:
    plan = shipped_plan()
    version = select(PlanRow.id).where(PlanRow.code == plan.code, PlanRow.version == plan.version)
    if work.session.scalar(version) is None:
        published(work, plan)
        yield f"support_plan {plan.code} {plan.version}"


def _added(work: Work, key: InstrumentedAttribute[str], wanted: Iterable[tuple[str, Base]]) -> Iterator[str]:
    """Add the rows whose key is not there yet, and name them."""
    there = set(work.session.scalars(select(key)))
    for value, row in wanted:
        if value not in there:
            work.session.add(row)
            yield f"{row.__tablename__} {value}"
    work.session.flush()


load_reference = Operation(
    name="load_reference",
    label=Label(fa="بارگذاری داده‌های پایه", en="Load reference data"),
    description="Add whatever is missing of the rows that every desk has.",
    permission="system.operate",
    command=LoadReference,
    entity="Office",
    events=(Event.REFERENCE_LOADED,),
    body=_load,
)
"""``changed`` is False when nothing was missing. What is there stays as it is."""
