"""Putting new decisions about done records in force: slots taken, charges reversed and proposed anew."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from backoffice.domain.event import Event
from backoffice.models import Allowance, Charge, CoverageDecision, DecisionRole, RatingSuggestion, SuggestionStatus
from backoffice.operations.audit_documents import document_of
from backoffice.operations.reratings import held_suggestions
from backoffice.operations.reratings.held_suggestions import Suggested
from backoffice.operations.result import Decided
from backoffice.operations.services import record_charges, slots
from backoffice.operations.services.in_force import put_in_force
from backoffice.operations.services.states import done_to, next_version
from backoffice.operations.services.stored_decisions import store_decisions
from backoffice.operations.services.suggesting import about_slot
from backoffice.operations.work import Done, Work

SHOWN = ("outcome", "amount", "shadow_amount")
"""What a record repeats of its decision."""


@dataclass(frozen=True, kw_only=True)
class Replacement:
    """A suggestion that is accepted, what is decided now, the allowance held for its slot, the charge that stood."""

    suggested: Suggested
    again: Decided
    allowance: Allowance | None
    charge: Charge | None


def replace_decisions(work: Work, replacements: Sequence[Replacement]) -> Sequence[Done]:
    """Let each record's new decision count; what was done to the records, in their order.

    As many statements for many as for one.
    """
    if not replacements:
        return ()
    records = [one.suggested.record for one in replacements]
    before = [document_of(record) for record in records]
    decisions = store_decisions(work, [one.again for one in replacements])
    for one, decision in zip(replacements, decisions, strict=True):
        _put_in_force(work, one, decision)
    work.session.flush()
    wanted = [(one.allowance, one.suggested.record.id) for one in replacements if one.allowance is not None]
    slots.commit(work, slots.reserve_all(work, wanted))
    for record, decision in zip(records, decisions, strict=True):
        record_charges.propose(work, record, decision)
    _outdate_others(work, replacements, decisions)
    work.session.flush()
    return [done_to(record, was, event=Event.RECORD_RERATED) for record, was in zip(records, before, strict=True)]


def _put_in_force(work: Work, one: Replacement, decision: CoverageDecision) -> None:
    record = one.suggested.record
    put_in_force(work, record, decision, DecisionRole.RERATING)
    next_version(work, record)
    for name in SHOWN:
        flag_modified(record, name)  # written even where it is the same, so that all records make one statement
    if one.charge is not None:
        record_charges.take_back(work, one.charge)


def _outdate_others(work: Work, replacements: Sequence[Replacement], decisions: Sequence[CoverageDecision]) -> None:
    """What else waits for these records is about decisions that count no longer.

    Whoever is charged for want of a slot by the new decision, too, goes on waiting for it.
    """
    new = {
        one.suggested.suggestion.against_id: (one.again, decision.id)
        for one, decision in zip(replacements, decisions, strict=True)
    }
    still = (RatingSuggestion.against_id.in_(new), RatingSuggestion.status == SuggestionStatus.SUGGESTED)
    for other in work.session.scalars(select(RatingSuggestion).where(*still)).all():
        held_suggestions.settle(work, other, SuggestionStatus.OBSOLETE)
        again, decision_id = new[other.against_id]
        if other.freed_slot_id is not None and again.decision.exhausted is not None:
            work.session.add(about_slot(work, other.record_id, decision_id, slot_id=other.freed_slot_id))
