"""``backoffice tariff``: price lists from files, approved by somebody else."""

from functools import partial
from pathlib import Path

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.acting_staff import acting_as
from backoffice.cli.command_desk import opened_desk, refuse_problems
from backoffice.domain.tariff_difference import LineChange
from backoffice.models.base import LARGEST_INTEGER
from backoffice.operations.operation import foresee, perform
from backoffice.operations.tariffs.approve_tariff import ApproveTariff, approve_tariff
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.operations.tariffs.review_tariff import TariffReview, review_tariff
from backoffice.wording import day, number, problem_text

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
YEAR = click.argument("year", type=click.IntRange(1300, 1600))
VERSION = click.argument("version", type=click.IntRange(1, LARGEST_INTEGER))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")


@click.group()
def tariff() -> None:
    """Tariff editions: what services cost outside the terms of support."""


@tariff.command("import")
@FILE
@DRY_RUN
def import_file(file: Path, dry_run: bool) -> None:  # noqa: FBT001  # click's flag
    """Make the edition in FILE (.xlsx or .csv) a draft, which a member of staff approves."""
    command = ImportTariff(file_name=file.name, content=file.read_bytes())
    with opened_desk() as desk:
        do = partial(foresee if dry_run else perform, import_tariff)
        imported = do(desk, system_viewer(), command)
    refuse_problems(imported.problems)
    if imported.told is not None:
        _show(imported.told)
    click.echo("Nothing was written." if dry_run else "Imported as a draft.")


@tariff.command()
@YEAR
@VERSION
@click.option("--by", "username", required=True, help="Who approves: a member of staff, not the one who imported it.")
def approve(year: int, version: int, username: str) -> None:
    """Approve edition VERSION of the Jalali YEAR: it prices services from its first day, and never changes again."""
    with opened_desk() as desk, acting_as(desk, username) as viewer:
        review = review_tariff(desk, viewer, year, version)
        reviewed = None if review is None else review.reviewed
        command = ApproveTariff(jalali_year=year, version=version, reviewed=reviewed)
        result = approve_tariff(desk, viewer, command)
    refuse_problems(result.problems)
    if review is not None:
        _show(review)
    click.echo(f"Approved by {username}.")


def _show(review: TariffReview) -> None:
    edition, before = review.edition, review.difference.before
    named = f"{edition.jalali_year} version {edition.version}, from {day(edition.effective_from, 'en')}"
    click.echo(named + (f", after {before.jalali_year} version {before.version}" if before else ", the first"))
    for change in review.difference.lines:
        click.echo(_change(change))
    warn(review)


def warn(review: TariffReview) -> None:
    """Say on standard error what could not be priced by the edition."""
    for warning in review.warnings:
        click.echo(f"warning: {problem_text(warning, 'en')}", err=True)


def _change(change: LineChange) -> str:
    old = "new" if change.old is None else number(change.old.rate, "en")
    new = "dropped" if change.new is None else number(change.new.rate, "en")
    risen = "" if change.percent is None else f"  {change.percent:+}%"
    return f"  {change.code:<20} {change.unit or '':<10} {old:>15} -> {new:>15}{risen}"
