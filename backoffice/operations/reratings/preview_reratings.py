"""Ask what suggestions to decide again would change, before accepting any: the very decisions that accepting gives."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Decision
from backoffice.models import Allowance
from backoffice.operations.premises import Premises
from backoffice.operations.reratings import suggestions
from backoffice.operations.reratings.rerating import Rerating
from backoffice.operations.reratings.suggestions import Suggested
from backoffice.operations.work import work_in


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


def preview_reratings(desk: Premises, viewer: Viewer, ids: Sequence[int]) -> tuple[Foreseen, ...]:
    """What the open ones of these suggestions would do, in the order in which they would be accepted. Changes nothing.

    Raises ``Refusal`` where a service type fails.
    """
    viewer.require("charge.rerate")
    with desk.database.reading() as session:
        work = work_in(desk, viewer, session)
        found = suggestions.still_open(work, ids)
        wanted = {one.allowance_id for one in found} - {None}
        allowances = session.scalars(select(Allowance).where(Allowance.id.in_(wanted))).all() if wanted else ()
        rerating = Rerating(work, found, allowances)
        return tuple(_foreseen(rerating, one) for one in found)


def _foreseen(rerating: Rerating, one: Suggested) -> Foreseen:
    before = rerating.in_force(one).decision
    first = None
    if one.allowance_id is not None and not one.outdated:
        first = rerating.claims.first(one.allowance_id, one.record.id)
    after = None if first is not None else rerating.decided(one)
    return Foreseen(one.suggestion.id, one.record.id, before, None if after is None else after.decision, first)
