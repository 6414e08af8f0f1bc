"""Decline an override that waits for a second person, or withdraw one's own; the record stays as it is."""

from dataclasses import dataclass

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import OverrideStatus
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command
from backoffice.operations.operation import Operation
from backoffice.operations.overrides import override_requests
from backoffice.operations.overrides.override_requests import REQUEST, RequestId, waiting
from backoffice.operations.services.states import ENTITY
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DeclineOverride(Command):
    """The request's id, and why: a reason is required."""

    id: RequestId
    reason: Reason


def _decline(work: Work, command: DeclineOverride) -> Done:
    request, record = override_requests.found(work, command.id)
    before = document_of(request)
    override_requests.settle(work, request, OverrideStatus.DECLINED)
    return Done(
        entity=ENTITY,
        entity_id=record.id,
        events=(Event.OVERRIDE_DECLINED,),
        before={"override_request": before},
        after={"override_request": document_of(request)},
        reason=command.reason,
    )


decline_override = Operation(
    name="decline_override",
    label=Label(fa="رد تصمیم جایگزین", en="Decline the override"),
    description="Decline an override that waits for a second person, or withdraw one's own.",
    permission="coverage.override",
    command=DeclineOverride,
    entity=ENTITY,
    events=(Event.OVERRIDE_DECLINED,),
    about=REQUEST,
    possible=waiting,
    body=_decline,
    danger=True,
)
"""``id`` is the record's. CONFLICT for a request that is settled; NOT_FOUND without the record in sight."""
