"""Close a service that was done: nothing remains to be seen to."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.record import RecordStatus, step_to
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.operation import Operation
from backoffice.operations.services.states import ENTITY, RECORD, Step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CloseService(Step):
    """The record to close, and the version of it that was read."""


def _close(work: Work, command: CloseService) -> Done:
    record = lookups.record(work, command.id)
    before = document_of(record)
    record.status = RecordStatus.CLOSED
    return changed(work, record, before, event=Event.RECORD_CLOSED)


close_service = Operation(
    name="close_service",
    label=Label(fa="بستن", en="Close"),
    explained=Label(
        fa="کاری بر این خدمت نمانده است. خدمت بسته دیگر باز نمی‌شود؛ فقط سرپرست می‌تواند باطلش کند.",
        en="Nothing remains to be done. A closed service is not opened again; only a supervisor can void it.",
    ),
    description="Close a service that is DONE.",
    permission="record.write",
    command=CloseService,
    entity=ENTITY,
    events=(Event.RECORD_CLOSED,),
    about=RECORD,
    possible=step_to(RecordStatus.CLOSED),
    body=_close,
    in_api=True,
)
"""``id`` is the record's. From done; CONFLICT from any other state, STALE as ever."""
