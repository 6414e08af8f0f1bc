"""Void a service that was done: its slot is given back, its charge reversed, nothing is payable."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.record import RecordStatus, step_to
from backoffice.operations.operation import Operation
from backoffice.operations.services.ending import Ending, end_service
from backoffice.operations.services.states import ENTITY, RECORD
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class VoidService(Ending):
    """The record to void."""


def _void(work: Work, command: VoidService) -> Done:
    return end_service(work, command, RecordStatus.VOIDED)


void_service = Operation(
    name="void_service",
    label=Label(fa="ابطال", en="Void"),
    explained=Label(
        fa="این خدمت دیگر به حساب نمی‌آید: سهمیه‌اش آزاد و هزینه‌اش برگردانده می‌شود. ابطال بازگشت ندارد.",
        en="The service counts no more: its allowance is given back and its charge reversed. There is no way back.",
    ),
    description="Take back a service that is DONE or CLOSED; its allowance is given back and its charge reversed."
    " CONFLICT where the charge is in the books.",
    permission="record.void",
    command=VoidService,
    entity=ENTITY,
    events=(Event.RECORD_VOIDED,),
    about=RECORD,
    possible=step_to(RecordStatus.VOIDED),
    body=_void,
    danger=True,
    in_api=True,
)
"""``id`` is the record's. From done or closed; CONFLICT from any other state, STALE as ever.

CONFLICT, too, where the charge is in the books: only they can take it back.
"""
