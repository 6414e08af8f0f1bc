"""Record a service: decide, hold the slot, write it down; work already done is done at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.models import Channel, CoverageDecision, DecisionRole, RecordDecision, ServiceRecord
from backoffice.operations.command import Repeatable
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.services import slots
from backoffice.operations.services.asking import Asking, Question, ask
from backoffice.operations.services.finishing import Finish, finish, stored
from backoffice.operations.services.record_rows import RecordEntry, naming_values, record_values
from backoffice.operations.services.settling import Settled, refuse_unacceptable, settle
from backoffice.operations.services.stored_decisions import store_decision
from backoffice.operations.work import Done, Work
from backoffice.plugins import Part, calls


@dataclass(frozen=True, kw_only=True)
class RecordService(Asking, Repeatable):
    """One service asked for or, with ``performed_at``, already given; ``result`` goes with that."""

    operation: ClassVar[str] = "record_service"

    channel: str
    request: Mapping[str, object] = field()
    result: Mapping[str, object] | None = None
    expected_fingerprint: str | None = None


def record_service(desk: Desk, viewer: Viewer, command: RecordService) -> Result:
    """``id`` is the record's, ``decision`` what was decided. With ``performed_at`` the record is done.

    NOT_OFFERED, NEEDS_INPUT and NO_TARIFF, and DECISION_CHANGED when the decision is not the expected one, carry the
    decision and leave nothing behind. The record belongs to its author's office.
    """
    return perform(desk, viewer, "record.write", command, lambda work: _record(work, command))


def _record(work: Work, command: RecordService) -> Done:
    question = ask(work, command)
    _refuse_incomplete(work, command, question)
    settled = settle(work, question)
    refuse_unacceptable(settled.decided, command.expected_fingerprint)
    _let_the_type_judge(question, settled)
    decision = store_decision(work, settled.decided)
    record = _open(work, command, question, decision)
    slot = None if settled.allowance is None else slots.reserve(work, settled.allowance, record.id)
    if question.asked.performed_at is not None:
        what = Finish(
            question=question,
            decided=settled.decided,
            decision_row=decision,
            slot=slot,
            result=command.result,
        )
        finish(work, record, what)
    return Done(
        entity="ServiceRecord",
        entity_id=record.id,
        events=("record_opened",) if question.asked.performed_at is None else ("record_opened", "record_completed"),
        after=document_of(record),
        decided=settled.decided,
        decision_id=decision.id,
    )


def _refuse_incomplete(work: Work, command: RecordService, question: Question) -> None:
    """What a preview may leave out and a record may not."""
    if question.service_type.needs_asset and question.asset is None:
        raise refuse(ErrorCode.INVALID, "required", path=("asset_id",))
    if question.customer is None:
        raise refuse(ErrorCode.INVALID, "required", path=("customer_id",))
    if command.result is not None and command.performed_at is None:
        raise refuse(ErrorCode.INVALID, "result_before_work", path=("result",))
    channel = work.session.get(Channel, command.channel)
    if channel is None or not channel.active:
        raise refuse(ErrorCode.INVALID, "channel", path=("channel",), channel=command.channel)


def _let_the_type_judge(question: Question, settled: Settled) -> None:
    service_type, facts = question.service_type, settled.decided.facts
    objections = calls.check(service_type, question.request, facts, path=(Part.REQUEST, service_type.code))
    if objections:
        raise Refusal(*objections, decision=settled.decided)


def _open(work: Work, command: RecordService, question: Question, decision: CoverageDecision) -> ServiceRecord:
    """The record as requested, its estimate in force."""
    values = record_values(_entry(work, command, question), decision, decision_id=decision.id, now=work.now)
    record = ServiceRecord(**values)
    work.session.add(record)
    work.session.flush()
    named = naming_values(record.id, decision.id, role=DecisionRole.ESTIMATE, now=work.now)
    work.session.add(RecordDecision(**named))
    return record


def _entry(work: Work, command: RecordService, question: Question) -> RecordEntry:
    viewer, asset, customer = work.viewer, question.asset, question.customer
    if viewer.staff_id is None or viewer.office_id is None or customer is None:
        raise ValueError("a service record needs a customer, and a member of staff with an office as its author")
    service_type = question.service_type
    return RecordEntry(
        asked=question.asked,
        channel=command.channel,
        customer_id=customer.id,
        asset_id=None if asset is None else asset.id,
        product_id=None if asset is None else asset.product_id,
        site_id=question.site_id,
        office_id=viewer.office_id,
        author_id=viewer.staff_id,
        request_version=service_type.version,
        request=stored(calls.dump(service_type, Part.REQUEST, question.request)),
    )
