"""Suggest to decide again what was decided for want of a tariff edition, or of a slot, that is there now."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, or_, select, true

from backoffice.domain.calendar import midnight, month_span
from backoffice.domain.decision import Outcome
from backoffice.domain.record import WORKED
from backoffice.models import (
    Allowance,
    AllowanceSlot,
    CoverageDecision,
    RatingSuggestion,
    RecordDecision,
    ServiceRecord,
    SuggestionStatus,
    SupportPeriod,
    TariffEdition,
)
from backoffice.models.base import UTCDateTime
from backoffice.operations.work import Work

PAID_FOR = frozenset({Outcome.TARIFF, Outcome.QUOTE})
"""Outcomes that a slot would have spared the customer."""


def suggest_for_slot(work: Work, slot: AllowanceSlot) -> None:
    """Suggest to decide again whatever is done and was charged, or quoted, because the slot's allowance was used up.

    Nothing is decided again by this. Open records need none: completing decides anew. A record that waits for a slot
    of this allowance already waits on. The allowance is held, so that nobody is charged for want of it meanwhile.
    """
    allowance = work.session.get_one(Allowance, slot.allowance_id)
    work.session.add_all(
        about_slot(work, record_id, decision_id, slot_id=slot.id)
        for record_id, decision_id in _paid_for_want_of(work, allowance)
    )
    work.session.flush()


def about_slot(work: Work, record_id: int, decision_id: int, *, slot_id: int) -> RatingSuggestion:
    """The suggestion that the record's decision, which charges for want of a slot, be taken again for this one."""
    return RatingSuggestion(**slot_suggestion_values(record_id, decision_id, slot_id=slot_id, now=work.now))


def slot_suggestion_values(record_id: int, decision_id: int, *, slot_id: int, now: datetime) -> dict[str, object]:
    """The columns of that suggestion."""
    return {
        "record_id": record_id,
        "against_id": decision_id,
        "freed_slot_id": slot_id,
        "status": SuggestionStatus.SUGGESTED,
        "suggested_at": now,
    }


def _paid_for_want_of(work: Work, allowance: Allowance) -> Sequence[tuple[int, int]]:
    """Records of the allowance's period with the decision in force, by the record's id."""
    waiting = (
        RatingSuggestion.against_id == CoverageDecision.id,
        RatingSuggestion.status == SuggestionStatus.SUGGESTED,
        AllowanceSlot.id == RatingSuggestion.freed_slot_id,
        AllowanceSlot.allowance_id == allowance.id,
    )
    decided = (
        select(ServiceRecord.id, CoverageDecision.id)
        .join(CoverageDecision, CoverageDecision.id == ServiceRecord.coverage_id)
        .join(SupportPeriod, SupportPeriod.asset_id == ServiceRecord.asset_id)
        .where(SupportPeriod.id == allowance.period_id, CoverageDecision.period_id == allowance.period_id)
        .where(CoverageDecision.exhausted == allowance.key)
        .where(ServiceRecord.status.in_(WORKED), ServiceRecord.outcome.in_(PAID_FOR), ~exists().where(*waiting))
        .order_by(ServiceRecord.id)
    )
    return [(record_id, decision_id) for record_id, decision_id in work.session.execute(decided)]


def suggest_for_edition(work: Work, edition_id: int) -> int:
    """How many suggestions the approved edition led to: for each record of its days that is done, priced provisionally.

    Nothing is priced again by this. Open records need none: completing decides anew. Part of another operation's
    transaction; in one statement, however many there are.
    """
    edition = work.session.get_one(TariffEdition, edition_id)
    found = select(
        ServiceRecord.id,
        CoverageDecision.id,
        literal(edition_id),
        literal(SuggestionStatus.SUGGESTED.value),
        literal(work.now, UTCDateTime()),
    ).where(*_concerned(edition))
    columns = ["record_id", "against_id", "edition_id", "status", "suggested_at"]
    work.session.execute(insert(RatingSuggestion).from_select(columns, found))
    of_edition = select(func.count()).where(RatingSuggestion.edition_id == edition_id)
    return work.session.scalars(of_edition).one()


def _concerned(edition: TariffEdition) -> tuple[ColumnElement[bool], ...]:
    """Records whose provisional decision is in force, asked for or done in the days that the edition prices."""
    begins = max(midnight(edition.effective_from), _new_year(edition.jalali_year))
    ends = _new_year(edition.jalali_year + 1)
    suggested = and_(RatingSuggestion.against_id == CoverageDecision.id, RatingSuggestion.edition_id == edition.id)
    return (
        CoverageDecision.provisional == true(),
        RecordDecision.decision_id == CoverageDecision.id,
        ServiceRecord.id == RecordDecision.record_id,
        ServiceRecord.coverage_id == CoverageDecision.id,
        ServiceRecord.status.in_(WORKED),
        or_(
            and_(ServiceRecord.performed_at >= begins, ServiceRecord.performed_at < ends),
            and_(ServiceRecord.requested_at >= begins, ServiceRecord.requested_at < ends),
        ),
        ~exists().where(suggested),
    )


def _new_year(jalali_year: int) -> datetime:
    """The instant at which a Jalali year begins in Tehran."""
    return month_span(jalali_year * 100 + 1)[0]
