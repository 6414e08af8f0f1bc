"""Suggestions to decide again, with their records: found as far as the viewer sees them, held, settled."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import Select, select

from backoffice.access import row_rules
from backoffice.access.access_class import access_class, viewer_binds
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import WORKED, record_number
from backoffice.domain.suggestion import SuggestionStatus
from backoffice.models import AllowanceSlot, RatingSuggestion, ServiceRecord
from backoffice.models.base import is_possible_id
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Ids
from backoffice.operations.subject import Subject
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
    """The suggestions of these ids with their records, all held, by the record's id; slots before prices."""
    return _found(work, _chosen(work, ids).with_for_update(of=(ServiceRecord, RatingSuggestion), key_share=True))


@dataclass(frozen=True, kw_only=True)
class SuggestionState:
    """What of a stored suggestion says whether it can still be settled."""

    record_id: int
    status: SuggestionStatus


def _held(work: Work, command: "Settling", entity: str) -> Sequence[Suggested]:
    return held(work, command.ids)


def _state(work: Work, one: Suggested) -> SuggestionState:
    return SuggestionState(record_id=one.record.id, status=one.suggestion.status)


def open_to_settle(state: SuggestionState, viewer: object) -> Problem | None:
    """The rule of settling one: CONFLICT for one that is settled."""
    if state.status is SuggestionStatus.SUGGESTED:
        return None
    params = {"record": record_number(state.record_id), "status": state.status}
    return Problem(code=ErrorCode.CONFLICT, detail="rerating_settled", path=("ids",), params=params)


SUGGESTIONS = Subject(entity=ENTITY, state=_state, find=_held, named_by=("ids",), hold=lambda work, one: None)
"""All at once: finding them holds them in the order in which everybody does."""


@dataclass(frozen=True, kw_only=True)
class Settling(Command):
    """The ids of suggestions: 1 to 200 of them."""

    ids: Annotated[
        tuple[int, ...],
        Given(
            Ids(ENTITY, most=MOST_AT_ONCE, detail="rerating_batch", least=1),
            Label(fa="پیشنهادها", en="Suggestions"),
            about="Which suggestions, 1 to 200 of them.",
        ),
    ]


def still_open(work: Work, ids: Sequence[int]) -> Sequence[Suggested]:
    """Those of these ids that are open and that the viewer sees, in the same order, held by nobody."""
    return _found(work, _chosen(work, ids).where(RatingSuggestion.status == SuggestionStatus.SUGGESTED))


def settle(work: Work, suggestion: RatingSuggestion, status: SuggestionStatus) -> None:
    """The suggestion's end."""
    suggestion.status, suggestion.settled_at = status, work.now
    suggestion.settled_by_id = work.viewer.staff_id


def settled(suggestion: RatingSuggestion, *, reason: str | None = None) -> Done[Any]:
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
