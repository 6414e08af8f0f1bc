"""A tariff edition as people fill it in, read from the rows of a sheet; every mistake is told at once.

Above the table stand ``jalali_year``, ``version``, ``effective_from`` and, if wanted, ``source``; the table's columns
are ``code``, ``unit`` and ``rate_rials``. ``docs/file-formats.md`` has an example.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from backoffice.domain import cell_text
from backoffice.domain.calendar import jalali_year
from backoffice.domain.cell_text import BadText
from backoffice.domain.sheet import Cell, Mistakes, Reading, SheetRow
from backoffice.domain.tariff import PriceUnit, TariffEdition, TariffLine
from backoffice.domain.text import fold

FIELDS = ("jalali_year", "version", "effective_from")
COLUMNS = ("code", "unit", "rate_rials")
LONGEST_SOURCE = 200


@dataclass(frozen=True)
class TariffDraft:
    """What a file says: an edition that nobody has approved, and where its rates are from."""

    edition: TariffEdition
    source: str


@dataclass(frozen=True)
class Names:
    """By what names people may call the fields and columns, and the units; all of them folded."""

    fields: Mapping[str, str]
    units: Mapping[str, PriceUnit]


def read_tariff(rows: Sequence[SheetRow], names: Names) -> TariffDraft | Mistakes:
    """The edition in ``rows``, or everything that is wrong with them."""
    reading = Reading(rows, names.fields)
    fields = reading.fields(FIELDS, ("source",), above="code")
    year = reading.value(fields.get("jalali_year"), cell_text.whole_number(1330, 1500))
    version = reading.value(fields.get("version"), cell_text.whole_number(1, 999))
    begins = _effective_from(reading, fields.get("effective_from"), year)
    source = _source(reading, fields.get("source"))
    lines = tuple(_lines(reading, names.units))
    if reading.problems or year is None or version is None or begins is None:
        return Mistakes(tuple(reading.problems))
    edition = TariffEdition(None, year, version, begins, lines, approved=False)
    return TariffDraft(edition, source)


def _effective_from(reading: Reading, cell: Cell | None, year: int | None) -> date | None:
    """The first day of the edition, which lies in its year: prices are looked up by the year of the work."""
    begins = reading.value(cell, cell_text.day)
    if cell is not None and begins is not None and year is not None and jalali_year(begins) != year:
        reading.problems.append(cell.problem("other_year", {"jalali_year": year}))
    return begins


def _source(reading: Reading, cell: Cell | None) -> str:
    if cell is None or not cell.text:
        return ""
    if len(cell.text) > LONGEST_SOURCE or not cell.text.replace("\u200c", "").isprintable():
        reading.problems.append(cell.problem("not_a_text", {"most": LONGEST_SOURCE}))
    return cell.text


def _lines(reading: Reading, units: Mapping[str, PriceUnit]) -> Iterator[TariffLine]:
    first_row: dict[str, int] = {}
    for row in reading.table(COLUMNS):
        code = reading.value(row["code"], cell_text.code)
        unit = reading.value(row["unit"], lambda text: _unit(text, units))
        rate = reading.value(row["rate_rials"], cell_text.rials)
        if code is not None and code in first_row:
            reading.problems.append(row["code"].problem("repeated", {"first": first_row[code]}))
        elif code is not None:
            first_row[code] = row["code"].row
        if code is not None and unit is not None and rate is not None:
            yield TariffLine(code, unit, rate)


def _unit(text: str, units: Mapping[str, PriceUnit]) -> PriceUnit:
    unit = units.get(fold(text).strip())
    if unit is None:
        raise BadText("not_a_unit", units=list(PriceUnit))
    return unit
