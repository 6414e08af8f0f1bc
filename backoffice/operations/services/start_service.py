"""Start a service: somebody is at work on it."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.record import WAITING, RecordStatus
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Result
from backoffice.operations.services.states import begin_step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class StartService(Command):
    """The record to start, and the version of it that was read."""

    operation: ClassVar[str] = "start_service"

    id: int
    version: int


def start_service(desk: Desk, viewer: Viewer, command: StartService) -> Result:
    """``id`` is the record's. From requested or scheduled; CONFLICT from any other state, STALE as ever."""
    return perform(desk, viewer, "record.write", command, lambda work: _start(work, command))


def _start(work: Work, command: StartService) -> Done:
    record = lookups.record(work, command.id)
    begin_step(work, record, command.version, RecordStatus.IN_PROGRESS, out_of=WAITING)
    before = document_of(record)
    record.status = RecordStatus.IN_PROGRESS
    return changed(work, record, before, event="record_started")
