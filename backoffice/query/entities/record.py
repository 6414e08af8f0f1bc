"""Service records: one interface over one table, a type for each installed service type, one for all that are gone."""

from sqlalchemy import and_

from backoffice.access import row_rules as rules
from backoffice.domain.record import record_id_of, record_number
from backoffice.models import OverrideRequest, OverrideStatus, ServiceRecord
from backoffice.plugins import Part
from backoffice.query import search
from backoffice.query.entities.request_result import READABLE, details
from backoffice.query.entities.service_type import RETIRED_RECORD, of_record, record_types
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import (
    Column,
    Computed,
    Condition,
    Expression,
    One,
    Rows,
    Sources,
    may_reference,
    references,
)
from backoffice.query.filter_conditions import among, between, key_in
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Interface, Order
from backoffice.query.sources import some


def _numbered(rows: Rows, given: Given, sources: Sources) -> Condition:
    found: Condition = rows.id == given.bind(rows.id.type, lambda value: record_id_of(str(value)))
    return found


def _waits_for_approval(rows: Rows, sources: Sources) -> Condition:
    """Whether an override of it waits for a second person."""

    def waits(request: Rows) -> Condition:
        return and_(request.record_id == rows.id, request.status == OverrideStatus.WAITING)

    return some("OverrideRequest", sources, waits)


OVERRIDE_REQUEST = Entity(
    name="OverrideRequest", model=OverrideRequest, visible=rules.of_records, permission="record.read", fields={}
)

SERVICE_RECORD = Entity(
    name="ServiceRecord",
    model=ServiceRecord,
    visible=rules.service_records,
    permission="record.read",
    interface=Interface(
        column="service_type",
        types=record_types,
        fallback=RETIRED_RECORD,
        special=frozenset({"request", "result"}),
        readable=READABLE,
    ),
    fields={
        "id": identity("ServiceRecord"),
        "number": Computed(("id",), lambda field, plugins: lambda moment, key: record_number(key)),
        "service_type": Computed(("service_type",), of_record),
        "mode": Column("mode"),
        "subject": Column("subject"),
        "channel": One("Channel", lambda rows, found, sources: found.code == rows.channel_code, nullable=False),
        "status": Column("status"),
        "customer": references("Customer", "customer_id"),
        "asset": may_reference("Asset", "asset_id"),
        "product": may_reference("Product", "product_id"),
        "site": may_reference("Site", "site_id"),
        "office": references("Office", "office_id"),
        "assignee": may_reference("Staff", "assignee_id"),
        "author": references("Staff", "author_id"),
        "requested_at": Column("requested_at"),
        "scheduled_at": Column("scheduled_at"),
        "performed_at": Column("performed_at"),
        "minutes": Column("minutes"),
        "distance_metres": Column("distance_metres"),
        "estimate": references("CoverageDecision", "estimate_id"),
        "coverage": references("CoverageDecision", "coverage_id"),
        "amount": Column("amount"),
        "end_reason": Column("end_reason"),
        "created_at": Column("created_at"),
        "updated_at": Column("updated_at"),
        "version": Column("version"),
        "waits_for_approval": Expression(_waits_for_approval),
        "request": details(Part.REQUEST),
        "result": details(Part.RESULT),
        "request_data": Column("request_data"),
        "result_data": Column("result_data"),
    },
    orders={"requested_at": Order(column="requested_at", descending=True), "number": Order(column="id")},
    filters={
        "service_type": among("service_type"),
        "status": among("status"),
        "mode": among("mode"),
        "channel": among("channel_code"),
        "customer_id": key_in("customer_id", "Customer"),
        "asset_id": key_in("asset_id", "Asset"),
        "product_id": key_in("product_id", "Product"),
        "assignee_id": key_in("assignee_id", "Staff"),
        "outcome": among("outcome"),
        "requested_at": between("requested_at"),
    },
    search=search.service_records,
    lookups={"number": _numbered},
)
