"""Override a coverage decision: a supervisor's own, for a reason; above a limit it waits for a second person."""

from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.decision import Outcome
from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.override import OVERRIDES, Override
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import ENDED
from backoffice.models import CoverageDecision, OverrideRequest, OverrideStatus, ServiceRecord
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.overrides import overriding
from backoffice.operations.result import Decided, Result, refuse
from backoffice.operations.services.in_force import engines_decision
from backoffice.operations.services.states import changed
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class OverrideCoverage(Command):
    """FREE, QUOTE, or TARIFF with the ``amount`` payable: rials, VAT included. A reason is required."""

    operation: ClassVar[str] = "override_coverage"

    id: int
    version: int
    outcome: Outcome
    amount: int | None = None
    reason: str


def override_coverage(desk: Desk, viewer: Viewer, command: OverrideCoverage) -> Result:
    """``id`` is the record's, ``decision`` the override. It also holds when an open record is completed.

    Where it differs from the engine's decision by more than the desk's ``override_limit`` rials it is asked for only:
    the record stays as it is until somebody else approves. CONFLICT for a cancelled or voided record, one with an
    override that waits, and one whose charge is in the books; STALE as ever; INVALID for any other outcome; NO_TARIFF
    where no edition stands behind the amount.
    """
    return perform(desk, viewer, "coverage.override", command, lambda work: _override(work, command))


def _override(work: Work, command: OverrideCoverage) -> Done:
    record = lookups.record(work, command.id)
    begin_change(work, record, command.version)
    given = _given(command)
    _refuse_ended_or_waiting(work, record)
    engines = engines_decision(work, record)
    decided = overriding.overridden(work, engines, given)
    if decided.engine and overriding.needs_a_second_person(work, decided.engine, decided.decision):
        return _asked_for(work, record, engines, given=given, decided=decided)
    before = document_of(record)
    decision = overriding.enforce(work, record, decided)
    event, reason = "coverage_overridden", given.reason
    return changed(work, record, before, event=event, reason=reason).with_decision(decided, decision.id)


def _given(command: OverrideCoverage) -> Override:
    if command.outcome not in OVERRIDES:
        raise refuse(ErrorCode.INVALID, "override_outcome", path=("outcome",), outcome=command.outcome)
    reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    return Override(command.outcome, _amount(command), reason)


def _amount(command: OverrideCoverage) -> int | None:
    if command.outcome is not Outcome.TARIFF:
        if command.amount:
            raise refuse(ErrorCode.INVALID, "override_amount", path=("amount",))
        return None
    if command.amount is None:
        raise refuse(ErrorCode.INVALID, "required", path=("amount",))
    if not 1 <= command.amount <= RIAL_LIMIT:
        raise refuse(ErrorCode.INVALID, "out_of_range", path=("amount",), least=1, most=RIAL_LIMIT)
    return command.amount


def _refuse_ended_or_waiting(work: Work, record: ServiceRecord) -> None:
    if record.status in ENDED:
        raise refuse(ErrorCode.CONFLICT, "record_ended", path=("id",), status=record.status)
    waiting = (OverrideRequest.record_id == record.id, OverrideRequest.status == OverrideStatus.WAITING)
    if work.session.scalar(select(OverrideRequest.id).where(*waiting)) is not None:
        raise refuse(ErrorCode.CONFLICT, "override_waiting", path=("id",))


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
        entity="ServiceRecord",
        entity_id=record.id,
        events=("override_requested",),
        before=document_of(record),
        after=document_of(record, override_request=document_of(request)),
        reason=given.reason,
        decided=decided,
    )
