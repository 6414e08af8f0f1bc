"""Ask what suggestions to decide again would change, before accepting any: the very decisions that accepting gives."""

from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select

from backoffice.domain.coverage import Decision
from backoffice.domain.label import Label
from backoffice.models import Allowance
from backoffice.operations.command import Command, Given
from backoffice.operations.kinds import Document
from backoffice.operations.reratings import held_suggestions
from backoffice.operations.reratings.held_suggestions import Suggested
from backoffice.operations.reratings.rerating import Rerating
from backoffice.operations.result import Result
from backoffice.operations.work import Work


@dataclass(frozen=True, kw_only=True)
class SeeReratings(Command):
    """The ids of suggestions; those that are settled or out of sight are left out of the answer."""

    ids: Annotated[
        tuple[int, ...],
        Given(Document(), Label(fa="پیشنهادها", en="Suggestions"), about="Which suggestions."),
    ]


@dataclass(frozen=True)
class Foreseen:
    """What accepting a suggestion would do, by itself.

    ``before`` is the decision in force, ``after`` the one that would replace it: None where nothing would change, or
    while ``first``, a record that is older, waits for the slot.
    """

    suggestion_id: int
    record_id: int
    before: Decision
    after: Decision | None
    first: int | None


def previewed(work: Work, command: SeeReratings) -> Result[tuple[Foreseen, ...]]:
    """What the open ones that the viewer sees would do, in the order in which they would be accepted."""
    found = held_suggestions.still_open(work, command.ids)
    wanted = {one.allowance_id for one in found} - {None}
    allowances = work.session.scalars(select(Allowance).where(Allowance.id.in_(wanted))).all() if wanted else ()
    rerating = Rerating(work, found, allowances)
    return Result(id=None, told=tuple(_foreseen(rerating, one) for one in found))


def _foreseen(rerating: Rerating, one: Suggested) -> Foreseen:
    before = rerating.in_force(one).decision
    first = None
    if one.allowance_id is not None and not one.outdated:
        first = rerating.claims.first(one.allowance_id, one.record.id)
    after = None if first is not None else rerating.decided(one)
    return Foreseen(one.suggestion.id, one.record.id, before, None if after is None else after.decision, first)
