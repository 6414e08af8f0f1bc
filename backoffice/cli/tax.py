"""``backoffice tax``: dated VAT, from files."""

from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import cast

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, refuse_problems
from backoffice.cli.output import TOLD, Columns, Row, Teller
from backoffice.cli.selecting import want
from backoffice.cli.tariff import DRY_RUN, FILE
from backoffice.domain.tax_file import DAY, DatedRate
from backoffice.operations.operation import foresee, perform
from backoffice.operations.tariffs.import_taxes import ImportTaxes, import_taxes
from backoffice.wording import day, percent

WHOLE = 10_000
"""Basis points."""

RATE = want("startsOn", "endsBefore", "basisPoints")


@click.group()
def tax() -> None:
    """Dated VAT."""


@tax.command("list")
@TOLD
def list_rates(told: Teller) -> None:
    """Every rate with its days, the newest first."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("TaxRate", RATE), COLUMNS)


@tax.command("import")
@FILE
@DRY_RUN
def import_rates(file: Path, dry_run: bool) -> None:  # noqa: FBT001  # click's flag
    """Add the rates in FILE (.xlsx or .csv); an open rate ends where the next begins."""
    command = ImportTaxes(file_name=file.name, content=file.read_bytes())
    with opened_desk() as desk:
        do = partial(foresee if dry_run else perform, import_taxes)
        imported = do(desk, system_viewer(), command)
    refuse_problems(imported.problems)
    for rate in imported.told or ():
        click.echo(_rate(rate))
    if dry_run:
        click.echo("Nothing was written.")
    else:
        click.echo("Imported." if imported.changed else "All of it was there already.")


def _last_day(row: Row) -> date | None:
    end = cast(date | None, row["endsBefore"])
    return None if end is None else end - DAY


COLUMNS: Columns = {
    "FROM": "startsOn",
    "TO": _last_day,
    "RATE": lambda row: percent(Decimal(str(row["basisPoints"])) / WHOLE, "en"),
}


def _rate(rate: DatedRate) -> str:
    end = "on" if rate.ends_before is None else f"to {day(rate.ends_before - DAY, 'en')}"
    return f"  from {day(rate.starts_on, 'en')} {end}: {percent(rate.fraction, 'en')}"
