"""Suggestions to decide again as the command line tells them: their cause, and the decisions before and after."""

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import refuse_problems
from backoffice.cli.output import Columns, Row
from backoffice.cli.selecting import want
from backoffice.domain.coverage import Decision, Outcome
from backoffice.domain.record import record_number
from backoffice.operations.desk import Desk
from backoffice.operations.operation import foresee
from backoffice.operations.reratings.accept_reratings import accept_reratings
from backoffice.operations.reratings.held_suggestions import MOST_AT_ONCE
from backoffice.operations.reratings.preview_reratings import Foreseen, SeeReratings
from backoffice.query.global_id import key_of
from backoffice.wording import number

SUGGESTION = want(
    "id",
    record=want("id", "number", serviceType=want("code"), customer=want("name")),
    edition=want("jalaliYear", "version"),
    freedSlot=want(allowance=want("key"), record=want("number")),
)


def key(row: Row) -> int:
    """The number of a suggestion, which operations go by."""
    return cast(int, key_of("RatingSuggestion", row["id"]))


def in_order(rows: Iterable[Row]) -> Sequence[Row]:
    """As they have to be accepted: the oldest record first, and of one record the slot before the price."""

    def place(row: Row) -> tuple[int, bool]:
        record = cast(Row, row["record"])
        return cast(int, key_of("ServiceRecord", record["id"])), row["freedSlot"] is None

    return sorted(rows, key=place)


def foreseen(desk: Desk, rows: Sequence[Row]) -> Sequence[Row]:
    """The suggestions, each with the decision in force and the one that accepting it by itself would put there."""
    found: dict[int, Foreseen] = {}
    for start in range(0, len(rows), MOST_AT_ONCE):
        found |= _previewed(desk, [key(row) for row in rows[start : start + MOST_AT_ONCE]])
    return [_with_decisions(row, found[key(row)]) for row in rows if key(row) in found]


def _previewed(desk: Desk, ids: Sequence[int]) -> Mapping[int, Foreseen]:
    seen = foresee(accept_reratings, desk, system_viewer(), SeeReratings(ids=tuple(ids)))
    refuse_problems(seen.problems)
    return {one.suggestion_id: one for one in seen.told or ()}


def _with_decisions(row: Row, told: Foreseen) -> Row:
    return {
        "key": told.suggestion_id,
        **row,
        "before": _decision(told.before),
        "after": None if told.after is None else _decision(told.after),
        "first": None if told.first is None else record_number(told.first),
    }


def _decision(decision: Decision) -> Row:
    return {"outcome": decision.outcome, "amount": decision.amount}


def _cause(row: Row) -> str:
    edition, slot = cast(Row | None, row["edition"]), cast(Mapping[str, Row | None] | None, row["freedSlot"])
    if edition is not None:
        return f"tariff {edition['jalaliYear']} version {edition['version']}"
    if slot is None or slot["allowance"] is None:
        return "a slot was given back"
    by = "" if slot["record"] is None else f" by {slot['record']['number']}"
    return f"{slot['allowance']['key']} given back{by}"


def _told(decision: Row | None) -> str | None:
    if decision is None:
        return None
    outcome, amount = cast(Outcome, decision["outcome"]), cast(int | None, decision["amount"])
    return f"{outcome.name} {number(amount, 'en')}" if amount else outcome.name


def _after(row: Row) -> str | None:
    return f"first {row['first']}" if row["first"] else _told(cast(Row | None, row["after"]))


COLUMNS: Columns = {
    "ID": "key",
    "RECORD": "record.number",
    "SERVICE": "record.serviceType.code",
    "BECAUSE": _cause,
    "BEFORE": lambda row: _told(cast(Row, row["before"])),
    "AFTER": _after,
    "CUSTOMER": "record.customer.name",
}
