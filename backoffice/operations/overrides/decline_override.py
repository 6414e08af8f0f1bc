"""Decline an override that waits for a second person, or withdraw one's own; the record stays as it is."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.models import OverrideStatus
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.overrides import override_requests
from backoffice.operations.result import Result
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DeclineOverride(Command):
    """The request's id, and why: a reason is required."""

    operation: ClassVar[str] = "decline_override"

    id: int
    reason: str


def decline_override(desk: Desk, viewer: Viewer, command: DeclineOverride) -> Result:
    """``id`` is the record's. CONFLICT for a request that is settled; NOT_FOUND without the record in sight."""
    return perform(desk, viewer, "coverage.override", command, lambda work: _decline(work, command))


def _decline(work: Work, command: DeclineOverride) -> Done:
    request, record = override_requests.held(work, command.id)
    reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    before = document_of(request)
    override_requests.settle(work, request, OverrideStatus.DECLINED)
    return Done(
        entity="ServiceRecord",
        entity_id=record.id,
        events=("override_declined",),
        before={"override_request": before},
        after={"override_request": document_of(request)},
        reason=reason,
    )
