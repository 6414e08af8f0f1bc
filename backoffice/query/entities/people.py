"""Who works here and what they did: staff with their roles, API tokens, the audit trail. For whoever manages them."""

from backoffice.access import row_rules as rules
from backoffice.models import ApiToken, AuditEntry, Role, Staff, StaffRole
from backoffice.query import search
from backoffice.query.comparable_text import folded, storable
from backoffice.query.entities.values import identity
from backoffice.query.field_kinds import Column, Condition, Many, One, Rows, Sources, may_reference, references
from backoffice.query.filter_conditions import among, any_of, between, equal_to, key_in, text_of
from backoffice.query.given import Given
from backoffice.query.registry import Entity, Order
from backoffice.query.typed_text import key

STAFF_ACCOUNT = Entity(
    name="StaffAccount",
    model=Staff,
    visible=rules.holders("staff.manage"),
    permission="staff.manage",
    fields={
        "id": identity("StaffAccount"),
        "username": Column("username"),
        "name": Column("name"),
        "active": Column("active"),
        "office": references("Office", "office_id"),
        "roles": Many("StaffRole", "staff_id", ("role_id",)),
        "locked_until": Column("locked_until"),
        "created_at": Column("created_at"),
    },
    listed_by=(Order(column="active", descending=True), Order(column="sort_key"), Order(column="id")),
)

STAFF_ROLE = Entity(
    name="StaffRole",
    model=StaffRole,
    visible=rules.holders("staff.manage"),
    permission="staff.manage",
    fields={"role": One("Role", lambda rows, found, sources: found.id == rows.role_id, nullable=False)},
    listed_by=(Order(column="staff_id"), Order(column="role_id")),
)

ROLE = Entity(
    name="Role",
    model=Role,
    visible=rules.anyone,
    fields={"name": Column("name")},
    listed_by=(Order(column="name"),),
)

API_TOKEN = Entity(
    name="ApiToken",
    model=ApiToken,
    visible=rules.holders("token.manage"),
    permission="token.manage",
    fields={
        "id": identity("ApiToken"),
        "name": Column("name"),
        "prefix": Column("prefix"),
        "scopes": Column("scopes"),
        "staff": references("Staff", "staff_id"),
        "account": may_reference("StaffAccount", "staff_id"),
        "expires_at": Column("expires_at"),
        "last_used_at": Column("last_used_at"),
        "revoked_at": Column("revoked_at"),
        "created_at": Column("created_at"),
    },
    listed_by=(Order(column="created_at", descending=True), Order(column="id", descending=True)),
)


def _audit_search(rows: Rows, text: Given, sources: Sources) -> Condition:
    """By the name of who did it, or by the number of the object."""
    named = search.words(folded(rows.actor), text)
    if not search.kind_of(text).is_key:
        return named
    number = text.bind(rows.entity_id.type, lambda typed: key(storable(typed)), part="key")
    return any_of(named, rows.entity_id == number)


AUDIT_ENTRY = Entity(
    name="AuditEntry",
    model=AuditEntry,
    visible=rules.holders("audit.read"),
    permission="audit.read",
    fields={
        "id": identity("AuditEntry"),
        "key": Column("id"),
        "at": Column("at"),
        "actor": Column("actor"),
        "staff": may_reference("Staff", "staff_id"),
        "address": Column("address"),
        "request_id": Column("request_id"),
        "operation": Column("operation"),
        "entity": Column("entity"),
        "entity_id": Column("entity_id"),
        "before": Column("before"),
        "after": Column("after"),
        "reason": Column("reason"),
    },
    orders={"at": Order(column="at", descending=True)},
    filters={
        "operation": among("operation"),
        "entity": among("entity"),
        "entity_id": equal_to("entity_id"),
        "staff_id": key_in("staff_id", "Staff"),
        "actor": text_of("actor"),
        "at": between("at"),
    },
    search=_audit_search,
)
