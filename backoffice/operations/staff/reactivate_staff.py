"""Let a member of staff sign in again."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.staff import members
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ReactivateStaff(Command):
    """The member can sign in again; the tokens stay revoked."""

    operation: ClassVar[str] = "reactivate_staff"

    id: int


def reactivate_staff(desk: Premises, viewer: Viewer, command: ReactivateStaff) -> Result:
    """``id`` is the member's. CONFLICT for one who is active."""
    return perform(desk, viewer, "staff.manage", command, lambda work: _reactivate(work, command))


def _reactivate(work: Work, command: ReactivateStaff) -> Done:
    staff = members.held(work, command.id)
    if staff.active:
        raise refuse(ErrorCode.CONFLICT, "staff_active", path=("id",))
    staff.active = True
    work.session.flush()
    return members.changed(staff, Event.STAFF_REACTIVATED, {"active": False}, {"active": True})
