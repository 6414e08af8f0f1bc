"""Approve an override that another supervisor asked for; from then on it is in force."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.override import Override
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import ENDED
from backoffice.models import OverrideRequest, OverrideStatus
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.overrides import override_requests, overriding
from backoffice.operations.result import Result, refuse
from backoffice.operations.services.in_force import engines_decision
from backoffice.operations.services.states import changed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ApproveOverride(Command):
    """The request's id."""

    operation: ClassVar[str] = "approve_override"

    id: int


def approve_override(desk: Desk, viewer: Viewer, command: ApproveOverride) -> Result:
    """``id`` is the record's, ``decision`` the override. FORBIDDEN for whoever asked for it.

    CONFLICT for a request that is settled, or whose record has ended or been decided anew since; NOT_FOUND when the
    viewer does not see the record.
    """
    return perform(desk, viewer, "coverage.override", command, lambda work: _approve(work, command.id))


def _approve(work: Work, request_id: int) -> Done:
    request, record = override_requests.held(work, request_id)
    _refuse_own(work, request)
    engines = engines_decision(work, record)
    if record.status in ENDED or engines.id != request.against_id:
        raise refuse(ErrorCode.CONFLICT, "override_outdated", path=("id",))
    before = document_of(record)
    decided = overriding.overridden(work, engines, Override(request.outcome, request.amount, request.reason))
    decision = overriding.enforce(work, record, decided)
    override_requests.settle(work, request, OverrideStatus.APPROVED)
    done = changed(work, record, before, event="coverage_overridden", reason=request.reason)
    return done.with_decision(decided, decision.id)


def _refuse_own(work: Work, request: OverrideRequest) -> None:
    if work.viewer.staff_id is None:
        raise refuse(ErrorCode.FORBIDDEN, "override_by_staff")
    if work.viewer.staff_id == request.requested_by_id:
        raise refuse(ErrorCode.FORBIDDEN, "own_override")
