"""Customers with their phones and sites."""

from sqlalchemy import and_, select, true

from backoffice.access import row_rules as rules
from backoffice.access.access_class import AccessClass
from backoffice.domain.text import to_latin_digits
from backoffice.models import Customer, CustomerPhone, Site, SiteDistance
from backoffice.query import search
from backoffice.query.comparable_text import storable
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import Column, Condition, Connection, Many, One, Rows, Sources, Through
from backoffice.query.filter_conditions import between, equal_to, text_of
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Order


def _coded(rows: Rows, given: Given, sources: Sources) -> Condition:
    typed = given.bind(rows.code.type, lambda value: to_latin_digits(storable(str(value))).strip())
    found: Condition = rows.code == typed
    return found


CUSTOMER = Entity(
    name="Customer",
    model=Customer,
    visible=rules.customers,
    permission="customer.read",
    fields={
        "id": identity("Customer"),
        "code": Column("code"),
        "name": Column("name"),
        "kind": Column("kind"),
        "stage": Column("stage"),
        "city": Column("city"),
        "phones": Many("CustomerPhone", "customer_id", order=("position", "id"), column="number"),
        "sites": Many("Site", "customer_id", order=("id",)),
        "created_at": Column("created_at"),
        "updated_at": Column("updated_at"),
        "version": Column("version"),
        "assets": Connection("Asset", "customer_id"),
        "service_records": Connection("ServiceRecord", "customer_id"),
    },
    orders={"name": Order(column="sort_key"), "code": Order(column="code"), "created_at": Order(column="created_at")},
    filters={
        "code": text_of("code"),
        "name": text_of("name"),
        "city": text_of("city"),
        "kind": equal_to("kind"),
        "stage": equal_to("stage"),
        "created_at": between("created_at"),
    },
    search=search.customers,
    lookups={"code": _coded},
)

CUSTOMER_PHONE = Entity(
    name="CustomerPhone",
    model=CustomerPhone,
    visible=rules.belongings,
    permission="customer.read",
    fields={"number": Column("number")},
)


def _distances(rows: Rows, access: AccessClass) -> Condition:
    """Distances go with their site."""
    if not access.is_customer:
        return true()
    found: Condition = rows.site_id.in_(select(Site.id).where(rules.belongings(Site, access)))
    return found


def _from_the_origin(rows: Rows, found: Rows, sources: Sources) -> Condition:
    office = sources.of("Office")
    origin = select(office.rows.id).where(office.rule, office.rows.is_origin).scalar_subquery()
    return and_(found.site_id == rows.id, found.office_id == origin)


_DISTANCE = One("SiteDistance", _from_the_origin, nullable=True)

SITE = Entity(
    name="Site",
    model=Site,
    visible=rules.belongings,
    permission="customer.read",
    fields={
        "id": identity("Site"),
        "title": Column("title"),
        "address": Column("address"),
        "city": Column("city"),
        "distance_metres": Through(_DISTANCE, "metres"),
        "distance_source": Through(_DISTANCE, "source"),
        "measured_on": Through(_DISTANCE, "measured_on"),
        "version": Column("version"),
    },
)

SITE_DISTANCE = Entity(
    name="SiteDistance",
    model=SiteDistance,
    visible=_distances,
    permission="customer.read",
    fields={"metres": Column("metres"), "source": Column("source"), "measured_on": Column("measured_on")},
)
