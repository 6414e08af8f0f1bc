"""Cancel a service that was not done: its slot is given back, nothing is payable."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.operations.desk import Desk
from backoffice.operations.operation import perform
from backoffice.operations.result import Result
from backoffice.operations.services.ending import Ending, end_service


@dataclass(frozen=True, kw_only=True)
class CancelService(Ending):
    """The record to cancel."""

    operation: ClassVar[str] = "cancel_service"


def cancel_service(desk: Desk, viewer: Viewer, command: CancelService) -> Result:
    """``id`` is the record's. From requested, scheduled or in progress; CONFLICT from any other state, STALE."""
    end = RecordStatus.CANCELLED
    return perform(desk, viewer, "record.write", command, lambda work: end_service(work, command, end))
