"""Ask what a service would cost now, and why, before recording it: the very decision that recording would make."""

from dataclasses import dataclass

from backoffice.access.viewer import Viewer
from backoffice.operations.premises import Premises
from backoffice.operations.reading import read
from backoffice.operations.result import Refusal, Result
from backoffice.operations.services.asking import Asking, ask
from backoffice.operations.services.deciding import decide_for
from backoffice.operations.work import work_in


@dataclass(frozen=True, kw_only=True)
class PreviewService(Asking):
    """The facts that recording would have. ``request`` may be left out while it is not known yet."""


def preview_service(desk: Premises, viewer: Viewer, command: PreviewService) -> Result:
    """``decision`` is what recording would decide now, refusals among them; ``id`` is None and nothing changes.

    Problems are those of the input: what is not there, out of bounds or in the future.
    """
    viewer.require("record.read")
    with desk.database.reading() as session:
        work = work_in(desk, viewer, session)
        given = read(command, work.now)
        if given.problems:
            return Result(id=None, problems=given.problems)
        try:
            return Result(id=None, decision=decide_for(work, ask(work, given.command)))
        except Refusal as refusal:
            return refusal.result
