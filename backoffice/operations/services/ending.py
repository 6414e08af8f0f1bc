"""Ending a record without a service that counts: its slot given back, its charge reversed, nothing payable."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.record import RecordStatus
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.services import record_charges, slots
from backoffice.operations.services.record_rows import ended_values
from backoffice.operations.services.states import Step, changed
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class Ending(Step):
    """Which record, the version of it that was read, and why it ends: a reason is required."""

    reason: Reason


def end_service(work: Work, ending: Ending, end: RecordStatus) -> Done:
    """Take the record to ``end``: cancelled or voided."""
    record = lookups.record(work, ending.id)
    before = document_of(record)
    slot = slots.slot_of(work, record.id)
    if slot is not None:
        slots.release(work, slot)
    record_charges.reverse(work, record)
    record.change(ended_values(end, ending.reason))
    return changed(work, record, before, event=Event[f"RECORD_{end.name}"], reason=ending.reason)
