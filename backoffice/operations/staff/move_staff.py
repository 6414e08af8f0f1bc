"""Move a member of staff to another office."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import Office
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.staff import members
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class MoveStaff(Command):
    """``office`` is the code of the office that the member works for from now on."""

    operation: ClassVar[str] = "move_staff"

    id: int
    office: str


def move_staff(desk: Premises, viewer: Viewer, command: MoveStaff) -> Result:
    """``id`` is the member's. NOT_FOUND for an unknown office, CONFLICT for the one they are in.

    Records stay with the office they belong to, also those that the member works on.
    """
    return perform(desk, viewer, "staff.manage", command, lambda work: _move(work, command))


def _move(work: Work, command: MoveStaff) -> Done:
    staff = members.held(work, command.id)
    office = members.office_called(work, command.office)
    if staff.office_id == office.id:
        raise refuse(ErrorCode.CONFLICT, "staff_in_office", path=("office",), office=office.code)
    left = work.session.get_one(Office, staff.office_id)
    staff.office_id = office.id
    work.session.flush()
    return members.changed(staff, Event.STAFF_MOVED, {"office": left.code}, {"office": office.code})
