"""Schedule a service, or put it off: when it is to be done, and by whom."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus
from backoffice.models import ServiceRecord, Staff
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import UNSET, Result, Unset, refuse
from backoffice.operations.services.states import begin_step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ScheduleService(Command):
    """When the record's work is to be done; ``assignee_id`` is a member of staff, None for nobody.

    The one so far stays where none is given.
    """

    operation: ClassVar[str] = "schedule_service"

    id: int
    version: int
    scheduled_at: datetime
    assignee_id: int | Unset | None = UNSET


def schedule_service(desk: Desk, viewer: Viewer, command: ScheduleService) -> Result:
    """``id`` is the record's. From requested or scheduled; CONFLICT from any other state, STALE as ever.

    The record goes to its assignee's office, back to its author's when it is nobody's. NOT_FOUND for an assignee who
    is none, INVALID for one who is not active, FORBIDDEN for another office where the viewer sees their own one's only.
    """
    return perform(desk, viewer, "record.write", command, lambda work: _schedule(work, command))


def _schedule(work: Work, command: ScheduleService) -> Done:
    record = lookups.record(work, command.id)
    begin_step(work, record, command.version, RecordStatus.SCHEDULED)
    before = document_of(record)
    if not isinstance(command.assignee_id, Unset):
        holder = _holder(work, record, command.assignee_id)
        record.assignee_id, record.office_id = command.assignee_id, holder.office_id
    record.status = RecordStatus.SCHEDULED
    record.scheduled_at = command.scheduled_at.astimezone(UTC)
    return changed(work, record, before, event="record_scheduled")


def _holder(work: Work, record: ServiceRecord, assignee_id: int | None) -> Staff:
    """Whose office the record belongs to from now on: the assignee's, or else the author's."""
    staff_id = record.author_id if assignee_id is None else assignee_id
    holder = lookups.staff(work, staff_id, path="assignee_id")
    if assignee_id is not None and not holder.active:
        raise refuse(ErrorCode.INVALID, "assignee_inactive", path=("assignee_id",), name=holder.name)
    if work.viewer.own_office_only and holder.office_id != work.viewer.office_id:
        raise refuse(ErrorCode.FORBIDDEN, "assignee_elsewhere", path=("assignee_id",), name=holder.name)
    return holder
