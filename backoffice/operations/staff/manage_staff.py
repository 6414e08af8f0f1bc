"""Change what members of staff may do: their roles, whether they work here, and their password."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar

from sqlalchemy import delete, select, update

from backoffice.access.credentials import hash_password, password_problems
from backoffice.access.permissions import ROLES
from backoffice.access.roles import roles_of
from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.models import ApiToken, Role, Staff, StaffRole
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command, Repeatable
from backoffice.operations.desk import Desk
from backoffice.operations.operation import perform
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.work import Done, Work

PERMISSION = "staff.manage"
MANAGING = tuple(role for role, permissions in ROLES.items() if PERMISSION in permissions)


@dataclass(frozen=True, kw_only=True)
class SetStaffRoles(Command):
    """``roles`` are all that the member holds from now on, at least one of ``ROLES``."""

    operation: ClassVar[str] = "set_staff_roles"

    id: int
    roles: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DeactivateStaff(Command):
    """The member can no longer sign in, their sessions end and their tokens are revoked."""

    operation: ClassVar[str] = "deactivate_staff"

    id: int
    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class ReactivateStaff(Command):
    """The member can sign in again; the tokens stay revoked."""

    operation: ClassVar[str] = "reactivate_staff"

    id: int


@dataclass(frozen=True, kw_only=True)
class ResetPassword(Repeatable):
    """A new password; sessions end, and a lock after failed attempts is lifted.

    Another password under the same key is the same input: only the first one was set.
    """

    operation: ClassVar[str] = "reset_password"

    id: int
    password: str = field(repr=False, compare=False)


def set_staff_roles(desk: Desk, viewer: Viewer, command: SetStaffRoles) -> Result:
    """``id`` is the member's. INVALID for no or an unknown role, CONFLICT when nobody could manage staff any more."""
    return perform(desk, viewer, PERMISSION, command, lambda work: _set_roles(work, command))


def deactivate_staff(desk: Desk, viewer: Viewer, command: DeactivateStaff) -> Result:
    """``id`` is the member's. CONFLICT for one inactive already, and when nobody could manage staff any more."""
    return perform(desk, viewer, PERMISSION, command, lambda work: _deactivate(work, command))


def reactivate_staff(desk: Desk, viewer: Viewer, command: ReactivateStaff) -> Result:
    """``id`` is the member's. CONFLICT for one who is active."""
    return perform(desk, viewer, PERMISSION, command, lambda work: _reactivate(work, command))


def reset_password(desk: Desk, viewer: Viewer, command: ResetPassword) -> Result:
    """``id`` is the member's. INVALID for a weak password."""
    return perform(desk, viewer, PERMISSION, command, lambda work: _reset(work, command))


def _set_roles(work: Work, command: SetStaffRoles) -> Done:
    staff = _held(work, command.id)
    wanted = sorted(set(command.roles))
    if not wanted:
        raise refuse(ErrorCode.INVALID, "required", path=("roles",))
    for name in wanted:
        if name not in ROLES:
            raise refuse(ErrorCode.INVALID, "unknown_role", path=("roles",), role=name)
    before = roles_of(work.session, staff.id)
    work.session.execute(delete(StaffRole).where(StaffRole.staff_id == staff.id))
    for role_id in work.session.scalars(select(Role.id).where(Role.name.in_(wanted))):
        work.session.add(StaffRole(staff_id=staff.id, role_id=role_id))
    work.session.flush()
    _refuse_without_managers(work, "roles")
    return _done(staff, "staff_roles_set", {"roles": list(before)}, {"roles": wanted})


def _deactivate(work: Work, command: DeactivateStaff) -> Done:
    staff = _held(work, command.id)
    if not staff.active:
        raise refuse(ErrorCode.CONFLICT, "staff_inactive", path=("id",))
    staff.active, staff.fs_uniquifier = False, uuid.uuid4().hex
    work.session.flush()
    _refuse_without_managers(work, "id")
    revoked = _revoke_tokens(work, staff.id, work.now)
    after = {"active": False, "revoked_tokens": revoked}
    reason = texts.optional(command.reason, "reason", longest=texts.LONGEST_NOTE)
    return _done(staff, "staff_deactivated", {"active": True}, after, reason=reason)


def _reactivate(work: Work, command: ReactivateStaff) -> Done:
    staff = _held(work, command.id)
    if staff.active:
        raise refuse(ErrorCode.CONFLICT, "staff_active", path=("id",))
    staff.active = True
    work.session.flush()
    return _done(staff, "staff_reactivated", {"active": False}, {"active": True})


def _reset(work: Work, command: ResetPassword) -> Done:
    staff = _held(work, command.id)
    problems = password_problems(command.password, staff.username)
    if problems:
        raise Refusal(*problems)
    staff.password, staff.fs_uniquifier = hash_password(command.password), uuid.uuid4().hex
    staff.failed_sign_ins, staff.locked_until = 0, None
    work.session.flush()
    return _done(staff, "password_reset", {}, {})


def _held(work: Work, staff_id: int) -> Staff:
    staff = work.session.get(Staff, staff_id) if 0 < staff_id <= lookups.LARGEST_ID else None
    if staff is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("id",))
    lookups.lock(work, staff)
    return staff


def _refuse_without_managers(work: Work, path: str) -> None:
    """Somebody must be left who can manage staff; whoever else might stop at this moment is held meanwhile."""
    managers = (
        select(Staff.id)
        .join(StaffRole, StaffRole.staff_id == Staff.id)
        .join(Role, Role.id == StaffRole.role_id)
        .where(Role.name.in_(MANAGING))
        .with_for_update(of=Staff, key_share=True)
    )
    held = work.session.scalars(managers).all()
    if work.session.scalar(select(Staff.id).where(Staff.id.in_(held), Staff.active).limit(1)) is None:
        raise refuse(ErrorCode.CONFLICT, "last_manager", path=(path,))


def _revoke_tokens(work: Work, staff_id: int, now: datetime) -> list[str]:
    """Revoke every token that still works; their first characters."""
    live = (ApiToken.staff_id == staff_id, ApiToken.revoked_at.is_(None))
    prefixes = list(work.session.scalars(select(ApiToken.prefix).where(*live).order_by(ApiToken.id)))
    work.session.execute(update(ApiToken).where(*live).values(revoked_at=now))
    return prefixes


def _done(
    staff: Staff, event: str, before: dict[str, object], after: dict[str, object], *, reason: str | None = None
) -> Done:
    named = {"username": staff.username}
    return Done(
        entity="Staff", entity_id=staff.id, events=(event,), before=named | before, after=named | after, reason=reason
    )
