"""Say which products a product can be upgraded to, all of them at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import delete

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import ProductUpgrade
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import (
    Ids,
)
from backoffice.operations.operation import Operation
from backoffice.operations.products import product_rows
from backoffice.operations.products.product_subjects import PRODUCT, ProductId
from backoffice.operations.usual_fields import VersionRead
from backoffice.operations.work import Done, Work

MOST_UPGRADES = 20
"""A product has no more targets: whoever reads targets of targets gets an answer of bounded size."""


@dataclass(frozen=True, kw_only=True)
class SetProductUpgrades(Command):
    """``target_ids`` are all the products it can be upgraded to from now on; ``version`` is the one that was read."""

    id: ProductId
    version: VersionRead
    target_ids: Annotated[
        tuple[int, ...],
        Given(
            Ids("Product", most=MOST_UPGRADES, detail="too_many_upgrades"),
            Label(fa="ارتقا به", en="Upgrades to"),
            about="All products it can be upgraded to; not itself, 20 at most.",
        ),
    ]

    def contradictions(self) -> Iterator[Problem]:
        """A product that is upgraded to itself."""
        if self.id in self.target_ids:
            yield Problem(code=ErrorCode.INVALID, detail="upgrade_to_itself", path=("target_ids",))


def _set(work: Work, command: SetProductUpgrades) -> Done:
    product = lookups.product(work, command.id, path="id")
    before = product_rows.product_document(work, product)
    work.session.execute(delete(ProductUpgrade).where(ProductUpgrade.product_id == product.id))
    work.session.add_all(
        ProductUpgrade(product_id=product.id, target_id=target) for target in sorted(set(command.target_ids))
    )
    product.version += 1
    product.updated_at = work.now
    work.session.flush()
    after = product_rows.product_document(work, product)
    return Done(
        entity="Product", entity_id=product.id, events=(Event.PRODUCT_UPGRADES_SET,), before=before, after=after
    )


set_product_upgrades = Operation(
    name="set_product_upgrades",
    label=Label(fa="تعیین ارتقاها", en="Set the upgrades"),
    description="Say which products a product can be upgraded to.",
    permission="product.write",
    command=SetProductUpgrades,
    entity="Product",
    events=(Event.PRODUCT_UPGRADES_SET,),
    about=PRODUCT,
    body=_set,
    in_api=True,
)
"""``id`` is the product's. STALE, with the unchanged product's id, when its version is another by now.

NOT_FOUND for a target that is not there, INVALID for the product itself and for more than ``MOST_UPGRADES``.
"""
