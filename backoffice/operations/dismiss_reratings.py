"""Dismiss suggestions to price again: what was priced provisionally stays as it was told."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.models import SuggestionStatus
from backoffice.operations import rerating, texts
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.editions import ENTITY
from backoffice.operations.operation import perform
from backoffice.operations.result import Result
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DismissReratings(Command):
    """The edition, the ids of its suggestions (1 to 200 of them), and why: a reason is required."""

    operation: ClassVar[str] = "dismiss_reratings"

    edition_id: int
    ids: tuple[int, ...]
    reason: str


def dismiss_reratings(desk: Desk, viewer: Viewer, command: DismissReratings) -> Result:
    """``id`` is the edition's. NOT_FOUND for a suggestion that the viewer does not see, CONFLICT for a settled one."""
    return perform(desk, viewer, "charge.rerate", command, lambda work: _dismiss(work, command))


def _dismiss(work: Work, command: DismissReratings) -> Done:
    reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    found = rerating.held(work, command.edition_id, command.ids)
    for suggestion, _ in found:
        rerating.settle(work, suggestion, SuggestionStatus.DISMISSED)
    work.session.flush()
    after = {"dismissed": [record.id for _, record in found]}
    return Done(
        entity=ENTITY, entity_id=command.edition_id, events=("reratings_dismissed",), after=after, reason=reason
    )
