"""Suggestions to decide again, with their records: found as far as the viewer sees them, held, settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select

from backoffice.access import row_rules
from backoffice.access.access_class import access_class, viewer_binds
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import WORKED, record_number
from backoffice.domain.suggestion import SUGGESTION_STEPS, SuggestionStatus
from backoffice.models import AllowanceSlot, RatingSuggestion, ServiceRecord
from backoffice.models.base import is_possible_id
from backoffice.operations.documents import document_of
from backoffice.operations.result import refuse
from backoffice.operations.work import Done, Work

ENTITY = "RatingSuggestion"

MOST_AT_ONCE = 200
"""Suggestions settled in one transaction: a batch keeps nobody waiting for long."""


@dataclass(frozen=True)
class Suggested:
    """A suggestion, its record, and the allowance of the slot that led to it."""

    suggestion: RatingSuggestion
    record: ServiceRecord
    allowance_id: int | None

    @property
    def outdated(self) -> bool:
        """Whether something else has changed the record since."""
        return self.record.status not in WORKED or self.record.coverage_id != self.suggestion.against_id


def held(work: Work, ids: Sequence[int]) -> Sequence[Suggested]:
    """The open suggestions of these ids with their records, all held, by the record's id; slots before prices.

    NOT_FOUND where the viewer sees no such suggestion, CONFLICT for one that is settled, INVALID for too many.
    """
    wanted = set(ids)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise refuse(ErrorCode.INVALID, "rerating_batch", path=("ids",), most=MOST_AT_ONCE)
    holding = _chosen(work, wanted).with_for_update(of=(ServiceRecord, RatingSuggestion), key_share=True)
    found = _found(work, holding)
    if len(found) < len(wanted):
        raise refuse(ErrorCode.NOT_FOUND, path=("ids",))
    for one in found:
        if SUGGESTION_STEPS.is_final(one.suggestion.status):
            number, status = record_number(one.record.id), one.suggestion.status
            raise refuse(ErrorCode.CONFLICT, "rerating_settled", path=("ids",), record=number, status=status)
    return found


def still_open(work: Work, ids: Sequence[int]) -> Sequence[Suggested]:
    """Those of these ids that are open and that the viewer sees, in the same order, held by nobody."""
    return _found(work, _chosen(work, ids).where(RatingSuggestion.status == SuggestionStatus.SUGGESTED))


def settle(work: Work, suggestion: RatingSuggestion, status: SuggestionStatus) -> None:
    """The suggestion's end."""
    suggestion.status, suggestion.settled_at = status, work.now
    suggestion.settled_by_id = work.viewer.staff_id


def settled(suggestion: RatingSuggestion, *, reason: str | None = None) -> Done:
    """What became of the suggestion, once that is written."""
    event, after = Event[f"RERATING_{suggestion.status.name}"], document_of(suggestion)
    return Done(entity=ENTITY, entity_id=suggestion.id, events=(event,), after=after, reason=reason)


def _chosen(work: Work, ids: Collection[int]) -> Select[RatingSuggestion, ServiceRecord, int]:
    possible = [one for one in ids if is_possible_id(one)]
    chosen = (
        select(RatingSuggestion, ServiceRecord, AllowanceSlot.allowance_id)
        .join(ServiceRecord, ServiceRecord.id == RatingSuggestion.record_id)
        .outerjoin(AllowanceSlot, AllowanceSlot.id == RatingSuggestion.freed_slot_id)
        .where(RatingSuggestion.id.in_(possible), row_rules.service_records(ServiceRecord, access_class(work.viewer)))
    )
    return chosen.order_by(ServiceRecord.id, RatingSuggestion.freed_slot_id.is_(None), RatingSuggestion.id)


def _found(work: Work, chosen: Select[RatingSuggestion, ServiceRecord, int]) -> Sequence[Suggested]:
    found = work.session.execute(chosen, viewer_binds(work.viewer), execution_options={"populate_existing": True})
    return [Suggested(suggestion, record, allowance_id) for suggestion, record, allowance_id in found]
