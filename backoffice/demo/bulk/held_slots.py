"""Slots on a sheet, every step of each in the ledger, as the operations take, commit and release them."""

from dataclasses import dataclass
from datetime import datetime

from backoffice.demo.bulk.row_sheet import RowSheet
from backoffice.demo.bulk.units import AllowanceKey, Held, Unit
from backoffice.models import AllowanceSlot, RatingSuggestion, SlotLedger, SlotStep
from backoffice.operations.services.slot_rows import (
    SlotEvent,
    committed_values,
    ledger_values,
    released_values,
    slot_values,
)
from backoffice.operations.services.suggesting import slot_suggestion_values


@dataclass(frozen=True)
class Hand:
    """Who does something, and when (UTC)."""

    staff_id: int
    now: datetime


def reserve(sheet: RowSheet, by: Hand, unit: Unit, *, key: AllowanceKey, record_id: int) -> Held:
    """Take the lowest free slot of an allowance for a record."""
    allowance_id, number = unit.allowance_id(key), unit.take(key)
    slot_id = sheet.add(AllowanceSlot, slot_values(allowance_id, number, record_id=record_id, now=by.now))
    held = Held(slot_id, allowance_id, key, number)
    _enter(sheet, by, held, step=SlotStep.RESERVED, record_id=record_id)
    return held


def commit(sheet: RowSheet, by: Hand, held: Held, *, record_id: int) -> None:
    """The work was done."""
    if held.committed:
        return
    held.committed = True
    sheet.change(AllowanceSlot, held.slot_id, committed_values(by.now))
    _enter(sheet, by, held, step=SlotStep.COMMITTED, record_id=record_id)


def release(sheet: RowSheet, by: Hand, held: Held, *, unit: Unit, record_id: int) -> None:
    """Give the slot back, and suggest whoever paid for want of it."""
    unit.give_back(held)
    sheet.change(AllowanceSlot, held.slot_id, released_values(by.now))
    _enter(sheet, by, held, step=SlotStep.RELEASED, record_id=record_id)
    for waiting_id, decision_id in sorted(unit.wanting.pop(held.key, {}).items()):
        values = slot_suggestion_values(waiting_id, decision_id, slot_id=held.slot_id, now=by.now)
        sheet.add(RatingSuggestion, values)


def _enter(sheet: RowSheet, by: Hand, held: Held, *, step: SlotStep, record_id: int) -> None:
    taken = SlotEvent(step, by.now, by.staff_id)
    values = ledger_values(taken, slot_id=held.slot_id, allowance_id=held.allowance_id, record_id=record_id)
    sheet.add(SlotLedger, values)
