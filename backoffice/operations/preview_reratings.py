"""Ask what open suggestions to price again would change, before accepting any: the very prices that accepting gives."""

from dataclasses import dataclass

from sqlalchemy import select

from backoffice.access import rows
from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Decision
from backoffice.models import CoverageDecision, RatingSuggestion, ServiceRecord, SuggestionStatus
from backoffice.operations.desk import Desk
from backoffice.operations.rerating import MOST_AT_ONCE, priced_again
from backoffice.operations.stored_decisions import stored_decision
from backoffice.operations.work import Work, work_in


@dataclass(frozen=True)
class Rerating:
    """A suggestion with the decision in force and the one that would replace it; None where nothing would change."""

    suggestion_id: int
    record_id: int
    before: Decision
    after: Decision | None


def preview_reratings(
    desk: Desk, viewer: Viewer, edition_id: int, *, after: int = 0, first: int = MOST_AT_ONCE
) -> tuple[Rerating, ...]:
    """The open suggestions of an edition behind the id ``after``, ``first`` of them, by their id. Changes nothing.

    Raises ``Refusal`` where a service type fails.
    """
    viewer.require("charge.rerate")
    with desk.database.reading() as session:
        work = work_in(desk, viewer, session)
        chosen = (
            select(RatingSuggestion, ServiceRecord)
            .join(ServiceRecord, ServiceRecord.id == RatingSuggestion.record_id)
            .where(RatingSuggestion.edition_id == edition_id, RatingSuggestion.id > after)
            .where(RatingSuggestion.status == SuggestionStatus.SUGGESTED, rows.service_records(ServiceRecord, viewer))
            .order_by(RatingSuggestion.id)
            .limit(min(first, MOST_AT_ONCE))
        )
        return tuple(_rerating(work, suggestion, record) for suggestion, record in session.execute(chosen).all())


def _rerating(work: Work, suggestion: RatingSuggestion, record: ServiceRecord) -> Rerating:
    again = priced_again(work, suggestion, record)
    before = stored_decision(work.session, work.session.get_one(CoverageDecision, record.coverage_id))
    return Rerating(suggestion.id, record.id, before, None if again is None else again.decision)
