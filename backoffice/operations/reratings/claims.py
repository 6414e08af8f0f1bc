"""Who comes first to slots that were given back: of the records charged for want of them, the oldest."""

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, exists, func, select

from backoffice.domain.charge import IN_THE_BOOKS
from backoffice.domain.record import WORKED
from backoffice.models import Allowance, AllowanceSlot, Charge, RatingSuggestion, ServiceRecord, SuggestionStatus
from backoffice.operations.work import Work


class Claims:
    """The free slots of some allowances, and the records that wait for them. Hold the allowances to have this last."""

    def __init__(self, work: Work, allowances: Sequence[Allowance]) -> None:
        ids = [allowance.id for allowance in allowances]
        self._free = _free(work, ids) if ids else {}
        self._waiting = _waiting(work, ids) if ids else {}

    def free(self, allowance_id: int) -> int:
        """How many slots nobody has."""
        return self._free[allowance_id]

    def first(self, allowance_id: int, record_id: int) -> int | None:
        """The record that comes before this one where there are not enough slots for all that are older."""
        older = [one for one in self._waiting[allowance_id] if one < record_id]
        return min(older) if len(older) >= self._free[allowance_id] > 0 else None

    def grant(self, allowance_id: int) -> None:
        """One of the slots is taken."""
        self._free[allowance_id] -= 1

    def drop(self, allowance_id: int, record_id: int) -> None:
        """The record waits no longer."""
        self._waiting[allowance_id].discard(record_id)


def _free(work: Work, ids: Sequence[int]) -> dict[int, int]:
    live = and_(AllowanceSlot.allowance_id == Allowance.id, AllowanceSlot.released_at.is_(None))
    counted = select(Allowance.id, Allowance.quantity - func.count(AllowanceSlot.id)).outerjoin(AllowanceSlot, live)
    grouped = counted.where(Allowance.id.in_(ids)).group_by(Allowance.id, Allowance.quantity)
    return dict(work.session.execute(grouped).all())


def _waiting(work: Work, ids: Sequence[int]) -> Mapping[int, set[int]]:
    """By allowance, the records whose decision in force is still the one that an open suggestion is about.

    One whose charge is in the books cannot take a slot, and keeps it from nobody.
    """
    in_the_books = exists().where(Charge.record_id == ServiceRecord.id, Charge.status.in_(IN_THE_BOOKS))
    chosen = (
        select(AllowanceSlot.allowance_id, ServiceRecord.id)
        .join(RatingSuggestion, RatingSuggestion.freed_slot_id == AllowanceSlot.id)
        .join(ServiceRecord, ServiceRecord.id == RatingSuggestion.record_id)
        .where(AllowanceSlot.allowance_id.in_(ids), RatingSuggestion.status == SuggestionStatus.SUGGESTED)
        .where(ServiceRecord.coverage_id == RatingSuggestion.against_id, ServiceRecord.status.in_(WORKED))
        .where(~in_the_books)
    )
    waiting: dict[int, set[int]] = {allowance_id: set() for allowance_id in ids}
    for allowance_id, record_id in work.session.execute(chosen):
        waiting[allowance_id].add(record_id)
    return waiting
