"""Schedule a service, or put it off: when it is to be done, and by whom."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus, step_to
from backoffice.models import ServiceRecord, Staff
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Given
from backoffice.operations.kinds import Id, Instant
from backoffice.operations.operation import Operation
from backoffice.operations.result import UNSET, Unset, refuse
from backoffice.operations.services.states import ENTITY, RECORD, Step, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ScheduleService(Step):
    """When the record's work is to be done; ``assignee_id`` is a member of staff, None for nobody.

    The one so far stays where none is given.
    """

    scheduled_at: Annotated[
        datetime, Given(Instant(), Label(fa="زمان", en="Scheduled at"), about="When the work is to be done.")
    ]
    assignee_id: Annotated[
        int | Unset | None,
        Given(
            Id("Staff"),
            Label(fa="کارشناس", en="Assignee"),
            about="Who is to do it: the one so far when left out, nobody when null.",
        ),
    ] = UNSET


def _schedule(work: Work, command: ScheduleService) -> Done:
    record = lookups.record(work, command.id)
    before = document_of(record)
    if not isinstance(command.assignee_id, Unset):
        holder = _holder(work, record, command.assignee_id)
        record.assignee_id, record.office_id = command.assignee_id, holder.office_id
    record.status = RecordStatus.SCHEDULED
    record.scheduled_at = command.scheduled_at
    return changed(work, record, before, event=Event.RECORD_SCHEDULED)


def _holder(work: Work, record: ServiceRecord, assignee_id: int | None) -> Staff:
    """Whose office the record belongs to from now on: the assignee's, or else the author's."""
    staff_id = record.author_id if assignee_id is None else assignee_id
    holder = lookups.staff(work, staff_id, path="assignee_id")
    if assignee_id is not None and not holder.active:
        raise refuse(ErrorCode.INVALID, "assignee_inactive", path=("assignee_id",), name=holder.name)
    if work.viewer.own_office_only and holder.office_id != work.viewer.office_id:
        raise refuse(ErrorCode.FORBIDDEN, "assignee_elsewhere", path=("assignee_id",), name=holder.name)
    return holder


schedule_service = Operation(
    name="schedule_service",
    label=Label(fa="زمان‌بندی", en="Schedule"),
    description="Set when a service that is REQUESTED or SCHEDULED is to be done, and by whom.",
    permission="record.write",
    command=ScheduleService,
    entity=ENTITY,
    events=(Event.RECORD_SCHEDULED,),
    about=RECORD,
    possible=step_to(RecordStatus.SCHEDULED),
    body=_schedule,
    in_api=True,
)
"""``id`` is the record's. From requested or scheduled; CONFLICT from any other state, STALE as ever.

The record goes to its assignee's office, back to its author's when it is nobody's. NOT_FOUND for an assignee who is
none, INVALID for one who is not active, FORBIDDEN for another office where the viewer sees their own one's only.
"""
