"""Reference data as its keepers see it: more of offices, products, plans and editions than GraphQL has, and taxes."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_

from backoffice.access import row_rules as rules
from backoffice.models import (
    BillingRule,
    FrozenDocument,
    PlanAddendum,
    TariffLine,
    TariffMapping,
    TaxRate,
)
from backoffice.query.comparable_text import storable
from backoffice.query.entities import place, product
from backoffice.query.entities.charge import waits
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import (
    Column,
    Condition,
    Expression,
    FieldKind,
    Many,
    One,
    Rows,
    Sources,
    may_reference,
    references,
)
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Order
from backoffice.query.sources import number_of


def with_more(entity: Entity, fields: Mapping[str, FieldKind]) -> Entity:
    """The entity with fields that GraphQL does not have."""
    return replace(entity, fields={**entity.fields, **fields})


def _count_of(name: str, column: str) -> Expression:
    """How many rows of another entity name this one in a column."""

    return Expression(lambda rows, sources: number_of(name, sources, rows, lambda found: found[column] == rows.id))


def _coded(rows: Rows, given: Given, sources: Sources) -> Condition:
    found: Condition = rows.code == given.bind(rows.code.type, lambda value: storable(str(value)))
    return found


OFFICE = with_more(
    place.OFFICE, {"is_origin": Column("is_origin"), "distance_count": _count_of("SiteDistance", "office_id")}
)

CHANNEL = replace(
    with_more(place.CHANNEL, {"labels": Column("labels"), "position": Column("position")}), lookups={"code": _coded}
)

PRODUCT = with_more(product.PRODUCT, {"units_sold": _count_of("Asset", "product_id")})

PRODUCT_VERSION = with_more(product.PRODUCT_VERSION, {"product": references("Product", "product_id")})

SUPPORT_PLAN = with_more(
    product.SUPPORT_PLAN,
    {
        "published_at": Column("published_at"),
        "created_at": Column("created_at"),
        "document_hash": Column("document_hash"),
        "addenda": Many("PlanAddendum", "plan_id", ("effective_from", "id")),
        "document": One("FrozenDocument", lambda rows, found, sources: found.hash == rows.document_hash, nullable=True),
    },
)

FROZEN_DOCUMENT = Entity(
    name="FrozenDocument",
    model=FrozenDocument,
    visible=rules.holders("plan.read"),
    permission="plan.read",
    fields={"hash": Column("hash"), "body": Column("body")},
    listed_by=(Order(column="hash"),),
)


def _open_suggestions(rows: Rows, sources: Sources) -> ColumnElement[Any]:
    """How many suggestions of the edition can still come to something, of records that the viewer sees."""

    def waiting(suggestion: Rows) -> Condition:
        return and_(suggestion.edition_id == rows.id, waits(suggestion, sources))

    return number_of("RatingSuggestion", sources, rows, waiting)


TARIFF_EDITION = with_more(
    product.TARIFF_EDITION,
    {
        "source": Column("source"),
        "created_at": Column("created_at"),
        "approved_at": Column("approved_at"),
        "approved_by": may_reference("Staff", "approved_by_id"),
        "line_count": _count_of("TariffLine", "edition_id"),
        "open_suggestions": Expression(_open_suggestions),
    },
)

PLAN_ADDENDUM = Entity(
    name="PlanAddendum",
    model=PlanAddendum,
    visible=rules.holders("plan.read"),
    permission="plan.read",
    fields={
        "effective_from": Column("effective_from"),
        "terms": Column("terms"),
        "reason": Column("reason"),
        "created_at": Column("created_at"),
        "created_by": may_reference("Staff", "created_by_id"),
        "document": One("FrozenDocument", lambda rows, found, sources: found.hash == rows.document_hash, nullable=True),
    },
    listed_by=(Order(column="effective_from"), Order(column="id")),
)

TARIFF_LINE = Entity(
    name="TariffLine",
    model=TariffLine,
    visible=rules.holders("tariff.read"),
    permission="tariff.read",
    fields={"code": Column("code"), "unit": Column("unit"), "rate": Column("rate"), "edition_id": Column("edition_id")},
    listed_by=(Order(column="code"), Order(column="edition_id")),
)

TARIFF_MAPPING = Entity(
    name="TariffMapping",
    model=TariffMapping,
    visible=rules.holders("tariff.read"),
    permission="tariff.read",
    fields={
        "service_type": Column("service_type"),
        "labour": Column("labour"),
        "call_out": Column("call_out"),
        "kilometre": Column("kilometre"),
    },
    listed_by=(Order(column="service_type"),),
)

BILLING_RULE = Entity(
    name="BillingRule",
    model=BillingRule,
    visible=rules.holders("tariff.read"),
    permission="tariff.read",
    fields={
        "mode": Column("mode"),
        "minimum_minutes": Column("minimum_minutes"),
        "step_minutes": Column("step_minutes"),
    },
    listed_by=(Order(column="mode"),),
)

TAX_RATE = Entity(
    name="TaxRate",
    model=TaxRate,
    visible=rules.holders("tariff.read"),
    permission="tariff.read",
    fields={
        "id": identity("TaxRate"),
        "starts_on": Column("starts_on"),
        "ends_before": Column("ends_before"),
        "basis_points": Column("basis_points"),
    },
    listed_by=(Order(column="starts_on", descending=True),),
)
