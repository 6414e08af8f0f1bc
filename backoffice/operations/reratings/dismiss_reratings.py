"""Dismiss suggestions to decide again: what was told stays."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.models import SuggestionStatus
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.premises import Premises
from backoffice.operations.reratings import suggestions
from backoffice.operations.result import Result
from backoffice.operations.undeclared import leave_traces, perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DismissReratings(Command):
    """The ids of suggestions (1 to 200 of them), and why: a reason is required."""

    operation: ClassVar[str] = "dismiss_reratings"

    ids: tuple[int, ...]
    reason: str


def dismiss_reratings(desk: Premises, viewer: Viewer, command: DismissReratings) -> Result:
    """``id`` is one suggestion's. NOT_FOUND for one that the viewer does not see, CONFLICT for a settled one."""
    return perform(desk, viewer, "charge.rerate", command, lambda work: _dismiss(work, command))


def _dismiss(work: Work, command: DismissReratings) -> Done:
    reason = texts.required(command.reason, "reason", longest=texts.LONGEST_NOTE)
    found = [one.suggestion for one in suggestions.held(work, command.ids)]
    for suggestion in found:
        suggestions.settle(work, suggestion, SuggestionStatus.DISMISSED)
    work.session.flush()
    first, *others = [suggestions.settled(suggestion, reason=reason) for suggestion in found]
    for done in others:
        leave_traces(work, command, done)
    return first
