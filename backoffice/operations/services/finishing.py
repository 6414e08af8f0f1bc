"""What makes a record done, whether at once or later: its result, its slot committed, its charge proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backoffice.domain.coverage import Facts, ServiceAsked
from backoffice.domain.problem import Problem
from backoffice.domain.record import RecordStatus
from backoffice.models import AllowanceSlot, CoverageDecision, ServiceRecord
from backoffice.operations.result import Decided, Refusal
from backoffice.operations.services import record_charges, slots
from backoffice.operations.services.service_question import Question, loaded
from backoffice.operations.work import Work
from backoffice.plugins import Part, RecordFacts, ServiceType, calls


@dataclass(frozen=True, kw_only=True)
class Finish:
    """What happened: the question as it turned out, its decision and that decision's row, the slot if it takes one."""

    question: Question
    decided: Decided
    decision_row: CoverageDecision
    slot: AllowanceSlot | None
    result: Mapping[str, object] | None


def finish(work: Work, record: ServiceRecord, what: Finish) -> None:
    """Make the record done, unless its service type objects."""
    result = {} if what.result is None else loaded(what.question.service_type, Part.RESULT, what.result)
    _let_the_type_judge(record, what, result)
    _keep_result(record, what, result)
    record.status = RecordStatus.DONE
    if what.slot is not None:
        slots.commit(work, [what.slot])
    record_charges.propose(work, record, what.decision_row)
    work.session.flush()


def _let_the_type_judge(record: ServiceRecord, what: Finish, result: Mapping[str, object]) -> None:
    seen = seen_by_type(
        what.question.asked,
        what.question.request,
        record_id=record.id,
        status=record.status,
        customer_id=record.customer_id,
        asset_id=record.asset_id,
    )
    objections = objections_of_type(what.question.service_type, seen, result, facts=what.decided.facts)
    if objections:
        raise Refusal(*objections, decision=what.decided)


def seen_by_type(
    asked: ServiceAsked,
    request: Mapping[str, object],
    *,
    record_id: int,
    status: RecordStatus,
    customer_id: int,
    asset_id: int | None,
) -> RecordFacts:
    """The record as its service type sees it while the work is being finished."""
    return RecordFacts(
        id=record_id,
        status=status,
        mode=asked.mode,
        subject=asked.subject,
        customer_id=customer_id,
        asset_id=asset_id,
        requested_at=asked.requested_at,
        performed_at=asked.performed_at,
        minutes=asked.minutes,
        distance_metres=asked.distance_metres,
        request=request,
    )


def objections_of_type(
    service_type: ServiceType, seen: RecordFacts, result: Mapping[str, object], *, facts: Facts
) -> Sequence[Problem]:
    """What the service type has against the record's being done; nothing when it has completed it."""
    path = (Part.RESULT, service_type.code)
    objections = calls.before_complete(service_type, seen, result, facts, path=path)
    if objections:
        return objections
    effects = calls.complete(service_type, seen, result, facts)
    return (effects,) if isinstance(effects, Problem) else ()


def _keep_result(record: ServiceRecord, what: Finish, result: Mapping[str, object]) -> None:
    if what.result is None:
        return
    service_type = what.question.service_type
    record.result_version = service_type.version
    record.result_data = stored(calls.dump(service_type, Part.RESULT, result))


def stored(dumped: Mapping[str, object] | Problem) -> Mapping[str, object]:
    """What a service type gave to be stored; its failure refuses the operation."""
    if isinstance(dumped, Problem):
        raise Refusal(dumped)
    return dumped
