"""Schedule a service, or put it off: when it is to be done, and by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus
from backoffice.models import Staff
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Result, refuse
from backoffice.operations.states import begin_step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ScheduleService(Command):
    """When the record's work is to be done; ``assignee_id`` is a member of staff, the one so far unless given."""

    operation: ClassVar[str] = "schedule_service"

    id: int
    version: int
    scheduled_at: datetime
    assignee_id: int | None = None


def schedule_service(desk: Desk, viewer: Viewer, command: ScheduleService) -> Result:
    """``id`` is the record's. From requested or scheduled; CONFLICT from any other state, STALE as ever.

    The record goes to its assignee's office. NOT_FOUND for an assignee who is none, INVALID for one who is not active,
    FORBIDDEN for one of another office where the viewer sees only their own office's records.
    """
    return perform(desk, viewer, "record.write", command, lambda work: _schedule(work, command))


def _schedule(work: Work, command: ScheduleService) -> Done:
    record = lookups.record(work, command.id)
    begin_step(work, record, command.version, RecordStatus.SCHEDULED)
    before = document_of(record)
    record.status = RecordStatus.SCHEDULED
    record.scheduled_at = command.scheduled_at.astimezone(UTC)
    if command.assignee_id is not None:
        assignee = _assignee(work, command.assignee_id)
        record.assignee_id, record.office_id = assignee.id, assignee.office_id
    return changed(work, record, before, event="record_scheduled")


def _assignee(work: Work, staff_id: int) -> Staff:
    assignee = lookups.staff(work, staff_id, path="assignee_id")
    if not assignee.active:
        raise refuse(ErrorCode.INVALID, "assignee_inactive", path=("assignee_id",), name=assignee.name)
    if work.viewer.own_office_only and assignee.office_id != work.viewer.office_id:
        raise refuse(ErrorCode.FORBIDDEN, "assignee_elsewhere", path=("assignee_id",), name=assignee.name)
    return assignee
