"""Change a product's name, family or plan, unless somebody else changed it meanwhile. Its SKU never changes."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.models import Product
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.products import product_rows
from backoffice.operations.result import UNSET, Result, Unset
from backoffice.operations.rules import plans
from backoffice.operations.undeclared import perform
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class UpdateProduct(Command):
    """Fields left out stay as they are; ``version`` is the one that was read, ``support_plan`` a published plan's code.

    Another plan is for purchases and renewals to come: what was sold keeps the plan it was sold with.
    """

    operation: ClassVar[str] = "update_product"

    id: int
    version: int
    name: str | Unset | None = UNSET
    family: str | Unset | None = UNSET
    support_plan: str | Unset | None = UNSET


def update_product(desk: Premises, viewer: Viewer, command: UpdateProduct) -> Result:
    """``id`` is the product's. STALE, with the unchanged product's id, when its version is another by now.

    NOT_FOUND for a plan of which no version is published.
    """
    return perform(desk, viewer, "product.write", command, lambda work: _update(work, command))


def _update(work: Work, command: UpdateProduct) -> Done:
    product = lookups.product(work, command.id, path="id")
    begin_change(work, product, command.version)
    before = product_rows.product_document(work, product)
    _apply(work, product, command)
    product_rows.index(product)
    work.session.flush()
    after = product_rows.product_document(work, product)
    return Done(entity="Product", entity_id=product.id, events=(Event.PRODUCT_UPDATED,), before=before, after=after)


def _apply(work: Work, product: Product, command: UpdateProduct) -> None:
    if command.name is not UNSET:
        product.name = texts.required(command.name, "name")
    if command.family is not UNSET:
        product.family = texts.optional(command.family, "family")
    if command.support_plan is not UNSET:
        code = texts.required(command.support_plan, "support_plan")
        product.support_plan_code = plans.newest_published(work.session, code, path="support_plan").code
    product.version += 1
    product.updated_at = work.now
