"""Complete a service: decide again with what really happened; the slot is kept, taken or given back accordingly."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from backoffice.domain.coverage import ServiceAsked
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import completable
from backoffice.models import CoverageDecision, DecisionRole, ServiceRecord
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Given
from backoffice.operations.kinds import Called, PastInstant, PluginData
from backoffice.operations.operation import Operation, Preview
from backoffice.operations.result import Decided, Refusal, Result, refuse
from backoffice.operations.services.deciding import decide_for
from backoffice.operations.services.finishing import Finish, finish
from backoffice.operations.services.held_decision import decide_and_hold, refuse_unacceptable
from backoffice.operations.services.in_force import put_in_force, standing_override
from backoffice.operations.services.record_rows import performed_values
from backoffice.operations.services.record_service import ExpectedFingerprint
from backoffice.operations.services.service_question import DistanceMetres, Minutes, Question
from backoffice.operations.services.states import ENTITY, RECORD, Step, next_version
from backoffice.operations.services.stored_decisions import store_decision
from backoffice.operations.work import Done, Work
from backoffice.plugins import Part, ServiceType, calls


@dataclass(frozen=True, kw_only=True)
class CompleteService(Step):
    """What really happened. ``performed_at`` is now unless given; ``minutes`` and ``distance_metres`` as recorded.

    ``service_type`` is the type whose ``result`` this is; None without a result.
    """

    performed_at: Annotated[
        datetime | None,
        Given(PastInstant(), Label(fa="زمان انجام", en="Performed at"), about="When it was done; now when left out."),
    ] = None
    minutes: Minutes = None
    distance_metres: DistanceMetres = None
    service_type: Annotated[
        str | None,
        Given(
            Called(entity="ServiceType"),
            Label(fa="خدمت", en="Service type"),
            about="The code of the service type whose result this is.",
        ),
    ] = None
    result: Annotated[
        Mapping[str, object] | None,
        Given(PluginData(Part.RESULT), Label(fa="نتیجه", en="Result"), about="What is recorded."),
    ] = None
    expected_fingerprint: ExpectedFingerprint = None


def _previewed(work: Work, command: CompleteService) -> Result:
    """The decision that completing would make now; the record's own slot is not counted against it.

    CONFLICT for a record that cannot be completed. The version, the result and the fingerprint are not looked at.
    """
    record = lookups.record(work, command.id)
    RECORD.refuse(work, record, completable)
    return Result(id=None, decision=decide_for(work, as_it_happened(work, command, record)))


def _complete(work: Work, command: CompleteService) -> Done:
    record = lookups.record(work, command.id)
    before = document_of(record)
    question = as_it_happened(work, command, record)
    settled = decide_and_hold(work, question)
    refuse_unacceptable(settled.decided, command.expected_fingerprint)
    decision = _put_in_force(work, record, settled.decided)
    _as_performed(work, record, question)
    what = Finish(
        question=question,
        decided=settled.decided,
        decision_row=decision,
        slot=settled.place(work, record.id),
        result=command.result,
    )
    finish(work, record, what)
    return Done(
        entity=ENTITY,
        entity_id=record.id,
        events=(Event.RECORD_COMPLETED,),
        before=before,
        after=document_of(record),
        decided=settled.decided,
        decision_id=decision.id,
    )


def as_it_happened(work: Work, command: CompleteService, record: ServiceRecord) -> Question:
    """The question that completing the record puts: what was recorded, with what really happened."""
    service_type = _type_of(work, command, record)
    minutes, distance = command.minutes, command.distance_metres
    asked = ServiceAsked(
        service_type=record.service_type,
        mode=record.mode,
        subject=record.subject,
        requested_at=record.requested_at,
        performed_at=command.performed_at or work.now,
        minutes=record.minutes if minutes is None else minutes,
        distance_metres=record.distance_metres if distance is None else distance,
    )
    return Question(
        service_type=service_type,
        asked=asked,
        asset=None if record.asset_id is None else lookups.asset(work, record.asset_id),
        customer=lookups.customer(work, record.customer_id),
        site_id=record.site_id,
        request=stored_request(service_type, record),
        record_id=record.id,
        override=standing_override(work, record),
    )


def _type_of(work: Work, command: CompleteService, record: ServiceRecord) -> ServiceType:
    service_type = work.desk.registry.get(record.service_type)
    if service_type is None:
        raise refuse(ErrorCode.CONFLICT, "service_type_retired", path=("id",), service_type=record.service_type)
    if command.service_type not in (None, service_type.code):
        raise refuse(ErrorCode.INVALID, "result_of_other_type", path=("result",), service_type=record.service_type)
    return service_type


def stored_request(service_type: ServiceType, record: ServiceRecord) -> Mapping[str, object]:
    """The request as it was recorded, in the values that the service type's methods are given."""
    request = calls.restore(service_type, Part.REQUEST, record.request_data, version=record.request_version)
    if isinstance(request, Problem):
        raise Refusal(request)
    return request


def _put_in_force(work: Work, record: ServiceRecord, decided: Decided) -> CoverageDecision:
    """The engine's decision, and a standing override of it beside it."""
    if decided.engine is not None:
        engines = store_decision(work, Decided(decided.engine, decided.facts))
        put_in_force(work, record, engines, DecisionRole.COMPLETION)
    decision = store_decision(work, decided)
    role = DecisionRole.COMPLETION if decided.engine is None else DecisionRole.OVERRIDE
    put_in_force(work, record, decision, role)
    return decision


def _as_performed(work: Work, record: ServiceRecord, question: Question) -> None:
    record.change(performed_values(question.asked))
    next_version(work, record)
    work.session.flush()


complete_service = Operation(
    name="complete_service",
    label=Label(fa="انجام شد", en="Complete"),
    description="Complete a service that is REQUESTED, SCHEDULED or IN_PROGRESS:"
    " decide again with what really happened.",
    permission="record.write",
    command=CompleteService,
    entity=ENTITY,
    events=(Event.RECORD_COMPLETED,),
    about=RECORD,
    possible=completable,
    body=_complete,
    preview=Preview(command=CompleteService, permission="record.read", body=_previewed),
    in_api=True,
)
"""``id`` is the record's, ``decision`` the one in force from now on.

From requested, scheduled or in progress, else CONFLICT. STALE, DECISION_CHANGED and the refusals of recording as there;
they leave the record as it was.
"""
