"""Release a version of a product: from a day on it is what is sold and installed."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import fold
from backoffice.models import ProductVersion
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_LABEL = 40


@dataclass(frozen=True, kw_only=True)
class ReleaseProductVersion(Command):
    """``label`` is what the version is called, like 5.2; ``released_on`` is not in the future."""

    operation: ClassVar[str] = "release_product_version"

    product_id: int
    label: str
    released_on: date
    notes: str | None = None


def release_product_version(desk: Premises, viewer: Viewer, command: ReleaseProductVersion) -> Result:
    """``id`` is the product's. DUPLICATE for a label that a standing version has, in any digits and either case.

    The product's own version stays: releases overwrite nothing of each other.
    """
    return perform(desk, viewer, "product.write", command, lambda work: _release(work, command))


def _release(work: Work, command: ReleaseProductVersion) -> Done:
    product = lookups.product(work, command.product_id)
    if command.released_on > work.today:
        raise refuse(ErrorCode.INVALID, "in_the_future", path=("released_on",))
    label = texts.required(command.label, "label", longest=LONGEST_LABEL)
    released = ProductVersion(
        product_id=product.id,
        label=label,
        label_folded=fold(label).strip(),
        released_on=command.released_on,
        notes=texts.optional(command.notes, "notes", longest=texts.LONGEST_NOTE),
        created_at=work.now,
        created_by_id=work.viewer.staff_id,
    )
    insert_unless_taken(work.session, released, lambda: _taken(work, released))
    after = {"product_version": document_of(released)}
    return Done(entity="Product", entity_id=product.id, events=(Event.PRODUCT_VERSION_RELEASED,), after=after)


def _taken(work: Work, released: ProductVersion) -> Problem | None:
    standing = select(ProductVersion.id).where(
        ProductVersion.product_id == released.product_id,
        ProductVersion.label_folded == released.label_folded,
        ProductVersion.withdrawn_on.is_(None),
    )
    if work.session.scalar(standing) is None:
        return None
    params = {"label": released.label}
    return Problem(code=ErrorCode.DUPLICATE, detail="product_version_label", path=("label",), params=params)
