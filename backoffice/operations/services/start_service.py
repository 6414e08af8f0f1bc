"""Start a service: somebody is at work on it."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.record import WAITING, RecordStatus, step_to
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.operation import Operation
from backoffice.operations.services.states import ENTITY, RECORD, Step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class StartService(Step):
    """The record to start, and the version of it that was read."""


def _start(work: Work, command: StartService) -> Done:
    record = lookups.record(work, command.id)
    before = document_of(record)
    record.status = RecordStatus.IN_PROGRESS
    return changed(work, record, before, event=Event.RECORD_STARTED)


start_service = Operation(
    name="start_service",
    label=Label(fa="شروع", en="Start"),
    explained=Label(fa="خدمت در حال انجام می‌شود.", en="The service is in progress from now on."),
    description="Begin a service that is REQUESTED or SCHEDULED.",
    permission="record.write",
    command=StartService,
    entity=ENTITY,
    events=(Event.RECORD_STARTED,),
    about=RECORD,
    possible=step_to(RecordStatus.IN_PROGRESS, out_of=WAITING),
    body=_start,
    in_api=True,
)
"""``id`` is the record's. From requested or scheduled; CONFLICT from any other state, STALE as ever."""
