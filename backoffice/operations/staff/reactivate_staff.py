"""Let a member of staff sign in again."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.staff import members
from backoffice.operations.staff.members import (
    ENTITY,
    MEMBER,
    StaffId,
    is_inactive,
)
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ReactivateStaff(Command):
    """The member can sign in again; the tokens stay revoked."""

    id: StaffId


def _reactivate(work: Work, command: ReactivateStaff) -> Done:
    staff = lookups.staff(work, command.id, path="id")
    staff.active = True
    work.session.flush()
    return members.changed(staff, Event.STAFF_REACTIVATED, {"active": False}, {"active": True})


reactivate_staff = Operation(
    name="reactivate_staff",
    label=Label(fa="فعال کردن", en="Reactivate"),
    description="Let a member of staff sign in again.",
    permission="staff.manage",
    command=ReactivateStaff,
    entity=ENTITY,
    events=(Event.STAFF_REACTIVATED,),
    about=MEMBER,
    possible=is_inactive,
    body=_reactivate,
)
"""``id`` is the member's. CONFLICT for one who is active."""
