"""A service record as the subject of operations: the state it is in, its next version, and what was done to it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, TypeAlias

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.record import RecordState
from backoffice.models import OverrideRequest, OverrideStatus, ServiceRecord
from backoffice.operations.audit_documents import document_of
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Id
from backoffice.operations.subject import Subject
from backoffice.operations.usual_fields import VersionRead
from backoffice.operations.work import Done, Work

ENTITY = "ServiceRecord"

RecordId: TypeAlias = Annotated[int, Given(Id(ENTITY), Label(fa="خدمت", en="Service"), about="Which record.")]


@dataclass(frozen=True, kw_only=True)
class Step(Command):
    """Which record takes its next step, and the version of it that was read."""

    id: RecordId
    version: VersionRead


def _state(work: Work, record: ServiceRecord) -> RecordState:
    waiting = (OverrideRequest.record_id == record.id, OverrideRequest.status == OverrideStatus.WAITING)
    waits = work.session.scalar(select(OverrideRequest.id).where(*waiting)) is not None
    code = record.service_type
    retired = code if work.desk.registry.is_retired(code) else None
    return RecordState(status=record.status, waits_for_approval=waits, retired_type=retired)


RECORD = Subject(entity=ENTITY, state=_state)


def changed(
    work: Work, record: ServiceRecord, before: Mapping[str, object], *, event: Event, reason: str | None = None
) -> Done:
    """The record's next version, and what was done to it."""
    next_version(work, record)
    work.session.flush()
    return done_to(record, before, event=event, reason=reason)


def next_version(work: Work, record: ServiceRecord) -> None:
    """Whoever has read the record before this has to read it again."""
    record.version += 1
    record.updated_at = work.now


def done_to(record: ServiceRecord, before: Mapping[str, object], *, event: Event, reason: str | None = None) -> Done:
    """What was done to the record, once that is written."""
    return Done(
        entity=ENTITY,
        entity_id=record.id,
        events=(event,),
        before=before,
        after=document_of(record),
        reason=reason,
    )
