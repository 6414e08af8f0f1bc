"""Row rules: which rows of each table a viewer may see, as SQL conditions.

Each function takes the table's mapped class, or an alias of it, and the viewer. The statement builder of
``backoffice.query`` and the look-ups of ``backoffice.operations`` put the condition on every alias they read, before
any limit. A viewer's values are named binds, so that no compiled statement carries one viewer's rights to another.
"""

from collections.abc import Callable
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, bindparam, false, select, true

from backoffice.access.viewer import Viewer
from backoffice.models import Asset, ServiceRecord, SupportPeriod

Rows: TypeAlias = Any
"""A mapped class or an ``aliased()`` of one: SQLAlchemy has no static type for both."""

Condition: TypeAlias = ColumnElement[bool]


def anyone(rows: Rows, viewer: Viewer) -> Condition:
    """Reference data and names for whoever signs in: offices, staff names, products, plans, tariffs, channels."""
    return true()


def customers(rows: Rows, viewer: Viewer) -> Condition:
    """Staff see every customer; a customer sees themself."""
    return _own(rows, "id", viewer)


def belongings(rows: Rows, viewer: Viewer) -> Condition:
    """Sites, phones and assets: whoever sees their customer sees them."""
    return _own(rows, "customer_id", viewer)


def support_periods(rows: Rows, viewer: Viewer) -> Condition:
    """Support periods go with their asset."""
    if viewer.customer_id is None:
        return true()
    seen: Condition = rows.asset_id.in_(select(Asset.id).where(belongings(Asset, viewer)))
    return seen


def allowances(rows: Rows, viewer: Viewer) -> Condition:
    """Allowances go with their period."""
    if viewer.customer_id is None:
        return true()
    seen: Condition = rows.period_id.in_(select(SupportPeriod.id).where(support_periods(SupportPeriod, viewer)))
    return seen


def service_records(rows: Rows, viewer: Viewer) -> Condition:
    """An office's own staff see their office's records only (domain invariant 13); a customer sees their own."""
    condition = _own(rows, "customer_id", viewer)
    if viewer.own_office_only:
        condition = condition & (rows.office_id == bindparam("viewer_office", viewer.office_id))
    return condition


def coverage_decisions(rows: Rows, viewer: Viewer) -> Condition:
    """Decisions are reached through the record or the preview they belong to, whose own rule has been applied."""
    return true()


def of_records(rows: Rows, viewer: Viewer) -> Condition:
    """What belongs to a service record, such as a charge, goes with it."""
    seen: Condition = rows.record_id.in_(select(ServiceRecord.id).where(service_records(ServiceRecord, viewer)))
    return seen


def holders(permission: str) -> Callable[[Rows, Viewer], Condition]:
    """The rule of rows that whoever holds ``permission`` sees all of, and nobody else any."""
    return lambda rows, viewer: true() if viewer.may(permission) else false()


def _own(rows: Rows, column: str, viewer: Viewer) -> Condition:
    if viewer.customer_id is None:
        return true()
    own: Condition = getattr(rows, column) == bindparam("viewer_customer", viewer.customer_id)
    return own
