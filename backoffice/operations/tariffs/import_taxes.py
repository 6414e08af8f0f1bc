"""Import dated VAT from a file: new rates are added, and one that decisions were made with keeps its rate."""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Annotated, TypeAlias

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.sheet import Mistakes
from backoffice.domain.tax_file import DatedRate, chained, read_taxes
from backoffice.models import CoverageDecision, TaxRate
from backoffice.operations.command import Command, Given
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import rows_of
from backoffice.operations.kinds import File
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal
from backoffice.operations.work import Done, Unchanged, Work


@dataclass(frozen=True, kw_only=True)
class ImportTaxes(Command):
    """A file as it was given: its name, which tells an xlsx from a csv, and what is in it."""

    file_name: Annotated[
        str,
        Given(
            File(),
            Label(fa="نام فایل", en="File name"),
            about="What the file is called, which tells an xlsx from a csv.",
        ),
    ]
    content: Annotated[bytes, Given(File(), Label(fa="فایل", en="File"), about="What is in the file.")] = (
        dataclasses.field(repr=False)
    )


Rates: TypeAlias = tuple[DatedRate, ...]
"""The whole table, by the first day."""


def _read(command: ImportTaxes) -> Rates:
    rows = rows_of(command.file_name, command.content)
    if isinstance(rows, Problem):
        raise Refusal(rows)
    read = read_taxes(rows, names().fields)
    if isinstance(read, Mistakes):
        raise Refusal(*read.problems)
    return read


def _import(work: Work, command: ImportTaxes) -> Done[Rates] | Unchanged[Rates]:
    given, rows = _read(command), {row.starts_on: row for row in _rows(work.session)}
    before = _document(_as_dated(row) for row in rows.values())
    merged = _merged(work.session, tuple(rows.values()), given)
    after = _document(merged)
    if after == before:
        return Unchanged(told=merged)
    _write(work, rows, merged)
    first = work.session.scalars(select(TaxRate.id).where(TaxRate.starts_on == given[0].starts_on)).one()
    return Done(
        entity="TaxRate",
        entity_id=first,
        events=(Event.TAXES_IMPORTED,),
        before={"rates": before},
        after={"rates": after},
        told=merged,
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


import_taxes = Operation(
    name="import_taxes",
    label=Label(fa="ورود مالیات", en="Import VAT rates"),
    description="Import dated rates of VAT from a file; an open rate ends where the next begins.",
    permission="tariff.write",
    command=ImportTaxes,
    entity="TaxRate",
    events=(Event.TAXES_IMPORTED,),
    body=_import,
)
"""INVALID for each mistake in the file; CONFLICT where it changes a rate that decisions were made with.

Rates that the file does not name stay, and an open one ends where the next begins. ``id`` is that of the file's first
rate, None when everything was there already; ``told`` is the whole table afterwards.
"""
