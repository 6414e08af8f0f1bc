"""Set the roles of a member of staff."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import delete, select

from backoffice.access.permissions import ROLES
from backoffice.access.roles import roles_of
from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.models import Role, StaffRole
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result, refuse
from backoffice.operations.staff import members
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class SetStaffRoles(Command):
    """``roles`` are all that the member holds from now on, at least one of ``ROLES``."""

    operation: ClassVar[str] = "set_staff_roles"

    id: int
    roles: tuple[str, ...]


def set_staff_roles(desk: Premises, viewer: Viewer, command: SetStaffRoles) -> Result:
    """``id`` is the member's. INVALID for no or an unknown role, CONFLICT when nobody could manage staff any more."""
    return perform(desk, viewer, "staff.manage", command, lambda work: _set(work, command))


def _set(work: Work, command: SetStaffRoles) -> Done:
    staff = members.held(work, command.id)
    wanted = _known(command.roles)
    before = roles_of(work.session, staff.id)
    work.session.execute(delete(StaffRole).where(StaffRole.staff_id == staff.id))
    for role_id in work.session.scalars(select(Role.id).where(Role.name.in_(wanted))):
        work.session.add(StaffRole(staff_id=staff.id, role_id=role_id))
    work.session.flush()
    members.refuse_without_managers(work, "roles")
    return members.changed(staff, Event.STAFF_ROLES_SET, {"roles": list(before)}, {"roles": wanted})


def _known(roles: tuple[str, ...]) -> list[str]:
    wanted = sorted(set(roles))
    if not wanted:
        raise refuse(ErrorCode.INVALID, "required", path=("roles",))
    for name in wanted:
        if name not in ROLES:
            raise refuse(ErrorCode.INVALID, "unknown_role", path=("roles",), role=name)
    return wanted
