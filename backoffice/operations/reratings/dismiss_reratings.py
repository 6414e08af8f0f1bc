"""Dismiss suggestions to decide again: what was told stays."""

from dataclasses import dataclass, replace

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import SuggestionStatus
from backoffice.operations.operation import Operation
from backoffice.operations.reratings import held_suggestions
from backoffice.operations.reratings.held_suggestions import ENTITY, SUGGESTIONS, Settling, open_to_settle
from backoffice.operations.usual_fields import Reason
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class DismissReratings(Settling):
    """The ids of suggestions (1 to 200 of them), and why: a reason is required."""

    reason: Reason


def _dismiss(work: Work, command: DismissReratings) -> Done:
    found = [one.suggestion for one in held_suggestions.held(work, command.ids)]
    for suggestion in found:
        held_suggestions.settle(work, suggestion, SuggestionStatus.DISMISSED)
    work.session.flush()
    first, *others = [held_suggestions.settled(suggestion, reason=command.reason) for suggestion in found]
    return replace(first, besides=tuple(others))


dismiss_reratings = Operation(
    name="dismiss_reratings",
    label=Label(fa="رد قیمت تازه", en="Dismiss the new price"),
    description="Dismiss suggestions to decide again: their records stay as they are.",
    permission="charge.rerate",
    command=DismissReratings,
    entity=ENTITY,
    events=(Event.RERATING_DISMISSED,),
    about=SUGGESTIONS,
    possible=open_to_settle,
    body=_dismiss,
)
"""``id`` is one suggestion's. NOT_FOUND for one that the viewer does not see, CONFLICT for a settled one."""
