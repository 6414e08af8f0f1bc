"""``backoffice tariff list`` and ``show``: the editions, and one with its lines beside those before it."""

from collections.abc import Mapping
from typing import cast

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import opened_desk, reading, unknown
from backoffice.cli.output import TOLD, Columns, Row, Table, Teller
from backoffice.cli.selecting import want
from backoffice.cli.tariff import VERSION, YEAR, warn
from backoffice.cli.tariff import tariff as tariffs
from backoffice.domain.tariff import TariffEdition
from backoffice.domain.tariff_difference import LineChange
from backoffice.operations.desk import Desk
from backoffice.operations.tariffs.review_tariff import TariffReview, review_tariff
from backoffice.wording import number

EDITION = want(
    *("jalaliYear", "version", "effectiveFrom", "source", "approved", "approvedAt", "lineCount", "openSuggestions"),
    approvedBy=want("name"),
)
COLUMNS: Columns = {
    "YEAR": "jalaliYear",
    "VERSION": "version",
    "FROM": "effectiveFrom",
    "LINES": "lineCount",
    "APPROVED": "approvedAt",
    "RERATINGS": "openSuggestions",
    "BY": "approvedBy.name",
    "SOURCE": "source",
}
FACTS: Columns = {
    "year": "jalaliYear",
    "version": "version",
    "from": "effectiveFrom",
    "approved": "approvedAt",
    "approved by": "approvedBy.name",
    "imported by": "importedBy",
    "source": "source",
}
LINES: Columns = {"CODE": "code", "UNIT": "unit", "RATE": lambda row: _rate(row["rate"])}
CHANGES: Columns = {
    "CODE": "code",
    "UNIT": "unit",
    "BEFORE": lambda row: _rate(row["before"]),
    "RATE": lambda row: _rate(row["rate"]),
    "CHANGE": lambda row: "" if row["percent"] is None else f"{row['percent']:+}%",
}


@tariffs.command("list")
@TOLD
def list_editions(told: Teller) -> None:
    """Every edition, the newest first: since when it prices services, and what waits to be priced again by it."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("TariffEdition", EDITION), COLUMNS)


@tariffs.command()
@YEAR
@VERSION
@click.option("--diff", is_flag=True, help="Beside the edition before it: what is new, dropped, dearer or cheaper.")
@TOLD
def show(year: int, version: int, told: Teller, diff: bool) -> None:  # noqa: FBT001  # click's flag
    """The edition VERSION of the Jalali YEAR with its lines, in rials for one unit."""
    with opened_desk() as desk:
        row = _edition(desk, year, version)
        review = review_tariff(desk, system_viewer(), year, version)
    if review is None:
        raise unknown("tariff edition", f"{year} {version}", ())
    lines = [_line(change) for change in review.difference.lines]
    told.one(
        {**row, "importedBy": review.imported_by, "before": _named(review.difference.before), "lines": lines},
        FACTS,
        _beside(review, lines) if diff else Table("Lines", [line for line in lines if line["rate"] is not None], LINES),
    )
    warn(review)


def _edition(desk: Desk, year: int, version: int) -> Row:
    with reading(desk) as reader:
        editions = {(row["jalaliYear"], row["version"]): row for row in reader.list("TariffEdition", EDITION)}
    if (year, version) not in editions:
        raise unknown("tariff edition", f"{year} {version}", (f"{other} {one}" for other, one in editions))
    return editions[year, version]


def _beside(review: TariffReview, lines: list[Row]) -> Table:
    before = review.difference.before
    if before is None:
        return Table("Lines. There is none before it.", lines, CHANGES)
    return Table(f"Lines beside {before.jalali_year} version {before.version}", lines, CHANGES)


def _named(edition: TariffEdition | None) -> Mapping[str, object] | None:
    return None if edition is None else {"jalaliYear": edition.jalali_year, "version": edition.version}


def _line(change: LineChange) -> Row:
    return {
        "code": change.code,
        "unit": None if change.unit is None else change.unit.value,
        "rate": None if change.new is None else change.new.rate,
        "before": None if change.old is None else change.old.rate,
        "percent": change.percent,
    }


def _rate(rials: object) -> str | None:
    return None if rials is None else number(cast(int, rials), "en")
