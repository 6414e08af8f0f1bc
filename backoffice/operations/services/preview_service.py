"""Ask what a service would cost now, and why, before recording it: the very decision that recording would make."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.operations.command import unstorable
from backoffice.operations.desk import Desk
from backoffice.operations.result import Refusal, Result
from backoffice.operations.services.asking import Asking, ask
from backoffice.operations.services.deciding import decide_for
from backoffice.operations.work import work_in


@dataclass(frozen=True, kw_only=True)
class PreviewService(Asking):
    """The facts that recording would have. ``request`` may be left out while it is not known yet."""

    operation: ClassVar[str] = "preview_service"


def preview_service(desk: Desk, viewer: Viewer, command: PreviewService) -> Result:
    """``decision`` is what recording would decide now, refusals among them; ``id`` is None and nothing changes.

    Problems are those of the input: what is not there, out of bounds or in the future.
    """
    viewer.require("record.read")
    problems = unstorable(command)
    if problems:
        return Result(id=None, problems=problems)
    with desk.database.reading() as session:
        work = work_in(desk, viewer, session)
        try:
            return Result(id=None, decision=decide_for(work, ask(work, command)))
        except Refusal as refusal:
            return refusal.result
