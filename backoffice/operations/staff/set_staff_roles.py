"""Set the roles of a member of staff."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import delete, select

from backoffice.access.viewers import roles_of
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import Role, StaffRole
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.operation import Operation
from backoffice.operations.staff import members
from backoffice.operations.staff.members import (
    ENTITY,
    MEMBER,
    ROLE_KIND,
    StaffId,
    anyone,
)
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class SetStaffRoles(Command):
    """``roles`` are all that the member holds from now on, at least one of ``ROLES``."""

    id: StaffId
    roles: Annotated[
        tuple[str, ...],
        Given(ROLE_KIND, Label(fa="نقش‌ها", en="Roles"), about="All roles that the member holds from now on."),
    ]


def _set(work: Work, command: SetStaffRoles) -> Done:
    staff = lookups.staff(work, command.id, path="id")
    wanted = sorted(set(command.roles))
    before = roles_of(work.session, staff.id)
    work.session.execute(delete(StaffRole).where(StaffRole.staff_id == staff.id))
    for role_id in work.session.scalars(select(Role.id).where(Role.name.in_(wanted))):
        work.session.add(StaffRole(staff_id=staff.id, role_id=role_id))
    work.session.flush()
    members.refuse_without_managers(work, "roles")
    return members.changed(staff, Event.STAFF_ROLES_SET, {"roles": list(before)}, {"roles": wanted})


set_staff_roles = Operation(
    name="set_staff_roles",
    label=Label(fa="تعیین نقش‌ها", en="Set the roles"),
    description="Set the roles of a member of staff.",
    permission="staff.manage",
    command=SetStaffRoles,
    entity=ENTITY,
    events=(Event.STAFF_ROLES_SET,),
    about=MEMBER,
    possible=anyone,
    body=_set,
)
"""``id`` is the member's. INVALID for no or an unknown role, CONFLICT when nobody could manage staff any more."""
