"""Assets with their support periods and what is left of each allowance."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, func, not_, select, true

from backoffice.access import rows as rules
from backoffice.access.viewer import Viewer
from backoffice.domain.period import Period, Track
from backoffice.domain.service import Mode
from backoffice.domain.text import fold
from backoffice.models import Allowance, AllowanceSlot, Asset, SlotState, SupportPeriod
from backoffice.query import search
from backoffice.query.context import Context
from backoffice.query.entities.values import identity
from backoffice.query.fields import (
    Column,
    Computed,
    Condition,
    Connection,
    Expression,
    Many,
    Rows,
    may_reference,
    references,
)
from backoffice.query.filters import between, folded_text_of, key_in, last_day_between
from backoffice.query.plain import label
from backoffice.query.registry import Entity, Order
from backoffice.query.selection import Field
from backoffice.query.sources import some, source_of
from backoffice.query.texts import storable


def _current(period: Rows, context: Context) -> Condition:
    """Not cancelled, and today lies in it."""
    return and_(period.cancelled_at.is_(None), period.starts_on <= context.today, period.ends_before > context.today)


def _in_support(rows: Rows, value: object, context: Context) -> Condition:
    supported = some(
        "SupportPeriod",
        context,
        lambda period: and_(period.asset_id == rows.id, period.track == Track.SUPPORT, _current(period, context)),
    )
    return supported if value else not_(supported)


def _period_ends(rows: Rows, value: object, context: Context) -> Condition:
    return some(
        "SupportPeriod",
        context,
        lambda period: and_(period.asset_id == rows.id, period.cancelled_at.is_(None), last_day_between(period, value)),
    )


def _serial(rows: Rows, value: object, context: Context) -> Condition:
    found: Condition = rows.serial_folded == fold(storable(str(value))).strip()
    return found


ASSET = Entity(
    name="Asset",
    model=Asset,
    visible=rules.belongings,
    permission="asset.read",
    fields={
        "id": identity("Asset"),
        "serialNumber": Column("serial_number"),
        "purchasedOn": Column("purchased_on"),
        "customer": references("Customer", "customer_id"),
        "product": references("Product", "product_id"),
        "site": may_reference("Site", "site_id"),
        "version": Column("version"),
        "supportPeriods": Many("SupportPeriod", "asset_id", order=("starts_on", "track", "id")),
        "currentPeriods": Many("SupportPeriod", "asset_id", order=("track", "id"), where=_current),
        "serviceRecords": Connection("ServiceRecord", "asset_id"),
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


def _last_day(field: Field, context: Context) -> Callable[[date, date], object]:
    return lambda starts_on, ends_before: Period(starts_on, ends_before).last_day


def _status(field: Field, context: Context) -> Callable[[date, date, datetime | None], object]:
    def status(starts_on: date, ends_before: date, cancelled_at: datetime | None) -> object:
        return Period(starts_on, ends_before, cancelled=cancelled_at is not None).status_on(context.today)

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
        "startsOn": Column("starts_on"),
        "lastDay": Computed(("starts_on", "ends_before"), _last_day),
        "kind": Column("kind"),
        "status": Computed(("starts_on", "ends_before", "cancelled_at"), _status),
        "allowances": Many("Allowance", "period_id", order=("id",)),
    },
)


def live_slots(rows: Rows, context: Context, state: SlotState | None = None) -> ColumnElement[int]:
    """How many slots of an allowance are live, in one state or in any. Other offices' uses count too."""
    slot = source_of(context.entities["AllowanceSlot"], context)
    live = and_(slot.rule, slot.rows.allowance_id == rows.id, slot.rows.released_at.is_(None))
    if state is not None:
        live = and_(live, slot.rows.state == state)
    return select(func.count()).select_from(slot.table).where(live).correlate(rows.id.table).scalar_subquery()


def _modes(field: Field, context: Context) -> Callable[[list[str]], object]:
    return lambda modes: [mode for mode in Mode if mode in modes]


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
        "used": Expression(lambda rows, context: live_slots(rows, context, SlotState.COMMITTED)),
        "reserved": Expression(lambda rows, context: live_slots(rows, context, SlotState.RESERVED)),
        "remaining": Expression(lambda rows, context: rows.quantity - live_slots(rows, context)),
    },
)


def _slots(rows: Rows, viewer: Viewer) -> Condition:
    """Slots go with their allowance."""
    if viewer.customer_id is None:
        return true()
    found: Condition = rows.allowance_id.in_(select(Allowance.id).where(rules.allowances(Allowance, viewer)))
    return found


ALLOWANCE_SLOT = Entity(name="AllowanceSlot", model=AllowanceSlot, visible=_slots, permission="asset.read", fields={})
