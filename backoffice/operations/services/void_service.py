"""Void a service that was done: its slot is given back, its charge reversed, nothing is payable."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.operations.desk import Desk
from backoffice.operations.operation import perform
from backoffice.operations.result import Result
from backoffice.operations.services.ending import Ending, end_service


@dataclass(frozen=True, kw_only=True)
class VoidService(Ending):
    """The record to void."""

    operation: ClassVar[str] = "void_service"


def void_service(desk: Desk, viewer: Viewer, command: VoidService) -> Result:
    """``id`` is the record's. From done or closed; CONFLICT from any other state, STALE as ever.

    CONFLICT, too, where the charge is in the books: only they can take it back.
    """
    end = RecordStatus.VOIDED
    return perform(desk, viewer, "record.void", command, lambda work: end_service(work, command, end))
