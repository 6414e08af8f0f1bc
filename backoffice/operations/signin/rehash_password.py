"""Keep a password's hash made anew, by today's parameters: it is the same password."""

import dataclasses
from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.label import Label
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Key
from backoffice.operations.operation import Operation
from backoffice.operations.signin.signin_trail import PERMISSION, held, told
from backoffice.operations.staff.members import ENTITY, StaffId
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class RehashPassword(Command):
    """Whose password, and its new hash: never the password itself."""

    id: StaffId
    password_hash: Annotated[
        str, Given(Key(), Label(fa="درهم‌شدهٔ گذرواژه", en="Password hash"), about="The hash by today's parameters.")
    ] = dataclasses.field(repr=False, compare=False)


def _rehash(work: Work, command: RehashPassword) -> Done:
    staff = held(work, command.id)
    staff.password = command.password_hash
    work.session.flush()
    return told(staff)


rehash_password = Operation(
    name="rehash_password",
    label=Label(fa="نوسازی نگهداری گذرواژه", en="Rehash the password"),
    description="Keep the hash of an unchanged password by today's parameters.",
    permission=PERMISSION,
    command=RehashPassword,
    entity=ENTITY,
    events=(),
    body=_rehash,
)
"""``id`` is the member's. Sessions go on: nothing about who may sign in has changed."""
