"""Release a version of a product: from a day on it is what is sold and installed."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import fold
from backoffice.models import ProductVersion
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import Id, LongText, PastDay, Text
from backoffice.operations.operation import Operation
from backoffice.operations.products.product_subjects import PRODUCT
from backoffice.operations.work import Done, Work

LONGEST_LABEL = 40


@dataclass(frozen=True, kw_only=True)
class ReleaseProductVersion(Command):
    """``label`` is what the version is called, like 5.2; ``released_on`` is not in the future."""

    product_id: Annotated[int, Given(Id("Product"), Label(fa="محصول", en="Product"), about="Of which product.")]
    label: Annotated[
        str,
        Given(
            Text(LONGEST_LABEL),
            Label(fa="نسخه", en="Version"),
            about="What the version is called, like `5.2`; DUPLICATE where a standing one has it.",
        ),
    ]
    released_on: Annotated[
        date,
        Given(
            PastDay(), Label(fa="تاریخ انتشار", en="Released on"), about="The day of the release; not in the future."
        ),
    ]
    notes: Annotated[
        str | None, Given(LongText(), Label(fa="تازه‌ها", en="What is new"), about="What is new in it.")
    ] = None


def _release(work: Work, command: ReleaseProductVersion) -> Done:
    product = lookups.product(work, command.product_id)
    released = ProductVersion(
        product_id=product.id,
        label=command.label,
        label_folded=fold(command.label).strip(),
        released_on=command.released_on,
        notes=command.notes,
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


release_product_version = Operation(
    name="release_product_version",
    label=Label(fa="انتشار نسخه", en="Release a version"),
    description="Enter a released version of a product.",
    permission="product.write",
    command=ReleaseProductVersion,
    entity="Product",
    events=(Event.PRODUCT_VERSION_RELEASED,),
    about=PRODUCT,
    body=_release,
    in_api=True,
)
"""``id`` is the product's. DUPLICATE for a label that a standing version has, in any digits and either case.

The product's own version stays: releases overwrite nothing of each other.
"""
