"""Create a product: what is sold, with the plan that is sold with it unless another is named."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import to_latin_digits
from backoffice.models import Product
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.products import product_rows
from backoffice.operations.result import Result
from backoffice.operations.rules import plans
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CreateProduct(Command):
    """``support_plan`` is the code of a published plan; ``sku`` is stored in Latin digits."""

    operation: ClassVar[str] = "create_product"

    sku: str
    name: str
    support_plan: str
    family: str | None = None


def create_product(desk: Premises, viewer: Viewer, command: CreateProduct) -> Result:
    """``id`` is the product's. DUPLICATE for a taken SKU, NOT_FOUND for a plan of which no version is published."""
    return perform(desk, viewer, "product.write", command, lambda work: _create(work, command))


def _create(work: Work, command: CreateProduct) -> Done:
    product = Product(
        sku=texts.required(to_latin_digits(command.sku), "sku"),
        name=texts.required(command.name, "name"),
        family=texts.optional(command.family, "family"),
        support_plan_code=plans.newest_published(work.session, command.support_plan, path="support_plan").code,
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
