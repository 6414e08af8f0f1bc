"""Move a member of staff to another office."""

from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode
from backoffice.models import Office
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.result import refuse
from backoffice.operations.staff import members
from backoffice.operations.staff.members import ENTITY, MEMBER, OFFICE, StaffId, is_active
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class MoveStaff(Command):
    """``office`` is the code of the office that the member works for from now on."""

    id: StaffId
    office: Annotated[str, OFFICE]


def _move(work: Work, command: MoveStaff) -> Done:
    staff = lookups.staff(work, command.id, path="id")
    office = members.office_called(work, command.office)
    if staff.office_id == office.id:
        raise refuse(ErrorCode.CONFLICT, "staff_in_office", path=("office",), office=office.code)
    left = work.session.get_one(Office, staff.office_id)
    staff.office_id = office.id
    work.session.flush()
    return members.changed(staff, Event.STAFF_MOVED, {"office": left.code}, {"office": office.code})


move_staff = Operation(
    name="move_staff",
    label=Label(fa="انتقال به دفتر دیگر", en="Move to another office"),
    description="Move a member of staff to another office.",
    permission="staff.manage",
    command=MoveStaff,
    entity=ENTITY,
    events=(Event.STAFF_MOVED,),
    about=MEMBER,
    possible=is_active,
    body=_move,
)
"""``id`` is the member's. NOT_FOUND for an unknown office, CONFLICT for the one they are in and for an inactive member.

Records stay with the office they belong to, also those that the member works on.
"""
