"""Members of staff in operations: held for a change, how the change is told, and that somebody is left who manages."""

from sqlalchemy import select

from backoffice.access.permissions import ROLES
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import Office, Role, Staff, StaffRole
from backoffice.operations import lookups
from backoffice.operations.result import refuse
from backoffice.operations.work import Done, Work

MANAGING = tuple(role for role, permissions in ROLES.items() if "staff.manage" in permissions)


def held(work: Work, staff_id: int) -> Staff:
    """The member, whom nobody else changes meanwhile; NOT_FOUND for an unknown one."""
    staff = lookups.staff(work, staff_id, path="id")
    lookups.lock(work, staff)
    return staff


def office_called(work: Work, code: str) -> Office:
    """The office with this code; NOT_FOUND for an unknown one."""
    office = work.session.scalar(select(Office).where(Office.code == code))
    if office is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_office", path=("office",), office=code)
    return office


def refuse_without_managers(work: Work, path: str) -> None:
    """Somebody must be left who can manage staff; whoever else might stop at this moment is held meanwhile."""
    managers = (
        select(Staff.id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .join(Role, Role.id == StaffRole.role_id)
        .where(Role.name.in_(MANAGING))
        .with_for_update(of=Staff, key_share=True)
    )
    found = work.session.scalars(managers).all()
    if work.session.scalar(select(Staff.id).where(Staff.id.in_(found), Staff.active).limit(1)) is None:
        raise refuse(ErrorCode.CONFLICT, "last_manager", path=(path,))


def changed(
    staff: Staff, event: Event, before: dict[str, object], after: dict[str, object], *, reason: str | None = None
) -> Done:
    """What was done to a member, who is named on both sides of the trail."""
    named = {"username": staff.username}
    return Done(
        entity="Staff", entity_id=staff.id, events=(event,), before=named | before, after=named | after, reason=reason
    )
