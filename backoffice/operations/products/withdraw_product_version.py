"""Withdraw a released version: one that was entered wrongly, or that the company takes back. It stays on record."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class WithdrawProductVersion(Command):
    """Its label can then be released anew."""

    operation: ClassVar[str] = "withdraw_product_version"

    product_version_id: int
    reason: str


def withdraw_product_version(desk: Premises, viewer: Viewer, command: WithdrawProductVersion) -> Result:
    """``id`` is the product's. CONFLICT for a version that is withdrawn already."""
    return perform(desk, viewer, "product.write", command, lambda work: _withdraw(work, command))


def _withdraw(work: Work, command: WithdrawProductVersion) -> Done:
    version = lookups.product_version(work, command.product_version_id)
    lookups.lock(work, version)
    if version.withdrawn_on is not None:
        raise refuse(ErrorCode.CONFLICT, "product_version_withdrawn", path=("product_version_id",), label=version.label)
    before = document_of(version)
    version.withdrawn_on = work.today
    version.withdrawal_reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    work.session.flush()
    return Done(
        entity="Product",
        entity_id=version.product_id,
        events=(Event.PRODUCT_VERSION_WITHDRAWN,),
        before={"product_version": before},
        after={"product_version": document_of(version)},
        reason=version.withdrawal_reason,
    )
