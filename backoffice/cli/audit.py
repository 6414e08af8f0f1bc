"""``backoffice audit``: who changed what and when, and each change before and after."""

from collections.abc import Mapping
from datetime import date
from itertools import islice

import click

from backoffice.access.audit import values_of
from backoffice.access.credentials import username_key
from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import CommandRefused, opened_desk, reading, unknown
from backoffice.cli.days import DAY
from backoffice.cli.output import TOLD, Columns, Table, Teller
from backoffice.cli.selecting import want
from backoffice.domain.calendar import midnight
from backoffice.models.base import LARGEST_ID
from backoffice.query.global_id import key_of
from backoffice.query.reader import Reader
from backoffice.wording import texts

KINDS = sorted(key.removeprefix("entity.") for key in texts("en") if key.startswith("entity."))
NUMBER = click.IntRange(0, LARGEST_ID)
MOST = 10_000

LINE = want("key", "at", "actor", "operation", "entity", "entityId", "reason")
ENTRY = want(
    *("key", "at", "actor", "address", "requestId", "operation", "entity", "entityId", "reason", "before", "after")
)
COLUMNS: Columns = {
    "ID": "key",
    "AT": "at",
    "OPERATION": "operation",
    "OBJECT": "entity",
    "NUMBER": "entityId",
    "BY": "actor",
    "REASON": "reason",
}
FACTS: Columns = {
    "id": "key",
    "at": "at",
    "operation": "operation",
    "object": "entity",
    "number": "entityId",
    "by": "actor",
    "from": "address",
    "request": "requestId",
    "reason": "reason",
}
CHANGES: Columns = {"VALUE": "value", "BEFORE": "before", "AFTER": "after"}


@click.group()
def audit() -> None:
    """The audit trail: every change, who made it and why."""


@audit.command("list")
@click.option("--entity", type=click.Choice(KINDS), help="Changes of this kind of object alone.")
@click.option("--id", "number", type=NUMBER, help="Changes of the object with this number alone.")
@click.option("--by", "username", help="Changes that this user made; system is the command line.")
@click.option("--since", type=DAY, metavar="DAY", help="Changes from this day on: 1405/07/01, or ISO 8601.")
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1, MOST), help="How many at most.")
@TOLD
def list_changes(
    entity: str | None, number: int | None, username: str | None, since: date | None, limit: int, told: Teller
) -> None:
    """The changes, the latest first."""
    asked: dict[str, object] = {"entity_id": number}
    if entity is not None:
        asked["entity"] = [entity]
    if since is not None:
        asked["at"] = {"gte": midnight(since)}
    with opened_desk() as desk, reading(desk) as reader:
        if username is not None:
            asked |= _by(reader, username)
        told.rows(list(islice(reader.every("AuditEntry", LINE, {"filter": asked}), limit)), COLUMNS)


@audit.command()
@click.argument("number", metavar="ID", type=NUMBER)
@TOLD
def show(number: int, told: Teller) -> None:
    """The change ID: what was there before it, and what after."""
    with opened_desk() as desk, reading(desk) as reader:
        entry = reader.one("AuditEntry", {"id": number}, ENTRY)
    if entry is None:
        raise CommandRefused(f"there is no change {number} in the audit trail")
    told.one(entry, FACTS, _beside(entry["before"], entry["after"]))


def _by(reader: Reader, username: str) -> Mapping[str, object]:
    """What to filter by for the user's own changes, or for those of the command line."""
    accounts = reader.list("StaffAccount", want("id", "username"))
    keys = {str(row["username"]): key_of("StaffAccount", row["id"]) for row in accounts}
    if username_key(username) in keys:
        return {"staff_id": keys[username_key(username)]}
    if username != system_viewer().name:
        raise unknown("user", username, (*keys, system_viewer().name))
    return {"actor": {"eq": username}}


def _beside(before: object, after: object) -> Table:
    """The values that differ, in the order of the later document."""
    old, new = values_of(before), values_of(after)
    places = [*new, *(place for place in old if place not in new)]
    changed = [place for place in places if old.get(place) != new.get(place)]
    same = len(places) - len(changed)
    rows = [{"value": place, "before": old.get(place), "after": new.get(place)} for place in changed]
    return Table(f"Changes; {same} values stayed" if same else "Changes", rows, CHANGES)
