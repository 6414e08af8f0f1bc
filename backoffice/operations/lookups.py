"""Finding the objects a command names, as far as its viewer may see them."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from sqlalchemy import ColumnElement, select

from backoffice.access import row_rules
from backoffice.access.access_class import AccessClass, access_class, viewer_binds
from backoffice.domain.problem import ErrorCode
from backoffice.models import (
    ApiToken,
    Asset,
    Charge,
    Customer,
    Office,
    OverrideRequest,
    Product,
    ProductVersion,
    RatingSuggestion,
    ServiceRecord,
    Site,
    Staff,
)
from backoffice.models.base import Base, is_possible_id
from backoffice.operations.result import refuse
from backoffice.operations.work import Work

Row = TypeVar("Row", bound=Base)
Rule = Callable[[Any, AccessClass], ColumnElement[bool]]


@dataclass(frozen=True)
class Kept:
    """Where the objects of an entity are kept, and which of them a viewer sees."""

    model: type[Base]
    rule: Rule


KEPT: Mapping[str, Kept] = {
    "ApiToken": Kept(ApiToken, row_rules.anyone),
    "Asset": Kept(Asset, row_rules.belongings),
    "Charge": Kept(Charge, row_rules.of_records),
    "Customer": Kept(Customer, row_rules.customers),
    "Office": Kept(Office, row_rules.anyone),
    "OverrideRequest": Kept(OverrideRequest, row_rules.of_records),
    "Product": Kept(Product, row_rules.anyone),
    "ProductVersion": Kept(ProductVersion, row_rules.anyone),
    "RatingSuggestion": Kept(RatingSuggestion, row_rules.of_records),
    "ServiceRecord": Kept(ServiceRecord, row_rules.service_records),
    "Site": Kept(Site, row_rules.belongings),
    "Staff": Kept(Staff, row_rules.anyone),
}
"""What a command may name by its id."""


def customer(work: Work, customer_id: int, *, path: str = "customer_id") -> Customer:
    """The customer; NOT_FOUND at ``path`` when the viewer sees none."""
    return found(work, Customer, customer_id, path)


def site(work: Work, site_id: int, *, path: str = "site_id") -> Site:
    """The site; NOT_FOUND at ``path`` when the viewer sees none."""
    return found(work, Site, site_id, path)


def product(work: Work, product_id: int, *, path: str = "product_id") -> Product:
    """The product; NOT_FOUND at ``path`` when there is none."""
    return found(work, Product, product_id, path)


def product_version(work: Work, version_id: int, *, path: str = "product_version_id") -> ProductVersion:
    """The released version of a product; NOT_FOUND at ``path`` when there is none."""
    return found(work, ProductVersion, version_id, path)


def asset(work: Work, asset_id: int, *, path: str = "asset_id") -> Asset:
    """The asset; NOT_FOUND at ``path`` when the viewer sees none."""
    return found(work, Asset, asset_id, path)


def record(work: Work, record_id: int, *, path: str = "id") -> ServiceRecord:
    """The service record; NOT_FOUND at ``path`` when the viewer sees none."""
    return found(work, ServiceRecord, record_id, path)


def staff(work: Work, staff_id: int, *, path: str) -> Staff:
    """The member of staff; NOT_FOUND at ``path`` when there is none."""
    return found(work, Staff, staff_id, path)


def found(work: Work, model: type[Row], row_id: int, path: str) -> Row:
    """The object of this id; NOT_FOUND at ``path`` when the viewer sees none. Asked for once in an operation."""
    row = work.found.get((model.__name__, row_id))
    if row is None:
        row = _selected(work, model.__name__, row_id)
        if not isinstance(row, model):
            raise refuse(ErrorCode.NOT_FOUND, path=(path,))
        work.found[model.__name__, row_id] = row
    if not isinstance(row, model):
        raise TypeError(f"{model.__name__} {row_id} was found as {row!r}")
    return row


def all_found(work: Work, model: type[Row], ids: Collection[int], *, path: str) -> Sequence[Row]:
    """The objects of these ids, in one statement, by their id; NOT_FOUND at ``path`` unless the viewer sees each."""
    kept, keyed = KEPT[model.__name__], cast(Any, model)
    possible = {one for one in ids if is_possible_id(one)}
    chosen = select(model).where(keyed.id.in_(possible), kept.rule(model, access_class(work.viewer)))
    rows = work.session.scalars(chosen.order_by(keyed.id), viewer_binds(work.viewer)).all()
    if len(rows) < len(set(ids)):
        raise refuse(ErrorCode.NOT_FOUND, path=(path,))
    return rows


def _selected(work: Work, entity: str, row_id: int) -> Base | None:
    if not is_possible_id(row_id):
        return None
    kept = KEPT[entity]
    model: Any = kept.model
    chosen = select(model).where(model.id == row_id, kept.rule(model, access_class(work.viewer)))
    seen: Base | None = work.session.scalar(chosen, viewer_binds(work.viewer))
    return seen


def lock(work: Work, row: Base) -> None:
    """Read ``row`` again and hold it against others who would change it, until the transaction ends.

    SQLite's transactions that write hold the whole database already.
    """
    work.session.refresh(row, with_for_update={"key_share": True})
