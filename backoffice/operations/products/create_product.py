"""Create a product: what is sold, with the plan that is sold with it unless another is named."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Product
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import Code, Text
from backoffice.operations.operation import Operation
from backoffice.operations.products import product_rows
from backoffice.operations.products.product_subjects import FAMILY
from backoffice.operations.usual_fields import PublishedPlan
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CreateProduct(Command):
    """``support_plan`` is the code of a published plan; ``sku`` is stored in Latin digits."""

    sku: Annotated[str, Given(Code(), Label(fa="کد محصول", en="SKU"), about="Stock-keeping unit.")]
    name: Annotated[str, Given(Text(), Label(fa="نام", en="Name"), about="Name.")]
    support_plan: Annotated[
        str,
        Given(PublishedPlan, Label(fa="طرح پشتیبانی", en="Support plan"), about="Code of the plan it is sold with."),
    ]
    family: Annotated[str | None, FAMILY] = None


def _create(work: Work, command: CreateProduct) -> Done:
    product = Product(
        sku=command.sku,
        name=command.name,
        family=command.family,
        support_plan_code=command.support_plan,
        version=1,
        created_at=work.now,
        updated_at=work.now,
    )
    product_rows.index(product)
    insert_unless_taken(work.session, product, lambda: _taken(work, product.sku))
    return Done(entity="Product", entity_id=product.id, events=(Event.PRODUCT_CREATED,), after=document_of(product))


def _taken(work: Work, sku: str) -> Problem | None:
    if work.session.scalar(select(Product.id).where(Product.sku == sku)) is None:
        return None
    return Problem(code=ErrorCode.DUPLICATE, detail="product_sku", path=("sku",), params={"sku": sku})


create_product = Operation(
    name="create_product",
    label=Label(fa="ثبت محصول", en="Enter a product"),
    description="Enter a product.",
    permission="product.write",
    command=CreateProduct,
    entity="Product",
    events=(Event.PRODUCT_CREATED,),
    body=_create,
    in_api=True,
)
"""``id`` is the product's. DUPLICATE for a taken SKU, NOT_FOUND for a plan of which no version is published."""
