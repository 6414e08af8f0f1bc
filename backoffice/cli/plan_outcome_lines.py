"""What a plan promises, as the command line tells it: a line for the modes of a service that are answered alike."""

from collections.abc import Iterator, Sequence
from typing import cast

from backoffice.cli.output import Columns, Row, Table
from backoffice.query.plan_outcomes import Promised, Promises

TITLE = "What it promises"


def told_promises(promises: Sequence[Promises]) -> Table:
    """The table of all services; what any other service gets comes last."""
    return Table(TITLE, [row for service in promises for row in _rows(service)], COLUMNS)


def _rows(service: Promises) -> Iterator[Row]:
    for row in service.rows:
        yield _row(service, row.modes) | {
            "subject": row.subject,
            "inside": _answer(row.inside),
            "outside": _answer(row.outside),
        }
    if service.as_any_other:
        yield _row(service, service.as_any_other) | {"asAnyOther": True}


def _row(service: Promises, modes: Sequence[str]) -> dict[str, object]:
    return {
        "service": service.code,
        "name": service.name,
        "modes": modes,
        "subject": None,
        "asAnyOther": False,
        "inside": None,
        "outside": None,
    }


def _answer(promised: Promised | None) -> Row | None:
    if promised is None:
        return None
    return {
        "outcome": promised.outcome,
        "text": promised.text,
        "usedUp": promised.used_up or None,
        "beyond": promised.beyond or None,
        "notes": promised.notes,
        "source": promised.source,
        "unconfirmed": promised.unconfirmed,
    }


def _side(row: Row, side: str) -> str:
    """One answer on one line; a term that is missing is a finding of its own."""
    if row["asAnyOther"]:
        return "like any other service"
    answer = cast(Row | None, row[side])
    if answer is None:
        return "no term"
    notes = (answer["text"], *cast(Sequence[str], answer["notes"]), answer["beyond"])
    return "; ".join(str(note) for note in notes if note)


def _used_up(row: Row) -> object:
    answer = cast(Row | None, row["inside"])
    return None if answer is None else answer["usedUp"]


COLUMNS: Columns = {
    "SERVICE": "service",
    "MODES": "modes",
    "SUBJECT": "subject",
    "INSIDE THE PERIOD": lambda row: _side(row, "inside"),
    "USED UP": _used_up,
    "OUTSIDE": lambda row: _side(row, "outside"),
}
