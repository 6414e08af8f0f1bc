"""``backoffice suggestion``: services to decide again since a tariff came late or a slot was given back."""

from collections import Counter
from collections.abc import Sequence
from itertools import islice

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems
from backoffice.cli.output import TOLD, Teller
from backoffice.cli.progress import progress
from backoffice.cli.selecting import want
from backoffice.cli.suggestion_lines import COLUMNS, SUGGESTION, foreseen, in_order, key
from backoffice.models import SuggestionStatus
from backoffice.models.base import LARGEST_ID
from backoffice.operations.desk import Desk
from backoffice.operations.reratings.accept_reratings import AcceptReratings, accept_reratings
from backoffice.operations.reratings.dismiss_reratings import DismissReratings, dismiss_reratings
from backoffice.operations.reratings.held_suggestions import MOST_AT_ONCE

WAITING = {"filter": {"waits": True}}
MOST = 10_000
IDS = click.argument("ids", nargs=-1, metavar="[ID]...", type=click.IntRange(1, LARGEST_ID))


@click.group()
def suggestion() -> None:
    """Suggestions to decide services again; nothing is decided again by itself."""


@suggestion.command("list")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, MOST), help="How many at most.")
@TOLD
def list_suggestions(limit: int, told: Teller) -> None:
    """What waits, why, and what accepting each would do by itself."""
    with opened_desk() as desk:
        with reading(desk) as reader:
            rows = list(islice(reader.every("RatingSuggestion", SUGGESTION, WAITING), limit))
        told.rows(foreseen(desk, rows), COLUMNS)


@suggestion.command()
@IDS
@click.option("--all", "every", is_flag=True, help="All that wait.")
def accept(ids: tuple[int, ...], every: bool) -> None:  # noqa: FBT001  # click's flag
    """Decide again by the tariffs, taxes and free slots of today: the suggestions with these IDs, or --all.

    The oldest service comes first. What would change nothing any more is set aside. Of up to 200 suggestions all are
    accepted or none; of more, 200 at a time.
    """
    if bool(ids) == every:
        raise click.UsageError("Give the IDs of suggestions, or --all.")
    became: Counter[object] = Counter()
    with opened_desk() as desk:
        chosen = ids or _waiting(desk)
        with progress("Deciding again", len(chosen)) as advance:
            for start in range(0, len(chosen), MOST_AT_ONCE):
                batch = chosen[start : start + MOST_AT_ONCE]
                result = accept_reratings(desk, system_viewer(), AcceptReratings(ids=tuple(batch)))
                if result.problems and became:
                    _tell(became)
                refuse_problems(result.problems)
                became += _statuses(desk, batch)
                advance(len(batch))
    _tell(became)


@suggestion.command()
@IDS
@click.option("--reason", required=True, help="Why what was told stays; kept in the audit trail.")
def dismiss(ids: tuple[int, ...], reason: str) -> None:
    """Leave services as they were decided: their suggestions are not made again for the same cause."""
    if not ids:
        raise click.UsageError("Give the IDs of suggestions.")
    with opened_desk() as desk:
        result = dismiss_reratings(desk, system_viewer(), DismissReratings(ids=ids, reason=reason))
    refuse_problems(result.problems)
    click.echo(f"Dismissed: {len(set(ids))}.")


def _waiting(desk: Desk) -> Sequence[int]:
    with reading(desk) as reader:
        return [key(row) for row in in_order(reader.every("RatingSuggestion", SUGGESTION, WAITING))]


def _statuses(desk: Desk, ids: Sequence[int]) -> Counter[object]:
    """What became of each."""
    with reading(desk) as reader:
        rows = reader.every("RatingSuggestion", want("status"), {"filter": {"keys": ids}})
        return Counter(row["status"] for row in rows)


def _tell(became: Counter[object]) -> None:
    click.echo(f"Decided again: {became[SuggestionStatus.ACCEPTED]}.")
    if became[SuggestionStatus.OBSOLETE]:
        click.echo(f"Set aside, for they would change nothing any more: {became[SuggestionStatus.OBSOLETE]}.")
