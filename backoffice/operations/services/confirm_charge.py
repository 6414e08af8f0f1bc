"""Confirm a charge: finance has looked at what a decision proposed, and it is payable."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from backoffice.access import rows
from backoffice.access.access_class import access_class, viewer_binds
from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.models import Charge, ChargeStatus, ServiceRecord
from backoffice.models.base import is_possible_id
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Result, refuse
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ConfirmCharge(Command):
    """The charge's id."""

    operation: ClassVar[str] = "confirm_charge"

    id: int


def confirm_charge(desk: Desk, viewer: Viewer, command: ConfirmCharge) -> Result:
    """``id`` is the charge's. NOT_FOUND when the viewer sees no record of it, CONFLICT unless it is proposed."""
    return perform(desk, viewer, "charge.confirm", command, lambda work: _confirm(work, command.id))


def _confirm(work: Work, charge_id: int) -> Done:
    charge = _held(work, charge_id)
    if charge.status is not ChargeStatus.PROPOSED:
        raise refuse(ErrorCode.CONFLICT, "charge_status", path=("id",), status=charge.status)
    before = document_of(charge)
    charge.status = ChargeStatus.CONFIRMED
    work.session.flush()
    after = document_of(charge)
    return Done(entity="Charge", entity_id=charge.id, events=("charge_confirmed",), before=before, after=after)


def _held(work: Work, charge_id: int) -> Charge:
    found = None
    if is_possible_id(charge_id):
        seen = rows.service_records(ServiceRecord, access_class(work.viewer))
        by_record = select(Charge).join(ServiceRecord, ServiceRecord.id == Charge.record_id)
        found = work.session.scalar(by_record.where(Charge.id == charge_id, seen), viewer_binds(work.viewer))
    if found is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("id",))
    lookups.lock(work, found)
    return found
