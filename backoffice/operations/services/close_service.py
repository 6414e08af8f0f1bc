"""Close a service that was done: nothing remains to be seen to."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Result
from backoffice.operations.services.states import begin_step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CloseService(Command):
    """The record to close, and the version of it that was read."""

    operation: ClassVar[str] = "close_service"

    id: int
    version: int


def close_service(desk: Desk, viewer: Viewer, command: CloseService) -> Result:
    """``id`` is the record's. From done; CONFLICT from any other state, STALE as ever."""
    return perform(desk, viewer, "record.write", command, lambda work: _close(work, command))


def _close(work: Work, command: CloseService) -> Done:
    record = lookups.record(work, command.id)
    begin_step(work, record, command.version, RecordStatus.CLOSED)
    before = document_of(record)
    record.status = RecordStatus.CLOSED
    return changed(work, record, before, event="record_closed")
