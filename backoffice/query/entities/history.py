"""What the desk works with, beyond what GraphQL shows: earlier owners, overrides asked for, all decisions."""

from dataclasses import replace

from sqlalchemy import ColumnElement, and_, false, not_, true

from backoffice.access import row_rules as rules
from backoffice.access.access_class import AccessClass
from backoffice.models import AssetTransfer, OverrideRequest, RecordDecision
from backoffice.query.entities import asset, customer, place, record
from backoffice.query.entities.reference import with_more
from backoffice.query.field_kinds import Column, Condition, Expression, Many, Rows, Sources, may_reference, references
from backoffice.query.filter_conditions import among, last_day_between
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Order
from backoffice.query.sources import number_of, some

STAFF = with_more(
    place.STAFF,
    {"username": Column("username"), "active": Column("active"), "office": references("Office", "office_id")},
)

SITE = with_more(customer.SITE, {"customer": references("Customer", "customer_id")})

ASSET = with_more(asset.ASSET, {"transfers": Many("AssetTransfer", "asset_id", order=("transferred_on", "id"))})


def _staff_alone(rows: Rows, access: AccessClass) -> Condition:
    """Who owned an asset before is for staff, not for the customer who owns it now."""
    return true() if not access.is_customer else false()


ASSET_TRANSFER = Entity(
    name="AssetTransfer",
    model=AssetTransfer,
    visible=_staff_alone,
    permission="asset.read",
    fields={
        "transferred_on": Column("transferred_on"),
        "reason": Column("reason"),
        "former_owner": references("Customer", "from_customer_id"),
        "next_owner": references("Customer", "to_customer_id"),
        "staff": may_reference("Staff", "staff_id"),
    },
    listed_by=(Order(column="transferred_on"), Order(column="id")),
)


def _is_renewed(rows: Rows, given: Given, sources: Sources) -> Condition:
    """Whether a later period of the same track is there already."""
    later = some(
        "SupportPeriod",
        sources,
        lambda period: and_(
            period.asset_id == rows.asset_id,
            period.track == rows.track,
            period.cancelled_at.is_(None),
            period.starts_on >= rows.ends_before,
        ),
    )
    return later if given.is_on else not_(later)


def _ends_on(rows: Rows, given: Given, sources: Sources) -> Condition:
    return and_(rows.cancelled_at.is_(None), last_day_between(rows, given))


SUPPORT_PERIOD = replace(
    asset.SUPPORT_PERIOD,
    orders={"ends_before": Order(column="ends_before")},
    filters={"track": among("track"), "ends_on": _ends_on, "renewed": _is_renewed},
)


def _opening(rows: Rows, sources: Sources) -> ColumnElement[int]:
    """How many live slots of an allowance belong to no record."""

    def entered(slot: Rows) -> Condition:
        return and_(slot.allowance_id == rows.id, slot.record_id.is_(None), slot.released_at.is_(None))

    return number_of("AllowanceSlot", sources, rows, entered)


ALLOWANCE_SLOT = with_more(
    asset.ALLOWANCE_SLOT,
    {
        "allowance": references("Allowance", "allowance_id"),
        "record": may_reference("ServiceRecord", "record_id"),
        "released_at": Column("released_at"),
    },
)

ALLOWANCE = with_more(asset.ALLOWANCE, {"opening": Expression(_opening)})


def _assigned_elsewhere(rows: Rows, given: Given, sources: Sources) -> Condition:
    """To somebody else than this member of staff, or to nobody."""
    found: Condition = rows.assignee_id.is_distinct_from(given.bind(rows.assignee_id.type))
    return found


SERVICE_RECORD = replace(
    with_more(
        record.SERVICE_RECORD,
        {
            "decisions": Many("RecordDecision", "record_id", order=("id",)),
            "override_requests": Many("OverrideRequest", "record_id", order=("id",)),
            "charges": Many("Charge", "record_id", order=("id",)),
        },
    ),
    filters={**record.SERVICE_RECORD.filters, "not_assignee_id": _assigned_elsewhere},
)

RECORD_DECISION = Entity(
    name="RecordDecision",
    model=RecordDecision,
    visible=rules.of_records,
    permission="record.read",
    fields={
        "role": Column("role"),
        "at": Column("at"),
        "decision": references("CoverageDecision", "decision_id"),
    },
    listed_by=(Order(column="id"),),
)


def _asked_by_others(rows: Rows, given: Given, sources: Sources) -> Condition:
    found: Condition = rows.requested_by_id != given.bind(rows.requested_by_id.type)
    return found


OVERRIDE_REQUEST = Entity(
    name="OverrideRequest",
    model=OverrideRequest,
    visible=rules.of_records,
    permission="record.read",
    fields={
        "key": Column("id"),
        "outcome": Column("outcome"),
        "amount": Column("amount"),
        "reason": Column("reason"),
        "status": Column("status"),
        "requested_by": references("Staff", "requested_by_id"),
        "requested_at": Column("requested_at"),
        "settled_by": may_reference("Staff", "settled_by_id"),
        "settled_at": Column("settled_at"),
        "against": references("CoverageDecision", "against_id"),
        "record": references("ServiceRecord", "record_id"),
    },
    orders={"requested_at": Order(column="requested_at")},
    filters={"status": among("status"), "by_others_than": _asked_by_others},
)

DESK = (
    ALLOWANCE,
    ALLOWANCE_SLOT,
    ASSET,
    ASSET_TRANSFER,
    OVERRIDE_REQUEST,
    RECORD_DECISION,
    SERVICE_RECORD,
    SITE,
    STAFF,
    SUPPORT_PERIOD,
)
"""The entities of this module."""
