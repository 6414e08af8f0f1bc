"""Record a service: decide, hold the slot, write it down; work already done is done at once."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, TypeAlias

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Channel, CoverageDecision, DecisionRole, RecordDecision, ServiceRecord
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Given
from backoffice.operations.kinds import Called, Fingerprint, PluginData
from backoffice.operations.operation import Operation, Preview
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.services import slots
from backoffice.operations.services.authorship import author_of
from backoffice.operations.services.deciding import decide_for
from backoffice.operations.services.finishing import Finish, finish, stored
from backoffice.operations.services.held_decision import HeldDecision, decide_and_hold, refuse_unacceptable
from backoffice.operations.services.record_rows import RecordEntry, naming_values, record_values
from backoffice.operations.services.service_question import Asking, Question, ask
from backoffice.operations.services.states import ENTITY
from backoffice.operations.services.stored_decisions import store_decision
from backoffice.operations.work import Done, Work
from backoffice.plugins import Part, calls

ExpectedFingerprint: TypeAlias = Annotated[
    str | None,
    Given(
        Fingerprint(),
        Label(fa="تصمیم دیده‌شده", en="Decision seen"),
        about="Refuse with DECISION_CHANGED, and return the new decision, if it is no longer this one.",
    ),
]


def _active_channel(work: Work, code: str, path: str) -> Channel:
    """The channel that takes new records; INVALID for another."""
    channel = work.session.get(Channel, code)
    if channel is None or not channel.active:
        raise refuse(ErrorCode.INVALID, "channel", path=(path,), channel=code)
    return channel


@dataclass(frozen=True, kw_only=True)
class RecordService(Asking):
    """One service asked for or, with ``performed_at``, already given; ``result`` goes with that."""

    channel: Annotated[
        str,
        Given(
            Called(entity="Channel", find=_active_channel),
            Label(fa="روش ارتباط", en="Channel"),
            about="Code of the channel on which the request arrived.",
        ),
    ]
    request: Annotated[
        Mapping[str, object],
        Given(PluginData(Part.REQUEST), Label(fa="درخواست", en="Request"), about="What is asked for."),
    ] = field()
    result: Annotated[
        Mapping[str, object] | None,
        Given(
            PluginData(Part.RESULT),
            Label(fa="نتیجه", en="Result"),
            about="What is recorded; with `performedAt`.",
        ),
    ] = None
    expected_fingerprint: ExpectedFingerprint = None

    def contradictions(self) -> Iterator[Problem]:
        """A result of work that is not done."""
        if self.result is not None and self.performed_at is None:
            yield Problem(code=ErrorCode.INVALID, detail="result_before_work", path=("result",))


@dataclass(frozen=True, kw_only=True)
class PreviewService(Asking):
    """The facts that recording would have. ``request`` may be left out while it is not known yet."""


def _previewed(work: Work, command: PreviewService) -> Result:
    """The decision that recording would make now, refusals among them."""
    return Result(id=None, decision=decide_for(work, ask(work, command)))


def _record(work: Work, command: RecordService) -> Done:
    question = ask(work, command)
    _refuse_incomplete(question)
    settled = decide_and_hold(work, question)
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
        entity=ENTITY,
        entity_id=record.id,
        events=_events(question),
        after=document_of(record),
        decided=settled.decided,
        decision_id=decision.id,
    )


def _events(question: Question) -> tuple[Event, ...]:
    done = question.asked.performed_at is not None
    return (Event.RECORD_OPENED, Event.RECORD_COMPLETED) if done else (Event.RECORD_OPENED,)


def _refuse_incomplete(question: Question) -> None:
    """What a preview may leave out and a record may not."""
    if question.service_type.needs_asset and question.asset is None:
        raise refuse(ErrorCode.INVALID, "required", path=("asset_id",))
    if question.customer is None:
        raise refuse(ErrorCode.INVALID, "required", path=("customer_id",))


def _let_the_type_judge(question: Question, settled: HeldDecision) -> None:
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
    asset, customer, service_type = question.asset, question.customer, question.service_type
    if customer is None:
        raise ValueError("a service record needs a customer: an incomplete question is refused before")
    author = author_of(work)
    return RecordEntry(
        asked=question.asked,
        channel=command.channel,
        customer_id=customer.id,
        asset_id=None if asset is None else asset.id,
        product_id=None if asset is None else asset.product_id,
        site_id=question.site_id,
        office_id=author.office_id,
        author_id=author.staff_id,
        recorded_by=work.viewer.actor,
        request_version=service_type.version,
        request=stored(calls.dump(service_type, Part.REQUEST, question.request)),
    )


record_service = Operation(
    name="record_service",
    label=Label(fa="ثبت خدمت", en="Record a service"),
    description="Record a service: decide, and reserve what it uses. "
    "With `performedAt` it records work already done: it is DONE at once.",
    permission="record.write",
    command=RecordService,
    entity=ENTITY,
    events=(Event.RECORD_OPENED, Event.RECORD_COMPLETED),
    body=_record,
    preview=Preview(command=PreviewService, permission="record.read", body=_previewed),
    in_api=True,
)
"""``id`` is the record's, ``decision`` what was decided. With ``performed_at`` the record is done.

NOT_OFFERED, NEEDS_INPUT and NO_TARIFF, and DECISION_CHANGED when the decision is not the expected one, carry the
decision and leave nothing behind. The record belongs to its author's office.
"""
