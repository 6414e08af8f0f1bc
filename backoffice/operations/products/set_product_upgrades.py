"""Say which products a product can be upgraded to, all of them at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import Product, ProductUpgrade
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.products import product_rows
from backoffice.operations.result import Result, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Done, Work

MOST_UPGRADES = 20
"""A product has no more targets: whoever reads targets of targets gets an answer of bounded size."""


@dataclass(frozen=True, kw_only=True)
class SetProductUpgrades(Command):
    """``target_ids`` are all the products it can be upgraded to from now on; ``version`` is the one that was read."""

    operation: ClassVar[str] = "set_product_upgrades"

    id: int
    version: int
    target_ids: tuple[int, ...]


def set_product_upgrades(desk: Premises, viewer: Viewer, command: SetProductUpgrades) -> Result:
    """``id`` is the product's. STALE, with the unchanged product's id, when its version is another by now.

    NOT_FOUND for a target that is not there, INVALID for the product itself and for more than ``MOST_UPGRADES``.
    """
    return perform(desk, viewer, "product.write", command, lambda work: _set(work, command))


def _set(work: Work, command: SetProductUpgrades) -> Done:
    product = lookups.product(work, command.id, path="id")
    begin_change(work, product, command.version)
    targets = _targets(work, product, command.target_ids)
    before = product_rows.product_document(work, product)
    work.session.execute(delete(ProductUpgrade).where(ProductUpgrade.product_id == product.id))
    work.session.add_all(ProductUpgrade(product_id=product.id, target_id=target) for target in targets)
    product.version += 1
    product.updated_at = work.now
    work.session.flush()
    after = product_rows.product_document(work, product)
    return Done(
        entity="Product", entity_id=product.id, events=(Event.PRODUCT_UPGRADES_SET,), before=before, after=after
    )


def _targets(work: Work, product: Product, ids: Sequence[int]) -> list[int]:
    """The products of these ids, each once."""
    wanted = sorted(set(ids))
    if len(wanted) > MOST_UPGRADES:
        raise refuse(ErrorCode.INVALID, "too_many_upgrades", path=("target_ids",), most=MOST_UPGRADES)
    if product.id in wanted:
        raise refuse(ErrorCode.INVALID, "upgrade_to_itself", path=("target_ids",))
    return [lookups.product(work, target, path="target_ids").id for target in wanted]
