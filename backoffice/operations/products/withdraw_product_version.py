"""Withdraw a released version: one that was entered wrongly, or that the company takes back. It stays on record."""

from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Id
from backoffice.operations.operation import Operation
from backoffice.operations.products.product_subjects import VERSION, stands
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class WithdrawProductVersion(Command):
    """Its label can then be released anew."""

    product_version_id: Annotated[
        int, Given(Id("ProductVersion"), Label(fa="نسخه", en="Version"), about="Which version.")
    ]
    reason: Reason


def _withdraw(work: Work, command: WithdrawProductVersion) -> Done:
    version = lookups.product_version(work, command.product_version_id)
    before = document_of(version)
    version.withdrawn_on = work.today
    version.withdrawal_reason = command.reason
    work.session.flush()
    return Done(
        entity="Product",
        entity_id=version.product_id,
        events=(Event.PRODUCT_VERSION_WITHDRAWN,),
        before={"product_version": before},
        after={"product_version": document_of(version)},
        reason=version.withdrawal_reason,
    )


withdraw_product_version = Operation(
    name="withdraw_product_version",
    label=Label(fa="پس گرفتن نسخه", en="Withdraw the version"),
    description="Withdraw a version that stands; it stays on record with its reason.",
    permission="product.write",
    command=WithdrawProductVersion,
    entity="Product",
    events=(Event.PRODUCT_VERSION_WITHDRAWN,),
    about=VERSION,
    possible=stands,
    body=_withdraw,
    danger=True,
    in_api=True,
)
"""``id`` is the product's. CONFLICT for a version that is withdrawn already."""
