"""Steps between a record's states: the version that was read, a step that its state allows, and the step itself."""

from collections.abc import Collection, Mapping

from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus, may_become
from backoffice.models import ServiceRecord
from backoffice.operations.documents import document_of
from backoffice.operations.result import refuse
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Done, Work


def begin_step(
    work: Work,
    record: ServiceRecord,
    version: int,
    to: RecordStatus,
    *,
    out_of: Collection[RecordStatus] = frozenset(RecordStatus),
) -> None:
    """Hold the record for a step to ``to``; STALE by its version, CONFLICT when its state has no such step.

    ``out_of`` tells apart steps that lead to the same state: work that is started from work that is reopened.
    """
    begin_change(work, record, version)
    if record.status not in out_of or not may_become(record.status, to):
        raise refuse(ErrorCode.CONFLICT, "status", path=("id",), status=record.status, wanted=to)


def changed(
    work: Work, record: ServiceRecord, before: Mapping[str, object], *, event: str, reason: str | None = None
) -> Done:
    """The record's next version, and what was done to it."""
    next_version(work, record)
    work.session.flush()
    return done_to(record, before, event=event, reason=reason)


def next_version(work: Work, record: ServiceRecord) -> None:
    """Whoever has read the record before this has to read it again."""
    record.version += 1
    record.updated_at = work.now


def done_to(record: ServiceRecord, before: Mapping[str, object], *, event: str, reason: str | None = None) -> Done:
    """What was done to the record, once that is written."""
    return Done(
        entity="ServiceRecord",
        entity_id=record.id,
        events=(event,),
        before=before,
        after=document_of(record),
        reason=reason,
    )
