"""Cancel a service that was not done: its slot is given back, nothing is payable."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.ending import end_service
from backoffice.operations.operation import perform
from backoffice.operations.result import Result


@dataclass(frozen=True, kw_only=True)
class CancelService(Command):
    """``reason`` is required."""

    operation: ClassVar[str] = "cancel_service"

    id: int
    version: int
    reason: str


def cancel_service(desk: Desk, viewer: Viewer, command: CancelService) -> Result:
    """``id`` is the record's. From requested, scheduled or in progress; CONFLICT from any other state, STALE as ever."""
    end = RecordStatus.CANCELLED
    return perform(desk, viewer, "record.write", command, lambda work: end_service(work, command, end))
