"""Add a member of staff, who signs in with a user name and a password."""

import uuid
from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.credentials import hash_password, password_problems, username_key
from backoffice.access.permissions import ROLES
from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Role, Staff, StaffRole
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.staff import members
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class AddStaff(Command):
    """``role`` is one of ``ROLES``, ``office`` an office's code; ``name`` is the user name unless given.

    Another password under the same key is the same input: only the first one was set.
    """

    operation: ClassVar[str] = "add_staff"

    username: str
    role: str
    password: str = field(repr=False, compare=False)
    office: str = "HQ"
    name: str | None = None


def add_staff(desk: Premises, viewer: Viewer, command: AddStaff) -> Result:
    """``id`` is the member's. INVALID for an empty name, unknown role or weak password; DUPLICATE for a taken name.

    NOT_FOUND for an unknown office.
    """
    return perform(desk, viewer, "staff.manage", command, lambda work: _add(work, command))


def _add(work: Work, command: AddStaff) -> Done:
    username = username_key(texts.required(command.username, "username"))
    problems = password_problems(command.password, username)
    if problems:
        raise Refusal(*problems)
    role = _role(work, command.role)
    staff = Staff(
        username=username,
        name=texts.optional(command.name, "name") or username,
        password=hash_password(command.password),
        fs_uniquifier=uuid.uuid4().hex,
        office_id=members.office_called(work, command.office).id,
        created_at=work.now,
    )
    insert_unless_taken(work.session, staff, lambda: _taken(work, username))
    work.session.add(StaffRole(staff_id=staff.id, role_id=role.id))
    after = {"username": username, "name": staff.name, "role": command.role, "office": command.office}
    return Done(entity="Staff", entity_id=staff.id, events=(Event.STAFF_ADDED,), after=after)


def _taken(work: Work, username: str) -> Problem | None:
    if work.session.scalar(select(Staff.id).where(Staff.username == username)) is None:
        return None
    return Problem(code=ErrorCode.DUPLICATE, detail="username_taken", path=("username",), params={"username": username})


def _role(work: Work, name: str) -> Role:
    if name not in ROLES:
        raise refuse(ErrorCode.INVALID, "unknown_role", path=("role",), role=name)
    return work.session.scalars(select(Role).where(Role.name == name)).one()
