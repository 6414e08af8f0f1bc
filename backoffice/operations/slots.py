"""Allowances are slots: taken, committed and given back, each step a row in the ledger.

Holding the allowance's row makes a count of its slots final for the rest of the transaction; the partial unique
index on (allowance, slot number) stands behind it. Both, because a slot granted twice cannot be taken back.
"""

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.exc import IntegrityError

from backoffice.models import Allowance, AllowanceSlot, SlotLedger, SlotState, SlotStep
from backoffice.operations.retrying import Contended
from backoffice.operations.work import Work

TRIES = 5
"""How often a slot is tried for inside one transaction before it begins anew."""


def slot_of(work: Work, record_id: int) -> AllowanceSlot | None:
    """The live slot that a record holds."""
    return work.session.scalar(
        select(AllowanceSlot).where(AllowanceSlot.record_id == record_id, AllowanceSlot.released_at.is_(None))
    )


def held(work: Work, period_id: int, key: str) -> Allowance | None:
    """The allowance, held so that nobody else takes or gives back a slot of it before this transaction ends."""
    chosen = select(Allowance).where(Allowance.period_id == period_id, Allowance.key == key)
    return work.session.scalars(chosen.with_for_update(key_share=True)).one_or_none()


def used_by_others(work: Work, allowance: Allowance, record_id: int | None) -> int:
    """How many slots are live now, the record's own not counted."""
    live = (AllowanceSlot.allowance_id == allowance.id, AllowanceSlot.released_at.is_(None))
    counted = select(func.count()).select_from(AllowanceSlot).where(*live, not_of(record_id))
    return work.session.scalars(counted).one()


def reserve(work: Work, allowance: Allowance, record_id: int | None) -> AllowanceSlot:
    """Take the lowest free slot, for a record or for an opening balance. Raises ``Contended`` when there is none."""
    for _ in range(TRIES):
        slot_no = _lowest_free(work, allowance)
        if slot_no is None:
            break
        slot = AllowanceSlot(
            allowance_id=allowance.id,
            slot_no=slot_no,
            record_id=record_id,
            state=SlotState.RESERVED,
            reserved_at=work.now,
        )
        try:
            with work.session.begin_nested():
                work.session.add(slot)
        except IntegrityError:
            continue
        _enter(work, slot, SlotStep.RESERVED)
        return slot
    raise Contended(f"no slot of allowance {allowance.id} is left for record {record_id}")


def commit(work: Work, slot: AllowanceSlot) -> None:
    """The work was done: the slot is used. A slot committed before stays as it is."""
    if slot.state is SlotState.COMMITTED:
        return
    slot.state = SlotState.COMMITTED
    slot.committed_at = work.now
    _enter(work, slot, SlotStep.COMMITTED)


def release(work: Work, slot: AllowanceSlot) -> None:
    """Give the slot back."""
    slot.released_at = work.now
    _enter(work, slot, SlotStep.RELEASED)


def _lowest_free(work: Work, allowance: Allowance) -> int | None:
    live = select(AllowanceSlot.slot_no).where(
        AllowanceSlot.allowance_id == allowance.id, AllowanceSlot.released_at.is_(None)
    )
    taken = set(work.session.scalars(live))
    return next((number for number in range(1, allowance.quantity + 1) if number not in taken), None)


def _enter(work: Work, slot: AllowanceSlot, step: SlotStep) -> None:
    """The ledger's row for a step; flushed so that ledger and slot are written together."""
    work.session.flush()
    work.session.add(
        SlotLedger(
            slot_id=slot.id,
            allowance_id=slot.allowance_id,
            record_id=slot.record_id,
            step=step,
            at=work.now,
            staff_id=work.viewer.staff_id,
        )
    )


def not_of(record_id: int | None) -> ColumnElement[bool]:
    """Slots of others: of other records, and the opening balances, which have none."""
    if record_id is None:
        return true()
    return or_(AllowanceSlot.record_id.is_(None), AllowanceSlot.record_id != record_id)
