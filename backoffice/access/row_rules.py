"""Row rules: which rows of each table a viewer may see, as SQL conditions.

Each function takes the table's mapped class, or an alias of it, and the viewer's access class. The statement builder
of ``backoffice.query`` and the look-ups of ``backoffice.operations`` put the condition on every alias they read, before
any limit. A viewer's values are named binds without a value: whoever runs the statement gives it ``viewer_binds``, and
one who forgets gets an error and no row.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, ColumnElement, bindparam, false, select, true

from backoffice.access.access_class import VIEWER_CUSTOMER, VIEWER_OFFICE, AccessClass
from backoffice.models import Asset, ServiceRecord, SupportPeriod

Rows: TypeAlias = Any
"""A mapped class or an ``aliased()`` of one: SQLAlchemy has no static type for both."""

Condition: TypeAlias = ColumnElement[bool]


def anyone(rows: Rows, access: AccessClass) -> Condition:
    """Reference data and names for whoever signs in: offices, staff names, products, plans, tariffs, channels."""
    return true()


def customers(rows: Rows, access: AccessClass) -> Condition:
    """Staff see every customer; a customer sees themself."""
    return _own(rows, "id", access)


def belongings(rows: Rows, access: AccessClass) -> Condition:
    """Sites, phones and assets: whoever sees their customer sees them."""
    return _own(rows, "customer_id", access)


def support_periods(rows: Rows, access: AccessClass) -> Condition:
    """Support periods go with their asset."""
    if not access.is_customer:
        return true()
    seen: Condition = rows.asset_id.in_(select(Asset.id).where(belongings(Asset, access)))
    return seen


def allowances(rows: Rows, access: AccessClass) -> Condition:
    """Allowances go with their period."""
    if not access.is_customer:
        return true()
    seen: Condition = rows.period_id.in_(select(SupportPeriod.id).where(support_periods(SupportPeriod, access)))
    return seen


def service_records(rows: Rows, access: AccessClass) -> Condition:
    """An office's own staff see their office's records only (domain invariant 13); a customer sees their own."""
    condition = _own(rows, "customer_id", access)
    if access.own_office_only:
        condition = condition & (rows.office_id == bindparam(VIEWER_OFFICE, type_=BigInteger))
    return condition


def coverage_decisions(rows: Rows, access: AccessClass) -> Condition:
    """Decisions are reached through the record or the preview they belong to, whose own rule has been applied."""
    return true()


def of_records(rows: Rows, access: AccessClass) -> Condition:
    """What belongs to a service record, such as a charge, goes with it."""
    seen: Condition = rows.record_id.in_(select(ServiceRecord.id).where(service_records(ServiceRecord, access)))
    return seen


def holders(permission: str) -> Callable[[Rows, AccessClass], Condition]:
    """The rule of rows that whoever holds ``permission`` sees all of, and nobody else any."""
    return lambda rows, access: true() if access.may(permission) else false()


def _own(rows: Rows, column: str, access: AccessClass) -> Condition:
    if not access.is_customer:
        return true()
    own: Condition = getattr(rows, column) == bindparam(VIEWER_CUSTOMER, type_=BigInteger)
    return own
