"""Ending a record without a service that counts: its slot given back, its charge reversed, nothing payable."""

from dataclasses import dataclass

from backoffice.domain.record import RecordStatus
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.documents import document_of
from backoffice.operations.services import charges, slots
from backoffice.operations.services.record_rows import ended_values
from backoffice.operations.services.states import begin_step, changed
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
    charges.reverse(work, record)
    record.change(ended_values(end, reason))
    return changed(work, record, before, event=f"record_{end}", reason=reason)
