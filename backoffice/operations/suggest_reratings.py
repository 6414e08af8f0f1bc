"""Suggest to price again, after a late edition was approved, what was priced provisionally until then."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_, exists, func, insert, literal, or_, select, true

from backoffice.domain.calendar import midnight, month_span
from backoffice.models import (
    CoverageDecision,
    RatingSuggestion,
    RecordDecision,
    ServiceRecord,
    SuggestionStatus,
    TariffEdition,
)
from backoffice.models.base import UTCDateTime
from backoffice.operations.states import WORKED
from backoffice.operations.work import Work


def suggest_reratings(work: Work, edition_id: int) -> int:
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
