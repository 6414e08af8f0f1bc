"""``backoffice allowance``: free uses that were taken before the desk was introduced."""

import click
from sqlalchemy import select
from typing_extensions import override

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import CommandRefused, opened_desk, refuse_problems
from backoffice.domain.period import Track
from backoffice.domain.text import fold, to_latin_digits
from backoffice.models import Asset
from backoffice.operations.customers.set_opening_balances import (
    OpeningBalance,
    SetOpeningBalances,
    set_opening_balances,
)
from backoffice.operations.desk import Desk


class _Used(click.ParamType[OpeningBalance]):
    """``installation.remote=1``; of the warranty ``warranty:repair=1``."""

    name = "key=n"

    @override
    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> OpeningBalance:
        if isinstance(value, OpeningBalance):
            return value
        named, _, number = str(value).rpartition("=")
        track, _, key = named.rpartition(":")
        used = to_latin_digits(number).strip()
        if not key or not used.isascii() or not used.isdigit() or track not in ("", *Track):
            self.fail(f"{value!r} is not KEY=N; of the warranty it is warranty:KEY=N", param, ctx)
        return OpeningBalance(key=key, used=int(used), track=Track(track or Track.SUPPORT))


@click.group()
def allowance() -> None:
    """Allowances: the free uses that a support period comes with."""


@allowance.command()
@click.argument("serial")
@click.option(
    "--used",
    "balances",
    type=_Used(),
    metavar="KEY=N",
    multiple=True,
    required=True,
    help="An allowance of the present period and how often it was used before, in all; may be repeated.",
)
@click.option("--reason", required=True, help="How it is known; it stays in the audit trail.")
def opening(serial: str, balances: tuple[OpeningBalance, ...], reason: str) -> None:
    """Enter how often allowances of the unit SERIAL were used before the desk was introduced: all of them or none."""
    with opened_desk() as desk:
        command = SetOpeningBalances(asset_id=_asset_id(desk, serial), balances=balances, reason=reason)
        result = set_opening_balances(desk, system_viewer(), command)
    refuse_problems(result.problems)
    click.echo(f"Entered for {serial}." if result.changed else f"{serial} stood like that already.")


def _asset_id(desk: Desk, serial: str) -> int:
    with desk.database.reading() as session:
        found = session.scalar(select(Asset.id).where(Asset.serial_folded == fold(serial)))
    if found is None:
        raise CommandRefused(f"there is no unit with the serial number {serial}")
    return found
