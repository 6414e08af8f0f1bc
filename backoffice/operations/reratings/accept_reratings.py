"""Accept suggestions to decide again: a new decision for each record, its charge replaced, its slot taken."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from backoffice.domain.charge import IN_THE_BOOKS
from backoffice.domain.coverage import REFUSALS
from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import record_number
from backoffice.models import Charge, SuggestionStatus
from backoffice.operations.operation import Operation, Preview
from backoffice.operations.reratings import held_suggestions
from backoffice.operations.reratings.held_suggestions import ENTITY, SUGGESTIONS, Settling, Suggested, open_to_settle
from backoffice.operations.reratings.preview_reratings import Foreseen, SeeReratings, previewed
from backoffice.operations.reratings.replacing import Replacement, replace_decisions
from backoffice.operations.reratings.rerating import Rerating
from backoffice.operations.result import Decided, refuse
from backoffice.operations.services import record_charges, slots
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class AcceptReratings(Settling):
    """The ids of suggestions: 1 to 200 of them."""


def _accept(work: Work, command: AcceptReratings) -> Done[tuple[Foreseen, ...]]:
    found = held_suggestions.held(work, command.ids)
    allowances = slots.held_all(work, {one.allowance_id for one in found if one.allowance_id is not None})
    replacements = _replacements(work, found, Rerating(work, found, allowances))
    _settle(work, found, {one.suggested.suggestion.id for one in replacements})
    replaced = replace_decisions(work, replacements)
    first, *others = [held_suggestions.settled(one.suggestion) for one in found]
    return replace(first, besides=(*replaced, *others))


def _settle(work: Work, found: Sequence[Suggested], accepted: Container[int]) -> None:
    for one in found:
        status = SuggestionStatus.ACCEPTED if one.suggestion.id in accepted else SuggestionStatus.OBSOLETE
        held_suggestions.settle(work, one.suggestion, status)
    work.session.flush()


def _replacements(work: Work, found: Sequence[Suggested], rerating: Rerating) -> Sequence[Replacement]:
    """What is to replace the decisions in force: one for each record, a slot before a price."""
    standing = record_charges.standing(work, [one.record.id for one in found])
    replacements: dict[int, Replacement] = {}
    for one in found:
        again = None if one.record.id in replacements else _decided(rerating, one)
        if again is not None:
            charge = _replaceable(one, again, standing.get(one.record.id))
            allowance = None if one.allowance_id is None else rerating.allowances[one.allowance_id]
            replacements[one.record.id] = Replacement(suggested=one, again=again, allowance=allowance, charge=charge)
    return tuple(replacements.values())


def _decided(rerating: Rerating, one: Suggested) -> Decided | None:
    """What is decided now, its slot no longer there for the next one."""
    if one.allowance_id is None:
        return rerating.decided(one)
    first = rerating.claims.first(one.allowance_id, one.record.id)
    if first is not None and not one.outdated:
        number, older = record_number(one.record.id), record_number(first)
        raise refuse(ErrorCode.CONFLICT, "rerating_older_first", path=("ids",), record=number, older=older)
    again = rerating.decided(one)
    rerating.claims.drop(one.allowance_id, one.record.id)
    if again is not None:
        rerating.claims.grant(one.allowance_id)
    return again


def _replaceable(one: Suggested, again: Decided, charge: Charge | None) -> Charge | None:
    """The charge that stands, which may be replaced."""
    if again.decision.outcome in REFUSALS:
        raise refuse(ErrorCode.NO_TARIFF, "rerating_unpriced", path=("ids",), record=record_number(one.record.id))
    if charge is not None and charge.status in IN_THE_BOOKS:
        raise refuse(ErrorCode.CONFLICT, "rerating_charge_settled", path=("ids",), record=record_number(one.record.id))
    return charge


accept_reratings = Operation(
    name="accept_reratings",
    label=Label(fa="پذیرش قیمت تازه", en="Accept the new price"),
    description="Accept suggestions to decide again: another decision is in force on their records.",
    permission="charge.rerate",
    command=AcceptReratings,
    entity=ENTITY,
    events=(
        Event.RERATING_ACCEPTED,
        Event.RERATING_OBSOLETE,
        Event.RECORD_RERATED,
    ),
    about=SUGGESTIONS,
    possible=open_to_settle,
    body=_accept,
    preview=Preview(command=SeeReratings, permission="charge.rerate", body=previewed),
)
"""``id`` is one suggestion's. All or none; the oldest record first.

A suggestion whose record has changed since, or whose slot somebody has, becomes obsolete: no refusal. NOT_FOUND for
one that the viewer does not see; CONFLICT for one that is settled, whose charge is in the books, or whose slot an
older record waits for; NO_TARIFF where nothing gives a price.
"""
