"""Enter how often an allowance was used before the desk was introduced: slots that belong to no record."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from backoffice.access import rows
from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.models import Allowance, AllowanceSlot, SupportPeriod
from backoffice.operations import lookups, slots
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Result, refuse
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class SetOpeningBalance(Command):
    """The period, the key of its allowance, and how often it was ``used`` before, in all."""

    operation: ClassVar[str] = "set_opening_balance"

    period_id: int
    key: str
    used: int


def set_opening_balance(desk: Desk, viewer: Viewer, command: SetOpeningBalance) -> Result:
    """``id`` is the allowance's. The same number again changes no slot; a smaller one gives slots back.

    NOT_FOUND for an unknown period or allowance; INVALID for fewer than none; CONFLICT for more than records leave.
    """
    return perform(desk, viewer, "support.opening", command, lambda work: _set(work, command))


def _set(work: Work, command: SetOpeningBalance) -> Done:
    allowance = _held(work, command)
    entered = _entered(work, allowance)
    _refuse_impossible(work, allowance, entered, command.used)
    for slot in entered[command.used :]:
        slots.release(work, slot)
    for _ in range(command.used - len(entered)):
        slots.commit(work, slots.reserve(work, allowance, None))
    work.session.flush()
    return Done(
        entity="Allowance",
        entity_id=allowance.id,
        events=("opening_balance_set",),
        before=document_of(allowance, opening_balance=len(entered)),
        after=document_of(allowance, opening_balance=command.used),
    )


def _held(work: Work, command: SetOpeningBalance) -> Allowance:
    found = None
    if 0 < command.period_id <= lookups.LARGEST_ID:
        seen = (SupportPeriod.id == command.period_id, rows.support_periods(SupportPeriod, work.viewer))
        found = work.session.scalar(select(SupportPeriod.id).where(*seen))
    if found is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("period_id",))
    allowance = slots.held(work, found, command.key)
    if allowance is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("key",))
    return allowance


def _entered(work: Work, allowance: Allowance) -> Sequence[AllowanceSlot]:
    """The live slots without a record, by their number."""
    of_none = (AllowanceSlot.allowance_id == allowance.id, AllowanceSlot.record_id.is_(None))
    live = select(AllowanceSlot).where(*of_none, AllowanceSlot.released_at.is_(None))
    return work.session.scalars(live.order_by(AllowanceSlot.slot_no)).all()


def _refuse_impossible(work: Work, allowance: Allowance, entered: Sequence[AllowanceSlot], used: int) -> None:
    if used < 0:
        raise refuse(ErrorCode.INVALID, "out_of_range", path=("used",), least=0, most=allowance.quantity)
    by_records = slots.used_by_others(work, allowance, None) - len(entered)
    most = allowance.quantity - by_records
    if used > most:
        raise refuse(ErrorCode.CONFLICT, "opening_beyond", path=("used",), most=most)
