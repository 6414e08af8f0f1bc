"""Allowances are slots: taken, committed and given back, each step a row in the ledger.

Holding the allowance's row makes a count of its slots final for the rest of the transaction; the partial unique
index on (allowance, slot number) stands behind it. Both, because a slot granted twice cannot be taken back.
"""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, or_, select, true
from sqlalchemy.exc import IntegrityError

from backoffice.models import Allowance, AllowanceSlot, SlotLedger, SlotState, SlotStep
from backoffice.operations.retrying import Contended
from backoffice.operations.services.slot_rows import (
    SlotEvent,
    committed_values,
    ledger_values,
    released_values,
    slot_values,
)
from backoffice.operations.services.suggesting import suggest_for_slot
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


def held_all(work: Work, ids: Collection[int]) -> Sequence[Allowance]:
    """The same for several, held in the order of their ids so that no two operations wait for each other."""
    chosen = select(Allowance).where(Allowance.id.in_(ids)).order_by(Allowance.id)
    return work.session.scalars(chosen.with_for_update(key_share=True)).all()


def used_by_others(work: Work, allowance: Allowance, record_id: int | None) -> int:
    """How many slots are live now, the record's own not counted."""
    live = (AllowanceSlot.allowance_id == allowance.id, AllowanceSlot.released_at.is_(None))
    counted = select(func.count()).select_from(AllowanceSlot).where(*live, not_of(record_id))
    return work.session.scalars(counted).one()


def reserve(work: Work, allowance: Allowance, record_id: int | None) -> AllowanceSlot:
    """Take the lowest free slot, for a record or for an opening balance. Raises ``Contended`` when there is none."""
    return reserve_all(work, [(allowance, record_id)])[0]


def reserve_all(work: Work, wanted: Sequence[tuple[Allowance, int | None]]) -> Sequence[AllowanceSlot]:
    """The same for several, in their order; as many statements for many as for one."""
    if not wanted:
        return ()
    for _ in range(TRIES):
        slots = _lowest_free(work, wanted)
        try:
            with work.session.begin_nested():
                work.session.add_all(slots)
        except IntegrityError:
            continue
        _enter(work, slots, SlotStep.RESERVED)
        return slots
    raise Contended(f"somebody takes slots of the allowances {[allowance.id for allowance, _ in wanted]}")


def commit(work: Work, slots: Sequence[AllowanceSlot]) -> None:
    """The work was done: the slots are used. One that was committed before stays as it is."""
    used = [slot for slot in slots if slot.state is not SlotState.COMMITTED]
    for slot in used:
        slot.change(committed_values(work.now))
    _enter(work, used, SlotStep.COMMITTED)


def release(work: Work, slot: AllowanceSlot) -> None:
    """Give the slot back. Whoever was charged for want of it is suggested to be decided again."""
    held_all(work, {slot.allowance_id})
    slot.change(released_values(work.now))
    _enter(work, [slot], SlotStep.RELEASED)
    suggest_for_slot(work, slot)


def _lowest_free(work: Work, wanted: Sequence[tuple[Allowance, int | None]]) -> Sequence[AllowanceSlot]:
    """New slots with the lowest numbers that nobody has. Raises ``Contended`` when there are too few."""
    taken, slots = _taken(work, {allowance.id for allowance, _ in wanted}), []
    for allowance, record_id in wanted:
        numbers = range(1, allowance.quantity + 1)
        slot_no = next((number for number in numbers if (allowance.id, number) not in taken), None)
        if slot_no is None:
            raise Contended(f"no slot of allowance {allowance.id} is left for record {record_id}")
        taken.add((allowance.id, slot_no))
        slots.append(AllowanceSlot(**slot_values(allowance.id, slot_no, record_id=record_id, now=work.now)))
    return slots


def _taken(work: Work, ids: Collection[int]) -> set[tuple[int, int]]:
    live = (AllowanceSlot.allowance_id.in_(ids), AllowanceSlot.released_at.is_(None))
    chosen = select(AllowanceSlot.allowance_id, AllowanceSlot.slot_no).where(*live)
    return {(allowance_id, slot_no) for allowance_id, slot_no in work.session.execute(chosen)}


def _enter(work: Work, slots: Sequence[AllowanceSlot], step: SlotStep) -> None:
    """The ledger's rows for a step; flushed so that ledger and slots are written together."""
    work.session.flush()
    taken = SlotEvent(step, work.now, work.viewer.staff_id)
    work.session.add_all(
        SlotLedger(**ledger_values(taken, slot_id=slot.id, allowance_id=slot.allowance_id, record_id=slot.record_id))
        for slot in slots
    )


def not_of(record_id: int | None) -> ColumnElement[bool]:
    """Slots of others: of other records, and the opening balances, which have none."""
    if record_id is None:
        return true()
    return or_(AllowanceSlot.record_id.is_(None), AllowanceSlot.record_id != record_id)
