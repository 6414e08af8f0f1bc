"""A member of staff has shown who they are: the count of failed attempts begins anew."""

from dataclasses import dataclass

from backoffice.domain.label import Label
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.signin.signin_trail import PERMISSION, held, told
from backoffice.operations.staff.members import ENTITY, StaffId
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class SignIn(Command):
    """Who signed in."""

    id: StaffId


def _sign_in(work: Work, command: SignIn) -> Done:
    staff = held(work, command.id)
    staff.failed_sign_ins, staff.locked_until = 0, None
    work.session.flush()
    return told(staff)


sign_in = Operation(
    name="sign_in",
    label=Label(fa="ورود", en="Sign in"),
    description="Note that a member of staff signed in, and forget failed attempts.",
    permission=PERMISSION,
    command=SignIn,
    entity=ENTITY,
    events=(),
    body=_sign_in,
)
"""``id`` is the member's. Whether they may is the sign-in's to judge, before this."""
