"""Assets with their support periods and what is left of each allowance."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, not_, select, true

from backoffice.access import row_rules as rules
from backoffice.access.access_class import AccessClass
from backoffice.domain.period import Period, Track
from backoffice.domain.service import Mode
from backoffice.domain.text import fold
from backoffice.models import Allowance, AllowanceSlot, Asset, SlotState, SupportPeriod
from backoffice.plugins import Registry
from backoffice.query import search
from backoffice.query.comparable_text import storable
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import (
    TODAY,
    Column,
    Computed,
    Condition,
    Connection,
    Expression,
    Many,
    Rows,
    Sources,
    may_reference,
    references,
)
from backoffice.query.filter_conditions import between, folded_text_of, key_in, last_day_between
from backoffice.query.given import Given
from backoffice.query.moment import Moment
from backoffice.query.outline import Outlined
from backoffice.query.plain import label
from backoffice.query.registry import Entity, Order
from backoffice.query.sources import number_of, some


def _current(period: Rows, sources: Sources) -> Condition:
    """Not cancelled, and today lies in it."""
    return and_(period.cancelled_at.is_(None), period.starts_on <= TODAY, period.ends_before > TODAY)


def _in_support(rows: Rows, given: Given, sources: Sources) -> Condition:
    supported = some(
        "SupportPeriod",
        sources,
        lambda period: and_(period.asset_id == rows.id, period.track == Track.SUPPORT, _current(period, sources)),
    )
    return supported if given.is_on else not_(supported)


def _period_ends(rows: Rows, given: Given, sources: Sources) -> Condition:
    return some(
        "SupportPeriod",
        sources,
        lambda period: and_(period.asset_id == rows.id, period.cancelled_at.is_(None), last_day_between(period, given)),
    )


def _serial(rows: Rows, given: Given, sources: Sources) -> Condition:
    typed = given.bind(rows.serial_folded.type, lambda value: fold(storable(str(value))).strip())
    found: Condition = rows.serial_folded == typed
    return found


ASSET = Entity(
    name="Asset",
    model=Asset,
    visible=rules.belongings,
    permission="asset.read",
    fields={
        "id": identity("Asset"),
        "serial_number": Column("serial_number"),
        "purchased_on": Column("purchased_on"),
        "customer": references("Customer", "customer_id"),
        "product": references("Product", "product_id"),
        "site": may_reference("Site", "site_id"),
        "version": Column("version"),
        "support_periods": Many("SupportPeriod", "asset_id", order=("starts_on", "track", "id")),
        "current_periods": Many("SupportPeriod", "asset_id", order=("track", "id"), where=_current),
        "service_records": Connection("ServiceRecord", "asset_id"),
    },
    orders={
        "purchased_on": Order(column="purchased_on", descending=True),
        "serial_number": Order(column="serial_number"),
    },
    filters={
        "serial_number": folded_text_of("serial_folded"),
        "customer_id": key_in("customer_id", "Customer"),
        "product_id": key_in("product_id", "Product"),
        "purchased_on": between("purchased_on"),
        "period_ends_on": _period_ends,
        "in_support": _in_support,
    },
    search=search.assets,
    lookups={"serial_number": _serial},
)


def _last_day(field: Outlined, plugins: Registry) -> Callable[[Moment, date, date], object]:
    return lambda moment, starts_on, ends_before: Period(starts_on, ends_before).last_day


def _status(field: Outlined, plugins: Registry) -> Callable[[Moment, date, date, datetime | None], object]:
    def status(moment: Moment, starts_on: date, ends_before: date, cancelled_at: datetime | None) -> object:
        return Period(starts_on, ends_before, cancelled=cancelled_at is not None).status_on(moment.today)

    return status


SUPPORT_PERIOD = Entity(
    name="SupportPeriod",
    model=SupportPeriod,
    visible=rules.support_periods,
    permission="asset.read",
    fields={
        "id": identity("SupportPeriod"),
        "asset": references("Asset", "asset_id"),
        "plan": references("SupportPlan", "plan_id"),
        "track": Column("track"),
        "starts_on": Column("starts_on"),
        "last_day": Computed(("starts_on", "ends_before"), _last_day),
        "kind": Column("kind"),
        "status": Computed(("starts_on", "ends_before", "cancelled_at"), _status),
        "allowances": Many("Allowance", "period_id", order=("id",)),
    },
)


def live_slots(rows: Rows, sources: Sources, state: SlotState | None = None) -> ColumnElement[int]:
    """How many slots of an allowance are live, in one state or in any. Other offices' uses count too."""

    def live(slot: Rows) -> Condition:
        of_state = true() if state is None else slot.state == state
        return and_(slot.allowance_id == rows.id, slot.released_at.is_(None), of_state)

    return number_of("AllowanceSlot", sources, rows, live)


def _modes(field: Outlined, plugins: Registry) -> Callable[[Moment, list[str]], object]:
    return lambda moment, modes: [mode for mode in Mode if mode in modes]


ALLOWANCE = Entity(
    name="Allowance",
    model=Allowance,
    visible=rules.allowances,
    permission="asset.read",
    fields={
        "key": Column("key"),
        "label": Computed(("labels",), label),
        "modes": Computed(("modes",), _modes),
        "limit": Column("quantity"),
        "used": Expression(lambda rows, sources: live_slots(rows, sources, SlotState.COMMITTED)),
        "reserved": Expression(lambda rows, sources: live_slots(rows, sources, SlotState.RESERVED)),
        "remaining": Expression(lambda rows, sources: rows.quantity - live_slots(rows, sources)),
    },
)


def _slots(rows: Rows, access: AccessClass) -> Condition:
    """Slots go with their allowance."""
    if not access.is_customer:
        return true()
    found: Condition = rows.allowance_id.in_(select(Allowance.id).where(rules.allowances(Allowance, access)))
    return found


ALLOWANCE_SLOT = Entity(name="AllowanceSlot", model=AllowanceSlot, visible=_slots, permission="asset.read", fields={})
