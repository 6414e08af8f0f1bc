"""Products with their released versions, support plans and tariff editions."""

from sqlalchemy import and_, func, select

from backoffice.access import row_rules as rules
from backoffice.domain.text import to_latin_digits
from backoffice.models import Product, ProductUpgrade, ProductVersion, SupportPlan, TariffEdition
from backoffice.query import search
from backoffice.query.comparable_text import storable
from backoffice.query.entities.values import identity, is_set
from backoffice.query.field_kinds import Column, Condition, Linked, Many, One, Rows, Sources, references
from backoffice.query.filter_conditions import text_of
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Order


def _newest_published(rows: Rows, found: Rows, sources: Sources) -> Condition:
    """The version of the product's plan that a purchase today gets."""
    plan = sources.of("SupportPlan")
    published = and_(plan.rule, plan.rows.code == rows.support_plan_code, plan.rows.published_at.is_not(None))
    newest = select(func.max(plan.rows.version)).where(published).correlate(rows.id.table).scalar_subquery()
    return and_(found.code == rows.support_plan_code, found.version == newest)


def _latest(rows: Rows, found: Rows, sources: Sources) -> Condition:
    """The standing version that was released last."""
    version = sources.of("ProductVersion")
    standing = and_(version.rule, version.rows.product_id == rows.id, version.rows.withdrawn_on.is_(None))
    newest = (
        select(version.rows.id)
        .where(standing)
        .order_by(version.rows.released_on.desc(), version.rows.id.desc())
        .limit(1)
        .correlate(rows.id.table)
        .scalar_subquery()
    )
    latest: Condition = found.id == newest
    return latest


def _stocked(rows: Rows, given: Given, sources: Sources) -> Condition:
    typed = given.bind(rows.sku.type, lambda value: to_latin_digits(storable(str(value))).strip())
    found: Condition = rows.sku == typed
    return found


PRODUCT = Entity(
    name="Product",
    model=Product,
    visible=rules.anyone,
    permission="product.read",
    fields={
        "id": identity("Product"),
        "sku": Column("sku"),
        "name": Column("name"),
        "family": Column("family"),
        "support_plan": One("SupportPlan", _newest_published, nullable=True),
        "version": Column("version"),
        "versions": Many("ProductVersion", "product_id", order=("released_on", "id"), descending=True),
        "latest_version": One("ProductVersion", _latest, nullable=True),
        "upgrades_to": Linked(
            "ProductUpgrade", "product_id", references("Product", "target_id"), order=("sort_key", "id")
        ),
    },
    orders={"sku": Order(column="sku"), "name": Order(column="sort_key")},
    filters={"sku": text_of("sku"), "family": text_of("family")},
    search=search.products,
    lookups={"sku": _stocked},
)

PRODUCT_VERSION = Entity(
    name="ProductVersion",
    model=ProductVersion,
    visible=rules.anyone,
    permission="product.read",
    fields={
        "id": identity("ProductVersion"),
        "label": Column("label"),
        "released_on": Column("released_on"),
        "notes": Column("notes"),
        "withdrawn_on": Column("withdrawn_on"),
        "withdrawal_reason": Column("withdrawal_reason"),
    },
)

PRODUCT_UPGRADE = Entity(
    name="ProductUpgrade", model=ProductUpgrade, visible=rules.anyone, permission="product.read", fields={}
)

SUPPORT_PLAN = Entity(
    name="SupportPlan",
    model=SupportPlan,
    visible=rules.anyone,
    permission="plan.read",
    fields={
        "id": identity("SupportPlan"),
        "code": Column("code"),
        "version": Column("version"),
        "name": Column("name"),
        "published": is_set("published_at"),
    },
    listed_by=(Order(column="code"), Order(column="version")),
)

TARIFF_EDITION = Entity(
    name="TariffEdition",
    model=TariffEdition,
    visible=rules.anyone,
    permission="tariff.read",
    fields={
        "id": identity("TariffEdition"),
        "jalali_year": Column("jalali_year"),
        "version": Column("version"),
        "effective_from": Column("effective_from"),
        "approved": is_set("approved_at"),
    },
    listed_by=(Order(column="jalali_year", descending=True), Order(column="version", descending=True)),
)
