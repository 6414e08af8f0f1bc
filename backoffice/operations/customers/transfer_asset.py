"""Transfer an asset to its next owner, with the support periods that belong to it."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from sqlalchemy import func, select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode
from backoffice.models import Asset, AssetTransfer
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers import customer_rows
from backoffice.operations.customers.customer_subjects import ASSET, AssetId
from backoffice.operations.customers.periods import asset_document
from backoffice.operations.kinds import Id, PastDay
from backoffice.operations.operation import Operation
from backoffice.operations.result import refuse
from backoffice.operations.usual_fields import Reason, VersionRead
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class TransferAsset(Command):
    """The asset, the version of it that was read, its next owner, the day it changed hands, and why."""

    asset_id: AssetId
    version: VersionRead
    customer_id: Annotated[
        int, Given(Id("Customer"), Label(fa="مالک تازه", en="Next owner"), about="Who owns it from now on.")
    ]
    transferred_on: Annotated[
        date,
        Given(
            PastDay(),
            Label(fa="تاریخ انتقال", en="Transferred on"),
            about="The day it changed hands; not in the future.",
        ),
    ]
    reason: Reason


def _transfer(work: Work, command: TransferAsset) -> Done:
    asset = lookups.asset(work, command.asset_id)
    owner = lookups.customer(work, command.customer_id)
    if owner.id == asset.customer_id:
        raise refuse(ErrorCode.INVALID, "already_the_owner", path=("customer_id",))
    _refuse_impossible_day(work, asset, command.transferred_on)
    before = asset_document(work.session, asset)
    work.session.add(_transferred(work, asset, command))
    customer_rows.no_longer_a_prospect(work, owner)
    asset.customer_id, asset.site_id = owner.id, None
    asset.version += 1
    asset.updated_at = work.now
    work.session.flush()
    after = asset_document(work.session, asset)
    return Done(
        entity="Asset",
        entity_id=asset.id,
        events=(Event.ASSET_TRANSFERRED,),
        before=before,
        after=after,
        reason=command.reason,
    )


def _refuse_impossible_day(work: Work, asset: Asset, day: date) -> None:
    if day < asset.purchased_on:
        raise refuse(ErrorCode.INVALID, "before_purchase", path=("transferred_on",))
    last = select(func.max(AssetTransfer.transferred_on)).where(AssetTransfer.asset_id == asset.id)
    transferred_on = work.session.scalar(last)
    if transferred_on is not None and day < transferred_on:
        raise refuse(ErrorCode.INVALID, "before_last_transfer", path=("transferred_on",), transferred_on=transferred_on)


def _transferred(work: Work, asset: Asset, command: TransferAsset) -> AssetTransfer:
    return AssetTransfer(
        asset_id=asset.id,
        from_customer_id=asset.customer_id,
        to_customer_id=command.customer_id,
        transferred_on=command.transferred_on,
        reason=command.reason,
        at=work.now,
        staff_id=work.viewer.staff_id,
    )


transfer_asset = Operation(
    name="transfer_asset",
    label=Label(fa="انتقال دستگاه", en="Transfer"),
    description="Give an asset to its next owner; its periods and allowances go with it.",
    permission="asset.write",
    command=TransferAsset,
    entity="Asset",
    events=(Event.ASSET_TRANSFERRED,),
    about=ASSET,
    body=_transfer,
    in_api=True,
)
"""``id`` is the asset's. It stands at no site until the next owner's is known, and a prospect becomes a customer.

Periods and what is left of their allowances go with the asset. Service records stay with whoever asked for them:
open ones can still be completed or cancelled. NOT_FOUND for an unknown asset or customer, STALE by the version,
INVALID for the owner of today, and for a day in the future, before the purchase or before the last transfer.
"""
