"""Ask what a recorded service turns out to cost, before completing it: the very decision that completing would make."""

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus, may_become
from backoffice.operations import lookups
from backoffice.operations.premises import Premises
from backoffice.operations.reading import read
from backoffice.operations.result import Refusal, Result, refuse
from backoffice.operations.services.complete_service import CompleteService, as_it_happened
from backoffice.operations.services.deciding import decide_for
from backoffice.operations.work import Work, work_in


def preview_completion(desk: Premises, viewer: Viewer, command: CompleteService) -> Result:
    """``decision`` is what completing would decide now; ``id`` is None and nothing changes.

    The record's own slot is not counted against it. CONFLICT for a record that cannot be completed. The version, the
    result and the fingerprint are not looked at.
    """
    viewer.require("record.read")
    with desk.database.reading() as session:
        work = work_in(desk, viewer, session)
        given = read(command, work.now)
        if given.problems:
            return Result(id=None, problems=given.problems)
        try:
            return _decided(work, given.command)
        except Refusal as refusal:
            return refusal.result


def _decided(work: Work, command: CompleteService) -> Result:
    record = lookups.record(work, command.id)
    if not may_become(record.status, RecordStatus.DONE):
        raise refuse(ErrorCode.CONFLICT, "status", path=("id",), status=record.status, wanted=RecordStatus.DONE)
    return Result(id=None, decision=decide_for(work, as_it_happened(work, command, record)))
