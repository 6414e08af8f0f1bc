"""Import dated VAT from a file: new rates are added, and one that decisions were made with keeps its rate."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise
from typing import ClassVar

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.sheet import Mistakes
from backoffice.domain.tax_file import DatedRate, chained, read_taxes
from backoffice.models import CoverageDecision, TaxRate
from backoffice.operations.command import Command
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import rows_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ImportTaxes(Command):
    """A file as it was given: its name, which tells an xlsx from a csv, and what is in it."""

    operation: ClassVar[str] = "import_taxes"

    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class TaxImport:
    """What came of an import or its preview; ``rates`` is the whole table afterwards, empty beside problems."""

    result: Result
    rates: tuple[DatedRate, ...] = ()


def import_taxes(desk: Premises, viewer: Viewer, command: ImportTaxes) -> TaxImport:
    """INVALID for each mistake in the file; CONFLICT where it changes a rate that decisions were made with.

    Rates that the file does not name stay, and an open one ends where the next begins. ``result.id`` is that of the
    file's first rate, None when everything was there already.
    """
    viewer.require("tariff.write")
    given = _read(command)
    if isinstance(given, Result):
        return TaxImport(given)
    result = perform(desk, viewer, "tariff.write", command, lambda work: _store(work, given))
    if result.problems:
        return TaxImport(result)
    with desk.database.reading() as session:
        return TaxImport(result, tuple(_as_dated(row) for row in _rows(session)))


def preview_taxes(desk: Premises, viewer: Viewer, command: ImportTaxes) -> TaxImport:
    """What ``import_taxes`` would say now; nothing is written, and ``result.id`` is None."""
    viewer.require("tariff.write")
    given = _read(command)
    if isinstance(given, Result):
        return TaxImport(given)
    with desk.database.reading() as session:
        try:
            return TaxImport(Result(id=None), _merged(session, _rows(session), given))
        except Refusal as refusal:
            return TaxImport(refusal.result)


def _read(command: ImportTaxes) -> tuple[DatedRate, ...] | Result:
    rows = rows_of(command.file_name, command.content)
    if isinstance(rows, Problem):
        return Result(id=None, problems=(rows,))
    read = read_taxes(rows, names().fields)
    return Result(id=None, problems=read.problems) if isinstance(read, Mistakes) else read


def _store(work: Work, given: Sequence[DatedRate]) -> Done | None:
    rows = {row.starts_on: row for row in _rows(work.session)}
    before = _document(_as_dated(row) for row in rows.values())
    merged = _merged(work.session, tuple(rows.values()), given)
    after = _document(merged)
    if after == before:
        return None
    _write(work, rows, merged)
    first = work.session.scalars(select(TaxRate.id).where(TaxRate.starts_on == given[0].starts_on)).one()
    return Done(
        entity="TaxRate",
        entity_id=first,
        events=(Event.TAXES_IMPORTED,),
        before={"rates": before},
        after={"rates": after},
    )


def _write(work: Work, rows: Mapping[date, TaxRate], merged: Iterable[DatedRate]) -> None:
    for rate in merged:
        row = rows.get(rate.starts_on)
        if row is None:
            row = TaxRate(starts_on=rate.starts_on)
            work.session.add(row)
        row.ends_before, row.basis_points = rate.ends_before, rate.basis_points
    work.session.flush()


def _rows(session: Session) -> tuple[TaxRate, ...]:
    return tuple(session.scalars(select(TaxRate).order_by(TaxRate.starts_on)))


def _as_dated(row: TaxRate) -> DatedRate:
    return DatedRate(row.starts_on, row.ends_before, row.basis_points)


def _merged(session: Session, rows: Sequence[TaxRate], given: Sequence[DatedRate]) -> tuple[DatedRate, ...]:
    """The table with the given rates in it; refused where that changes what was decided, or makes two rates hold."""
    known = {row.starts_on: row for row in rows}
    problems = [
        _in_use(rate)
        for rate in given
        if (row := known.get(rate.starts_on)) and row.basis_points != rate.basis_points and _is_used(session, row)
    ]
    merged = chained({rate.starts_on: rate for rate in (*_opened(rows), *given)}.values())
    problems += [
        _overlap(later) for earlier, later in pairwise(merged) if (earlier.ends_before or date.max) > later.starts_on
    ]
    if problems:
        raise Refusal(*problems)
    return merged


def _opened(rows: Sequence[TaxRate]) -> list[DatedRate]:
    """The stored rates; one that ends where the next begins was open when it was entered, and is again."""
    starts = [row.starts_on for row in rows[1:]]
    rates = [_as_dated(row) for row in rows]
    return [
        replace(rate, ends_before=None) if rate.ends_before == start else rate
        for rate, start in zip(rates, [*starts, None], strict=False)
    ]


def _is_used(session: Session, row: TaxRate) -> bool:
    return bool(session.scalar(select(exists().where(CoverageDecision.tax_rate_id == row.id))))


def _in_use(rate: DatedRate) -> Problem:
    params = {"starts_on": rate.starts_on}
    return Problem(code=ErrorCode.CONFLICT, detail="tax_in_use", path=("file",), params=params)


def _overlap(rate: DatedRate) -> Problem:
    params = {"starts_on": rate.starts_on}
    return Problem(code=ErrorCode.CONFLICT, detail="tax_overlap", path=("file",), params=params)


def _document(rates: Iterable[DatedRate]) -> list[dict[str, object]]:
    return [
        {"starts_on": rate.starts_on, "ends_before": rate.ends_before, "basis_points": rate.basis_points}
        for rate in rates
    ]
