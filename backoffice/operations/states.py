"""Steps between a record's states: the version that was read, and a step that its state allows."""

from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus, may_become
from backoffice.models import ServiceRecord
from backoffice.operations.result import refuse
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Work


def begin_step(work: Work, record: ServiceRecord, version: int, to: RecordStatus) -> None:
    """Hold the record for a step to ``to``; STALE by its version, CONFLICT when its state has no such step."""
    begin_change(work, record, version)
    if not may_become(record.status, to):
        raise refuse(ErrorCode.CONFLICT, "status", path=("id",), status=record.status, wanted=to)
