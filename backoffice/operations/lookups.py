"""Finding the objects a command names, as far as its viewer may see them."""

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import ColumnElement, select

from backoffice.access import rows
from backoffice.access.access_class import AccessClass, access_class, viewer_binds
from backoffice.domain.problem import ErrorCode
from backoffice.models import Asset, Customer, Product, ProductVersion, ServiceRecord, Site, Staff
from backoffice.models.base import Base, is_possible_id
from backoffice.operations.result import refuse
from backoffice.operations.work import Work

Row = TypeVar("Row", Customer, Site, Product, ProductVersion, Asset, ServiceRecord, Staff)
Rule = Callable[[type[Base], AccessClass], ColumnElement[bool]]


def customer(work: Work, customer_id: int, *, path: str = "customer_id") -> Customer:
    """The customer; NOT_FOUND at ``path`` when the viewer sees none."""
    return _found(work, Customer, rows.customers, customer_id, path)


def site(work: Work, site_id: int, *, path: str = "site_id") -> Site:
    """The site; NOT_FOUND at ``path`` when the viewer sees none."""
    return _found(work, Site, rows.belongings, site_id, path)


def product(work: Work, product_id: int, *, path: str = "product_id") -> Product:
    """The product; NOT_FOUND at ``path`` when there is none."""
    return _found(work, Product, rows.anyone, product_id, path)


def product_version(work: Work, version_id: int, *, path: str = "product_version_id") -> ProductVersion:
    """The released version of a product; NOT_FOUND at ``path`` when there is none."""
    return _found(work, ProductVersion, rows.anyone, version_id, path)


def asset(work: Work, asset_id: int, *, path: str = "asset_id") -> Asset:
    """The asset; NOT_FOUND at ``path`` when the viewer sees none."""
    return _found(work, Asset, rows.belongings, asset_id, path)


def record(work: Work, record_id: int, *, path: str = "id") -> ServiceRecord:
    """The service record; NOT_FOUND at ``path`` when the viewer sees none."""
    return _found(work, ServiceRecord, rows.service_records, record_id, path)


def staff(work: Work, staff_id: int, *, path: str) -> Staff:
    """The member of staff; NOT_FOUND at ``path`` when there is none."""
    return _found(work, Staff, rows.anyone, staff_id, path)


def _found(work: Work, model: type[Row], rule: Rule, row_id: int, path: str) -> Row:
    found = None
    if is_possible_id(row_id):
        chosen = select(model).where(model.id == row_id, rule(model, access_class(work.viewer)))
        found = work.session.scalar(chosen, viewer_binds(work.viewer))
    if found is None:
        raise refuse(ErrorCode.NOT_FOUND, path=(path,))
    return found


def lock(work: Work, row: Base) -> None:
    """Read ``row`` again and hold it against others who would change it, until the transaction ends.

    SQLite's transactions that write hold the whole database already.
    """
    work.session.refresh(row, with_for_update={"key_share": True})
