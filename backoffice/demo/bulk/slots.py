"""Slots on a sheet, every step of each in the ledger, as ``operations.slots`` takes, commits and releases them."""

from dataclasses import dataclass
from datetime import datetime

from backoffice.demo.bulk.sheet import Sheet
from backoffice.demo.bulk.units import AllowanceKey, Held, Unit
from backoffice.models import AllowanceSlot, RatingSuggestion, SlotLedger, SlotState, SlotStep, SuggestionStatus


@dataclass(frozen=True)
class Hand:
    """Who does something, and when (UTC)."""

    staff_id: int
    now: datetime


def reserve(sheet: Sheet, by: Hand, unit: Unit, *, key: AllowanceKey, record_id: int) -> Held:
    """Take the lowest free slot of an allowance for a record."""
    allowance_id, number = unit.allowance_id(key), unit.take(key)
    slot_id = sheet.add(
        AllowanceSlot,
        allowance_id=allowance_id,
        slot_no=number,
        record_id=record_id,
        state=SlotState.RESERVED,
        reserved_at=by.now,
    )
    held = Held(slot_id, allowance_id, key, number)
    _enter(sheet, by, held, step=SlotStep.RESERVED, record_id=record_id)
    return held


def commit(sheet: Sheet, by: Hand, held: Held, *, record_id: int) -> None:
    """The work was done."""
    if held.committed:
        return
    held.committed = True
    sheet.change(AllowanceSlot, held.slot_id, state=SlotState.COMMITTED, committed_at=by.now)
    _enter(sheet, by, held, step=SlotStep.COMMITTED, record_id=record_id)


def release(sheet: Sheet, by: Hand, held: Held, *, unit: Unit, record_id: int) -> None:
    """Give the slot back, and suggest whoever paid for want of it."""
    unit.give_back(held)
    sheet.change(AllowanceSlot, held.slot_id, released_at=by.now)
    _enter(sheet, by, held, step=SlotStep.RELEASED, record_id=record_id)
    for waiting_id, decision_id in sorted(unit.wanting.pop(held.key, {}).items()):
        sheet.add(
            RatingSuggestion,
            record_id=waiting_id,
            against_id=decision_id,
            freed_slot_id=held.slot_id,
            status=SuggestionStatus.SUGGESTED,
            suggested_at=by.now,
        )


def _enter(sheet: Sheet, by: Hand, held: Held, *, step: SlotStep, record_id: int) -> None:
    sheet.add(
        SlotLedger,
        slot_id=held.slot_id,
        allowance_id=held.allowance_id,
        record_id=record_id,
        step=step,
        at=by.now,
        staff_id=by.staff_id,
    )
