"""Ending a record without a service that counts: its slot given back, its charge reversed, nothing payable."""

from dataclasses import dataclass

from sqlalchemy import select

from backoffice.domain.record import RecordStatus
from backoffice.models import Charge, ChargeStatus
from backoffice.operations import lookups, slots, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.states import begin_step
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class Ending(Command):
    """Which record, the version of it that was read, and why it ends: a reason is required."""

    id: int
    version: int
    reason: str


def end_service(work: Work, ending: Ending, end: RecordStatus) -> Done:
    """Take the record to ``end``: cancelled or voided."""
    record = lookups.record(work, ending.id)
    begin_step(work, record, ending.version, end)
    reason = texts.required(ending.reason, "reason", longest=texts.LONGEST_NOTE)
    before = document_of(record)
    slot = slots.slot_of(work, record.id)
    if slot is not None:
        slots.release(work, slot)
    _reverse_charge(work, record.id)
    record.status = end
    record.amount = 0
    record.end_reason = reason
    record.version += 1
    record.updated_at = work.now
    work.session.flush()
    return Done(
        entity="ServiceRecord",
        entity_id=record.id,
        events=(f"record_{end}",),
        before=before,
        after=document_of(record),
        reason=reason,
    )


def _reverse_charge(work: Work, record_id: int) -> None:
    standing = select(Charge).where(Charge.record_id == record_id, Charge.status != ChargeStatus.REVERSED)
    charge = work.session.scalar(standing)
    if charge is not None:
        charge.status = ChargeStatus.REVERSED
        charge.reversed_at = work.now
