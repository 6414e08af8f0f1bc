"""Add a member of staff, who signs in with a user name and a password."""

import dataclasses
import uuid
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select

from backoffice.access.credentials import hash_password, password_problems, username_key
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Role, Staff, StaffRole
from backoffice.operations.command import Command, Given
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import Secret, Text
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal
from backoffice.operations.staff import members
from backoffice.operations.staff.members import (
    ENTITY,
    OFFICE,
    ROLE_KIND,
)
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class AddStaff(Command):
    """``role`` is one of ``ROLES``, ``office`` an office's code; ``name`` is the user name unless given.

    Another password under the same key is the same input: only the first one was set.
    """

    username: Annotated[
        str, Given(Text(), Label(fa="نام کاربری", en="User name"), about="What the member signs in with.")
    ]
    role: Annotated[str, Given(ROLE_KIND, Label(fa="نقش", en="Role"), about="The role that the member holds.")]
    password: Annotated[
        str, Given(Secret(), Label(fa="گذرواژه", en="Password"), about="The new password; never shown again.")
    ] = dataclasses.field(repr=False, compare=False)
    office: Annotated[str, OFFICE] = "HQ"
    name: Annotated[
        str | None,
        Given(Text(), Label(fa="نام", en="Name"), about="What people call the member; the user name when left out."),
    ] = None


def _add(work: Work, command: AddStaff) -> Done:
    username = username_key(command.username)
    problems = password_problems(command.password, username)
    if problems:
        raise Refusal(*problems)
    role = _role(work, command.role)
    staff = Staff(
        username=username,
        name=command.name or username,
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
    return work.session.scalars(select(Role).where(Role.name == name)).one()


add_staff = Operation(
    name="add_staff",
    label=Label(fa="افزودن عضو", en="Add a member of staff"),
    description="Add a member of staff.",
    permission="staff.manage",
    command=AddStaff,
    entity=ENTITY,
    events=(Event.STAFF_ADDED,),
    body=_add,
)
"""``id`` is the member's. INVALID for an empty name, unknown role or weak password; DUPLICATE for a taken name.

NOT_FOUND for an unknown office.
"""
