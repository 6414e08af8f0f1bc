"""Reopen a service that was done: more is to be done on it. Its slot stays, its proposed charge is reversed."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Result
from backoffice.operations.services import charges
from backoffice.operations.services.states import begin_step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ReopenService(Command):
    """Which record, the version of it that was read, and why it is reopened: a reason is required."""

    operation: ClassVar[str] = "reopen_service"

    id: int
    version: int
    reason: str


def reopen_service(desk: Desk, viewer: Viewer, command: ReopenService) -> Result:
    """``id`` is the record's. From done; CONFLICT from any other state, STALE as ever.

    The record is in progress again: not performed, with its result so far, its slot and the decision in force until it
    is completed anew. Whoever may complete it may reopen it, but not undo what finance has confirmed: CONFLICT, and
    voiding is a supervisor's to do.
    """
    return perform(desk, viewer, "record.write", command, lambda work: _reopen(work, command))


def _reopen(work: Work, command: ReopenService) -> Done:
    record = lookups.record(work, command.id)
    begin_step(work, record, command.version, RecordStatus.IN_PROGRESS, out_of={RecordStatus.DONE})
    reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    before = document_of(record)
    charges.reverse(work, record, unless=charges.AGREED)
    record.status = RecordStatus.IN_PROGRESS
    record.performed_at = None
    return changed(work, record, before, event="record_reopened", reason=reason)
