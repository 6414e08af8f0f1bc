"""Cancel a service that was not done: its slot is given back, nothing is payable."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.record import RecordStatus, step_to
from backoffice.operations.operation import Operation
from backoffice.operations.services.ending import Ending, end_service
from backoffice.operations.services.states import ENTITY, RECORD
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CancelService(Ending):
    """The record to cancel."""


def _cancel(work: Work, command: CancelService) -> Done:
    return end_service(work, command, RecordStatus.CANCELLED)


cancel_service = Operation(
    name="cancel_service",
    label=Label(fa="لغو", en="Cancel"),
    explained=Label(
        fa="خدمت انجام نمی‌شود، چیزی پرداختنی نیست و اگر سهمیه‌ای گرفته باشد آزاد می‌شود. لغو بازگشت ندارد.",
        en="The service will not be done, nothing is payable and an allowance it took is given back."
        " There is no way back.",
    ),
    description="Cancel a service that is REQUESTED, SCHEDULED or IN_PROGRESS; its allowance is given back.",
    permission="record.write",
    command=CancelService,
    entity=ENTITY,
    events=(Event.RECORD_CANCELLED,),
    about=RECORD,
    possible=step_to(RecordStatus.CANCELLED),
    body=_cancel,
    danger=True,
    in_api=True,
)
"""``id`` is the record's. From requested, scheduled or in progress; CONFLICT from any other state, STALE."""
