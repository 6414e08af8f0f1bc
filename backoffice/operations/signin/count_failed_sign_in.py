"""A password was wrong: count the attempt, and lock the account for a while when there were too many in a row."""

from dataclasses import dataclass
from datetime import timedelta

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.signin.signin_trail import PERMISSION, held, told
from backoffice.operations.staff.members import ENTITY, StaffId
from backoffice.operations.work import Done, Work

MOST_FAILED = 5
LOCKED_FOR = timedelta(seconds=60)


@dataclass(frozen=True, kw_only=True)
class CountFailedSignIn(Command):
    """Whose password was not given."""

    id: StaffId


def _count(work: Work, command: CountFailedSignIn) -> Done | None:
    """Only a lock is told: a row for every wrong password would let strangers fill the trail."""
    staff = held(work, command.id)
    staff.failed_sign_ins += 1
    if staff.failed_sign_ins >= MOST_FAILED:
        staff.locked_until = work.now + LOCKED_FOR
    work.session.flush()
    if staff.locked_until is None or staff.locked_until <= work.now:
        return None
    return told(staff, Event.STAFF_LOCKED, failed_sign_ins=staff.failed_sign_ins, locked_until=staff.locked_until)


count_failed_sign_in = Operation(
    name="count_failed_sign_in",
    label=Label(fa="بستن ورود", en="Lock the sign-in"),
    description="Count a wrong password; the fifth in a row locks the account for a minute.",
    permission=PERMISSION,
    command=CountFailedSignIn,
    entity=ENTITY,
    events=(Event.STAFF_LOCKED,),
    body=_count,
)
"""``id`` is the member's where the account was locked, else None: the attempt is counted all the same."""
