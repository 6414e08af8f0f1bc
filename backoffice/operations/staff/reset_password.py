"""Give a member of staff a new password."""

import dataclasses
import uuid
from dataclasses import dataclass
from typing import Annotated

from backoffice.access.credentials import hash_password, password_problems
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Secret
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal
from backoffice.operations.staff import members
from backoffice.operations.staff.members import (
    ENTITY,
    MEMBER,
    StaffId,
    is_active,
)
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ResetPassword(Command):
    """A new password; sessions end, and a lock after failed attempts is lifted.

    Another password under the same key is the same input: only the first one was set.
    """

    id: StaffId
    password: Annotated[
        str, Given(Secret(), Label(fa="گذرواژه", en="Password"), about="The new password; never shown again.")
    ] = dataclasses.field(repr=False, compare=False)


def _reset(work: Work, command: ResetPassword) -> Done:
    staff = lookups.staff(work, command.id, path="id")
    problems = password_problems(command.password, staff.username)
    if problems:
        raise Refusal(*problems)
    staff.password, staff.fs_uniquifier = hash_password(command.password), uuid.uuid4().hex
    staff.failed_sign_ins, staff.locked_until = 0, None
    work.session.flush()
    return members.changed(staff, Event.PASSWORD_RESET, {}, {})


reset_password = Operation(
    name="reset_password",
    label=Label(fa="گذرواژهٔ تازه", en="Reset the password"),
    description="Give a member of staff a new password; sessions end and a lock is lifted.",
    permission="staff.manage",
    command=ResetPassword,
    entity=ENTITY,
    events=(Event.PASSWORD_RESET,),
    about=MEMBER,
    possible=is_active,
    body=_reset,
)
"""``id`` is the member's. INVALID for a weak password, CONFLICT for an inactive member, who signs in with none."""
