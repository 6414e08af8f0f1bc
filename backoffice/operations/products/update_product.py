"""Change a product's name, family or plan, unless somebody else changed it meanwhile. Its SKU never changes."""

from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import Product
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Text
from backoffice.operations.operation import Operation
from backoffice.operations.products import product_rows
from backoffice.operations.products.product_subjects import FAMILY, PRODUCT, ProductId
from backoffice.operations.result import UNSET, Unset
from backoffice.operations.usual_fields import PublishedPlan, VersionRead
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class UpdateProduct(Command):
    """Fields left out stay as they are; ``version`` is the one that was read, ``support_plan`` a published plan's code.

    Another plan is for purchases and renewals to come: what was sold keeps the plan it was sold with.
    """

    id: ProductId
    version: VersionRead
    name: Annotated[str | Unset, Given(Text(), Label(fa="نام", en="Name"), about="The new name.")] = UNSET
    family: Annotated[str | Unset | None, FAMILY] = UNSET
    support_plan: Annotated[
        str | Unset,
        Given(
            PublishedPlan,
            Label(fa="طرح پشتیبانی", en="Support plan"),
            about="Code of the plan of sales and renewals to come; what was sold keeps its own.",
        ),
    ] = UNSET


def _update(work: Work, command: UpdateProduct) -> Done:
    product = lookups.product(work, command.id, path="id")
    before = product_rows.product_document(work, product)
    _apply(work, product, command)
    product_rows.index(product)
    work.session.flush()
    after = product_rows.product_document(work, product)
    return Done(entity="Product", entity_id=product.id, events=(Event.PRODUCT_UPDATED,), before=before, after=after)


def _apply(work: Work, product: Product, command: UpdateProduct) -> None:
    if command.name is not UNSET:
        product.name = command.name
    if command.family is not UNSET:
        product.family = command.family
    if command.support_plan is not UNSET:
        product.support_plan_code = command.support_plan
    product.version += 1
    product.updated_at = work.now


update_product = Operation(
    name="update_product",
    label=Label(fa="ویرایش", en="Change"),
    description="Change a product.",
    permission="product.write",
    command=UpdateProduct,
    entity="Product",
    events=(Event.PRODUCT_UPDATED,),
    about=PRODUCT,
    body=_update,
    in_api=True,
)
"""``id`` is the product's. STALE, with the unchanged product's id, when its version is another by now.

NOT_FOUND for a plan of which no version is published.
"""
