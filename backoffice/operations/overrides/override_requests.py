"""Override requests as the subject of operations: held with their record, and whether they still can be settled."""

from dataclasses import dataclass
from typing import Annotated, TypeAlias

from backoffice.access.viewer import Viewer
from backoffice.domain.label import Label
from backoffice.domain.override import OVERRIDE_STEPS, OverrideStatus
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import OverrideRequest, ServiceRecord
from backoffice.operations import lookups
from backoffice.operations.command import Given
from backoffice.operations.kinds import Id
from backoffice.operations.subject import Subject
from backoffice.operations.work import Work

ENTITY = "OverrideRequest"

RequestId: TypeAlias = Annotated[
    int, Given(Id(ENTITY), Label(fa="تصمیم جایگزین", en="Override request"), about="Which request.")
]


@dataclass(frozen=True, kw_only=True)
class RequestState:
    """What of a stored request says who may settle it; ``requested_by_id`` is a member of staff."""

    status: OverrideStatus
    requested_by_id: int


def waiting(state: RequestState, viewer: object) -> Problem | None:
    """The rule of settling a request: CONFLICT for one that is settled."""
    if not OVERRIDE_STEPS.is_final(state.status):
        return None
    params = {"status": state.status}
    return Problem(code=ErrorCode.CONFLICT, detail="override_settled", path=("id",), params=params)


def approvable(state: RequestState, viewer: Viewer) -> Problem | None:
    """The rule of approving one: CONFLICT once it is settled, FORBIDDEN for whoever asked for it, and for no staff."""
    settled = waiting(state, viewer)
    if settled is not None:
        return settled
    if viewer.staff_id is None:
        return Problem(code=ErrorCode.FORBIDDEN, detail="override_by_staff")
    return (
        Problem(code=ErrorCode.FORBIDDEN, detail="own_override") if viewer.staff_id == state.requested_by_id else None
    )


def _state(work: Work, request: OverrideRequest) -> RequestState:
    return RequestState(status=request.status, requested_by_id=request.requested_by_id)


def _hold(work: Work, request: OverrideRequest) -> None:
    """The record first, as whoever asks for an override holds it."""
    lookups.lock(work, record_of(work, request))
    lookups.lock(work, request)


REQUEST = Subject(entity=ENTITY, state=_state, hold=_hold)


def found(work: Work, request_id: int) -> tuple[OverrideRequest, ServiceRecord]:
    """The request and its record, which ``REQUEST`` has held."""
    request = lookups.found(work, OverrideRequest, request_id, "id")
    return request, record_of(work, request)


def record_of(work: Work, request: OverrideRequest) -> ServiceRecord:
    """The record that the request is about."""
    return lookups.record(work, request.record_id)


def settle(work: Work, request: OverrideRequest, status: OverrideStatus) -> None:
    """The request's end."""
    request.status, request.settled_at, request.settled_by_id = status, work.now, work.viewer.staff_id
    work.session.flush()
