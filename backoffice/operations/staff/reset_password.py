"""Give a member of staff a new password."""

import uuid
from dataclasses import dataclass, field
from typing import ClassVar

from backoffice.access.credentials import hash_password, password_problems
from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result
from backoffice.operations.staff import members
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ResetPassword(Command):
    """A new password; sessions end, and a lock after failed attempts is lifted.

    Another password under the same key is the same input: only the first one was set.
    """

    operation: ClassVar[str] = "reset_password"

    id: int
    password: str = field(repr=False, compare=False)


def reset_password(desk: Premises, viewer: Viewer, command: ResetPassword) -> Result:
    """``id`` is the member's. INVALID for a weak password."""
    return perform(desk, viewer, "staff.manage", command, lambda work: _reset(work, command))


def _reset(work: Work, command: ResetPassword) -> Done:
    staff = members.held(work, command.id)
    problems = password_problems(command.password, staff.username)
    if problems:
        raise Refusal(*problems)
    staff.password, staff.fs_uniquifier = hash_password(command.password), uuid.uuid4().hex
    staff.failed_sign_ins, staff.locked_until = 0, None
    work.session.flush()
    return members.changed(staff, Event.PASSWORD_RESET, {}, {})
