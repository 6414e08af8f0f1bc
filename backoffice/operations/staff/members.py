"""Members of staff in operations: held for a change, how the change is told, and that somebody is left who manages."""

from typing import Annotated, TypeAlias

from sqlalchemy import select

from backoffice.access.permissions import ROLES
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Office, Role, Staff, StaffRole
from backoffice.operations.command import Given
from backoffice.operations.kinds import (
    Called,
    Id,
    Known,
)
from backoffice.operations.result import refuse
from backoffice.operations.subject import Subject
from backoffice.operations.work import Done, Work

MANAGING = tuple(role for role, permissions in ROLES.items() if "staff.manage" in permissions)


def office_called(work: Work, code: str, path: str = "office") -> Office:
    """The office with this code; NOT_FOUND for an unknown one."""
    office = work.session.scalar(select(Office).where(Office.code == code))
    if office is None:
        raise refuse(ErrorCode.NOT_FOUND, "unknown_office", path=(path,), office=code)
    return office


ENTITY = "Staff"
MEMBER = Subject(entity=ENTITY, state=lambda work, staff: staff.active)
"""A member of staff; the state is whether they can sign in."""

StaffId: TypeAlias = Annotated[int, Given(Id(ENTITY), Label(fa="عضو", en="Member of staff"), about="Which member.")]
OFFICE = Given(
    Called(entity="Office", find=office_called),
    Label(fa="دفتر", en="Office"),
    about="Code of the office that the member works for.",
)
ROLE_KIND = Known(ROLES, "unknown_role", "role", least=1)


def anyone(active: bool, viewer: object) -> None:  # noqa: FBT001 - a state, not a flag
    """No state of a member stands in the way; the member is held all the same."""


def is_active(active: bool, viewer: object) -> Problem | None:  # noqa: FBT001 - a state, not a flag
    """The rule of what only those who work here are done: CONFLICT for an inactive member."""
    return None if active else Problem(code=ErrorCode.CONFLICT, detail="staff_inactive", path=("id",))


def is_inactive(active: bool, viewer: object) -> Problem | None:  # noqa: FBT001 - a state, not a flag
    """The rule of reactivating: CONFLICT for one who is active."""
    return Problem(code=ErrorCode.CONFLICT, detail="staff_active", path=("id",)) if active else None


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
        entity=ENTITY, entity_id=staff.id, events=(event,), before=named | before, after=named | after, reason=reason
    )
