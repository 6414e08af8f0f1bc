"""Accept suggestions to price again: a new decision for each record, its charge reversed and proposed anew."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import REFUSALS
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import record_number
from backoffice.models import DecisionRole, ServiceRecord, SuggestionStatus
from backoffice.operations import charges, rerating
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.editions import ENTITY
from backoffice.operations.in_force import put_in_force
from backoffice.operations.operation import leave_traces, perform
from backoffice.operations.result import Decided, Result, refuse
from backoffice.operations.states import changed
from backoffice.operations.stored_decisions import store_decision
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class AcceptReratings(Command):
    """The edition, and the ids of its suggestions: 1 to 200 of them."""

    operation: ClassVar[str] = "accept_reratings"

    edition_id: int
    ids: tuple[int, ...]


def accept_reratings(desk: Desk, viewer: Viewer, command: AcceptReratings) -> Result:
    """``id`` is the edition's. All or none: a suggestion whose record has changed since becomes obsolete, no refusal.

    NOT_FOUND for a suggestion that the viewer does not see, CONFLICT for one that is settled or whose charge is in the
    books, NO_TARIFF where the new edition gives no price.
    """
    return perform(desk, viewer, "charge.rerate", command, lambda work: _accept(work, command))


def _accept(work: Work, command: AcceptReratings) -> Done:
    found = rerating.held(work, command.edition_id, command.ids)
    ends = {one[1].id: _settled(work, command, found=one) for one in found}
    work.session.flush()
    after = {str(end): [record_id for record_id in ends if ends[record_id] is end] for end in set(ends.values())}
    return Done(entity=ENTITY, entity_id=command.edition_id, events=("reratings_accepted",), after=after)


def _settled(work: Work, command: AcceptReratings, *, found: rerating.Suggested) -> SuggestionStatus:
    suggestion, record = found
    again = rerating.priced_again(work, suggestion, record)
    status = SuggestionStatus.OBSOLETE if again is None else SuggestionStatus.ACCEPTED
    if again is not None:
        leave_traces(work, command, _rerated(work, record, again))
    rerating.settle(work, suggestion, status)
    return status


def _rerated(work: Work, record: ServiceRecord, again: Decided) -> Done:
    if again.decision.outcome in REFUSALS:
        raise refuse(ErrorCode.NO_TARIFF, "rerating_unpriced", path=("ids",), record=record_number(record.id))
    charge = charges.standing(work, record)
    if charge is not None and charge.status in charges.SETTLED:
        raise refuse(ErrorCode.CONFLICT, "rerating_charge_settled", path=("ids",), record=record_number(record.id))
    before = document_of(record)
    decision = store_decision(work, again)
    put_in_force(work, record, decision, DecisionRole.RERATING)
    charges.reverse(work, record)
    charges.propose(work, record, decision)
    return changed(work, record, before, event="record_rerated")
