"""Override requests that are being settled: held with their record, and still what they were asked for."""

from sqlalchemy import select

from backoffice.access import rows
from backoffice.access.access_class import access_class, viewer_binds
from backoffice.domain.problem import ErrorCode
from backoffice.models import OverrideRequest, OverrideStatus, ServiceRecord
from backoffice.models.base import is_possible_id
from backoffice.operations import lookups
from backoffice.operations.result import refuse
from backoffice.operations.work import Work


def held(work: Work, request_id: int) -> tuple[OverrideRequest, ServiceRecord]:
    """The waiting request and its record; NOT_FOUND when the viewer sees none, CONFLICT when it is settled."""
    request = _found(work, request_id)
    record = lookups.record(work, request.record_id)
    lookups.lock(work, record)
    lookups.lock(work, request)
    if request.status is not OverrideStatus.WAITING:
        raise refuse(ErrorCode.CONFLICT, "override_settled", path=("id",), status=request.status)
    return request, record


def settle(work: Work, request: OverrideRequest, status: OverrideStatus) -> None:
    """The request's end."""
    request.status, request.settled_at, request.settled_by_id = status, work.now, work.viewer.staff_id
    work.session.flush()


def _found(work: Work, request_id: int) -> OverrideRequest:
    found = None
    if is_possible_id(request_id):
        by_record = select(OverrideRequest).join(ServiceRecord, ServiceRecord.id == OverrideRequest.record_id)
        seen = rows.service_records(ServiceRecord, access_class(work.viewer))
        found = work.session.scalar(by_record.where(OverrideRequest.id == request_id, seen), viewer_binds(work.viewer))
    if found is None:
        raise refuse(ErrorCode.NOT_FOUND, path=("id",))
    return found
