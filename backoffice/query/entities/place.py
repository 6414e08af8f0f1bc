"""Offices and staff, which service records name, and channels, which everyone has to know."""

from backoffice.access import row_rules as rules
from backoffice.models import Channel, Office, Staff
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import Column, Computed
from backoffice.query.plain import label
from backoffice.query.registry import Entity, Order

OFFICE = Entity(
    name="Office",
    model=Office,
    visible=rules.anyone,
    permission="record.read",
    fields={
        "id": identity("Office"),
        "code": Column("code"),
        "name": Column("name"),
        "kind": Column("kind"),
    },
    listed_by=(Order(column="code"),),
)

STAFF = Entity(
    name="Staff",
    model=Staff,
    visible=rules.anyone,
    permission="record.read",
    fields={"id": identity("Staff"), "name": Column("name")},
    listed_by=(Order(column="sort_key"), Order(column="id")),
)

CHANNEL = Entity(
    name="Channel",
    model=Channel,
    visible=rules.anyone,
    fields={"code": Column("code"), "label": Computed(("labels",), label), "active": Column("active")},
    listed_by=(Order(column="position"), Order(column="code")),
)
