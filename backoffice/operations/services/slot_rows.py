"""The rows of an allowance's slot: taken, used, given back, each step in the ledger. Values in, columns out."""

from dataclasses import dataclass
from datetime import datetime

from backoffice.models import SlotState, SlotStep


@dataclass(frozen=True, slots=True)
class SlotEvent:
    """One thing that happens to a slot, when (UTC), and by whose hand; nobody's is the system's."""

    step: SlotStep
    now: datetime
    staff_id: int | None


def slot_values(allowance_id: int, slot_no: int, *, record_id: int | None, now: datetime) -> dict[str, object]:
    """The columns of a slot taken for a record, or for an opening balance."""
    return {
        "allowance_id": allowance_id,
        "slot_no": slot_no,
        "record_id": record_id,
        "state": SlotState.RESERVED,
        "reserved_at": now,
    }


def committed_values(now: datetime) -> dict[str, object]:
    """The columns of a slot that was used."""
    return {"state": SlotState.COMMITTED, "committed_at": now}


def released_values(now: datetime) -> dict[str, object]:
    """The columns of a slot that was given back; it keeps its last state."""
    return {"released_at": now}


def ledger_values(step: SlotEvent, *, slot_id: int, allowance_id: int, record_id: int | None) -> dict[str, object]:
    """The columns of a step in the ledger."""
    return {
        "slot_id": slot_id,
        "allowance_id": allowance_id,
        "record_id": record_id,
        "step": step.step,
        "at": step.now,
        "staff_id": step.staff_id,
    }
