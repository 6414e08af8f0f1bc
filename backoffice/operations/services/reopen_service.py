"""Reopen a service that was done: more is to be done on it. Its slot stays, its proposed charge is reversed."""

from dataclasses import dataclass

from backoffice.domain.charge import AGREED
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.record import RecordStatus, step_to
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.operation import Operation
from backoffice.operations.services import record_charges
from backoffice.operations.services.states import ENTITY, RECORD, Step, changed
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ReopenService(Step):
    """Which record, the version of it that was read, and why it is reopened: a reason is required."""

    reason: Reason


def _reopen(work: Work, command: ReopenService) -> Done:
    record = lookups.record(work, command.id)
    before = document_of(record)
    record_charges.reverse(work, record, unless=AGREED)
    record.status = RecordStatus.IN_PROGRESS
    record.performed_at = None
    return changed(work, record, before, event=Event.RECORD_REOPENED, reason=command.reason)


reopen_service = Operation(
    name="reopen_service",
    label=Label(fa="بازگشایی", en="Reopen"),
    explained=Label(
        fa="خدمت دوباره در حال انجام می‌شود و باید از نو انجام‌شده ثبت شود:"
        " هزینهٔ پیشنهادی‌اش برگردانده می‌شود و سهمیه‌اش می‌ماند.",
        en="The service is in progress again and has to be completed anew:"
        " its proposed charge is reversed, its allowance stays.",
    ),
    description="Take a service that is DONE back to IN_PROGRESS; it keeps its allowance.",
    permission="record.write",
    command=ReopenService,
    entity=ENTITY,
    events=(Event.RECORD_REOPENED,),
    about=RECORD,
    possible=step_to(RecordStatus.IN_PROGRESS, out_of={RecordStatus.DONE}),
    body=_reopen,
    in_api=True,
)
"""``id`` is the record's. From done; CONFLICT from any other state, STALE as ever.

The record is in progress again: not performed, with its result so far, its slot and the decision in force until it is
completed anew. Whoever may complete it may reopen it, but not undo what finance has confirmed: CONFLICT, and voiding is
a supervisor's to do.
"""
