"""Approve an override that another supervisor asked for; from then on it is in force."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.override import Override
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import ENDED
from backoffice.models import OverrideStatus
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.overrides import override_requests, supervisors_decision
from backoffice.operations.overrides.override_requests import REQUEST, RequestId, approvable
from backoffice.operations.result import refuse
from backoffice.operations.services.in_force import engines_decision
from backoffice.operations.services.states import ENTITY, changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ApproveOverride(Command):
    """The request's id."""

    id: RequestId


def _approve(work: Work, command: ApproveOverride) -> Done:
    request, record = override_requests.found(work, command.id)
    engines = engines_decision(work, record)
    if record.status in ENDED or engines.id != request.against_id:
        raise refuse(ErrorCode.CONFLICT, "override_outdated", path=("id",))
    before = document_of(record)
    decided = supervisors_decision.overridden(work, engines, Override(request.outcome, request.amount, request.reason))
    decision = supervisors_decision.enforce(work, record, decided)
    override_requests.settle(work, request, OverrideStatus.APPROVED)
    done = changed(work, record, before, event=Event.COVERAGE_OVERRIDDEN, reason=request.reason)
    return done.with_decision(decided, decision.id)


approve_override = Operation(
    name="approve_override",
    label=Label(fa="تأیید تصمیم جایگزین", en="Approve the override"),
    description="Approve an override that waits for a second person; it is in force from then on.",
    permission="coverage.override",
    command=ApproveOverride,
    entity=ENTITY,
    events=(Event.COVERAGE_OVERRIDDEN,),
    about=REQUEST,
    possible=approvable,
    body=_approve,
)
"""``id`` is the record's, ``decision`` the override. FORBIDDEN for whoever asked for it.

CONFLICT for a request that is settled, or whose record has ended or been decided anew since; NOT_FOUND when the viewer
does not see the record.
"""
