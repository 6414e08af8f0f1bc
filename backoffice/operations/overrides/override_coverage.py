"""Override a coverage decision: a supervisor's own, for a reason; above a limit it waits for a second person."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.decision import Outcome
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.override import OVERRIDES, Override
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import overridable
from backoffice.models import CoverageDecision, OverrideRequest, OverrideStatus, ServiceRecord
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Given
from backoffice.operations.kinds import RIALS, Known
from backoffice.operations.operation import Operation
from backoffice.operations.overrides import supervisors_decision
from backoffice.operations.result import Decided, refuse
from backoffice.operations.services.in_force import engines_decision
from backoffice.operations.services.states import ENTITY, RECORD, Step, changed
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class OverrideCoverage(Step):
    """FREE, QUOTE, or TARIFF with the ``amount`` payable: rials, VAT included. A reason is required."""

    outcome: Annotated[
        Outcome,
        Given(
            Known(OVERRIDES, "override_outcome", "outcome"),
            Label(fa="تصمیم", en="Decision"),
            about="FREE, TARIFF or QUOTE.",
        ),
    ]
    amount: Annotated[
        int | None,
        Given(
            RIALS,
            Label(fa="مبلغ (ریال)", en="Amount (rials)"),
            about="With TARIFF: what is payable, VAT included.",
        ),
    ] = None
    reason: Reason

    def contradictions(self) -> Iterator[Problem]:
        """An amount that does not go with the outcome."""
        if self.outcome in OVERRIDES and self.outcome is not Outcome.TARIFF and self.amount:
            yield Problem(code=ErrorCode.INVALID, detail="override_amount", path=("amount",))
        if self.outcome is Outcome.TARIFF and self.amount is None:
            yield Problem(code=ErrorCode.INVALID, detail="required", path=("amount",))
        if self.outcome is Outcome.TARIFF and self.amount == 0:
            params = {"least": 1, "most": RIAL_LIMIT}
            yield Problem(code=ErrorCode.INVALID, detail="out_of_range", path=("amount",), params=params)


def _override(work: Work, command: OverrideCoverage) -> Done:
    record = lookups.record(work, command.id)
    given = Override(command.outcome, command.amount or None, command.reason)
    engines = engines_decision(work, record)
    decided = supervisors_decision.overridden(work, engines, given)
    if decided.engine and supervisors_decision.needs_a_second_person(work, decided.engine, decided.decision):
        return _asked_for(work, record, engines, given=given, decided=decided)
    before = document_of(record)
    decision = supervisors_decision.enforce(work, record, decided)
    event, reason = Event.COVERAGE_OVERRIDDEN, given.reason
    return changed(work, record, before, event=event, reason=reason).with_decision(decided, decision.id)


def _asked_for(
    work: Work, record: ServiceRecord, engines: CoverageDecision, *, given: Override, decided: Decided
) -> Done:
    if work.viewer.staff_id is None:
        raise refuse(ErrorCode.FORBIDDEN, "override_by_staff")
    request = OverrideRequest(
        record_id=record.id,
        against_id=engines.id,
        outcome=given.outcome,
        amount=given.amount,
        reason=given.reason,
        status=OverrideStatus.WAITING,
        requested_by_id=work.viewer.staff_id,
        requested_at=work.now,
    )
    work.session.add(request)
    work.session.flush()
    return Done(
        entity=ENTITY,
        entity_id=record.id,
        events=(Event.OVERRIDE_REQUESTED,),
        before=document_of(record),
        after=document_of(record, override_request=document_of(request)),
        reason=given.reason,
        decided=decided,
    )


override_coverage = Operation(
    name="override_coverage",
    label=Label(fa="تصمیم جایگزین", en="Override the decision"),
    description="Decide in the place of the engine, whose own decision stays beside. Above the desk's limit a second "
    "person approves it first, and the record stays as it is until then.",
    permission="coverage.override",
    command=OverrideCoverage,
    entity=ENTITY,
    events=(Event.COVERAGE_OVERRIDDEN, Event.OVERRIDE_REQUESTED),
    about=RECORD,
    possible=overridable,
    body=_override,
    in_api=True,
)
"""``id`` is the record's, ``decision`` the override. It also holds when an open record is completed.

Where it differs from the engine's decision by more than the desk's ``override_limit`` rials it is asked for only: the
record stays as it is until somebody else approves. CONFLICT for a cancelled or voided record, one with an override that
waits, and one whose charge is in the books; STALE as ever; INVALID for any other outcome; NO_TARIFF where no edition
stands behind the amount.
"""
