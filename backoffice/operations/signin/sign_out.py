"""A member of staff has signed out, and their session is over."""

from dataclasses import dataclass

from backoffice.domain.label import Label
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.signin.signin_trail import PERMISSION, held, told
from backoffice.operations.staff.members import ENTITY, StaffId
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class SignOut(Command):
    """Who signed out."""

    id: StaffId


def _sign_out(work: Work, command: SignOut) -> Done:
    return told(held(work, command.id))


sign_out = Operation(
    name="sign_out",
    label=Label(fa="خروج", en="Sign out"),
    description="Note that a member of staff signed out.",
    permission=PERMISSION,
    command=SignOut,
    entity=ENTITY,
    events=(),
    body=_sign_out,
)
"""``id`` is the member's. The session is removed with the browser's, by ``browser_sessions``."""
