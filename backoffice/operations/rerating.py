"""Pricing again what an earlier edition priced provisionally: the same facts, with the tariff book and taxes of now."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from backoffice.access import rows
from backoffice.domain.coverage import Decision, Facts, decide
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import record_number
from backoffice.models import CoverageDecision, RatingSuggestion, ServiceRecord, SuggestionStatus
from backoffice.operations import lookups
from backoffice.operations.complete_service import stored_request
from backoffice.operations.result import Decided, Refusal, refuse
from backoffice.operations.states import WORKED
from backoffice.operations.stored_decisions import stored_facts
from backoffice.operations.tariffs import tariff_book, tax_table
from backoffice.operations.work import Work
from backoffice.plugins import calls

MOST_AT_ONCE = 200
"""Suggestions settled in one transaction: a batch keeps nobody waiting for long."""

Suggested = tuple[RatingSuggestion, ServiceRecord]


def held(work: Work, edition_id: int, ids: Sequence[int]) -> list[Suggested]:
    """The open suggestions of these ids for an edition, with their records, all held.

    NOT_FOUND where the viewer sees no such suggestion, CONFLICT for one that is settled, INVALID for too many.
    """
    wanted = set(ids)
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise refuse(ErrorCode.INVALID, "rerating_batch", path=("ids",), most=MOST_AT_ONCE)
    found = _found(work, edition_id, wanted)
    if len(found) < len(wanted):
        raise refuse(ErrorCode.NOT_FOUND, path=("ids",))
    for suggestion, record in found:
        lookups.lock(work, record)
        lookups.lock(work, suggestion)
        if suggestion.status is not SuggestionStatus.SUGGESTED:
            number, status = record_number(record.id), suggestion.status
            raise refuse(ErrorCode.CONFLICT, "rerating_settled", path=("ids",), record=number, status=status)
    return found


def settle(work: Work, suggestion: RatingSuggestion, status: SuggestionStatus) -> None:
    """The suggestion's end."""
    suggestion.status, suggestion.settled_at = status, work.now
    suggestion.settled_by_id = work.viewer.staff_id


def priced_again(work: Work, suggestion: RatingSuggestion, record: ServiceRecord) -> Decided | None:
    """What would be decided now; None where the record has changed since, or the price has not."""
    if record.status not in WORKED or record.coverage_id != suggestion.against_id:
        return None
    before = work.session.get_one(CoverageDecision, suggestion.against_id)
    stored = stored_facts(work.session, before)
    facts = replace(stored, book=tariff_book(work.session), taxes=tax_table(work.session))
    decision = _decided(work, record, facts)
    return None if decision.provisional or decision.fingerprint == before.fingerprint else Decided(decision, facts)


def _decided(work: Work, record: ServiceRecord, facts: Facts) -> Decision:
    """By the service type, or by the plan's terms alone where that is retired."""
    service_type = work.desk.registry.get(record.service_type)
    if service_type is None:
        return decide(facts)
    decision = calls.decide(service_type, stored_request(service_type, record), facts)
    if isinstance(decision, Problem):
        raise Refusal(decision)
    return decision


def _found(work: Work, edition_id: int, wanted: set[int]) -> list[Suggested]:
    """By the record's id: whoever holds several takes them in the same order."""
    possible = [one for one in wanted if 0 < one <= lookups.LARGEST_ID]
    seen = rows.service_records(ServiceRecord, work.viewer)
    chosen = (
        select(RatingSuggestion, ServiceRecord)
        .join(ServiceRecord, ServiceRecord.id == RatingSuggestion.record_id)
        .where(RatingSuggestion.id.in_(possible), RatingSuggestion.edition_id == edition_id, seen)
        .order_by(ServiceRecord.id, RatingSuggestion.id)
    )
    return [(suggestion, record) for suggestion, record in work.session.execute(chosen)]
