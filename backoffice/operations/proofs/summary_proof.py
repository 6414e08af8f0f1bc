"""Prove that the maintained summary of service records says what the records say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from backoffice.domain.calendar import month_span
from backoffice.models import RecordChange, RecordSummary, ServiceRecord
from backoffice.models.summary import ALL_OFFICES, FINE_GRAINS, GRAINS, NOT_COUNTED, WEIGHTS, columns_of
from backoffice.operations.progress_watch import Watch, unwatched

Rows: TypeAlias = type[RecordChange] | type[ServiceRecord]

SUMS = ("records", "amount", "shadow_amount")


@dataclass(frozen=True)
class Miscount:
    """One cell of the summary that is wrong: what it says above (+) or below (-) what it should."""

    grain: int
    where: str
    records: int
    amount: int
    shadow_amount: int

    def __str__(self) -> str:
        return (
            f"the summary by {self.where} is off by {self.records:+} records, {self.amount:+} rials payable"
            f" and {self.shadow_amount:+} rials not charged"
        )


def miscounts(session: Session, watch: Watch = unwatched) -> Iterator[Miscount]:
    """Every wrong cell: against the records, then the sums of all offices against the offices' own."""
    for grain in watch((*GRAINS, *FINE_GRAINS)):
        names = ("office_id", *columns_of(grain))
        for row in session.execute(_against_records(grain)):
            yield Miscount(grain, _cell(names, row, names), *row[len(names) :])
    for row in session.execute(_against_offices()):
        where = _cell(tuple(WEIGHTS), row[1:], columns_of(row[0]))
        yield Miscount(row[0], f"office_id {ALL_OFFICES}, {where}", *row[1 + len(WEIGHTS) :])


def misplaced(session: Session) -> Iterator[int]:
    """The ids of records whose Jalali month is not that of ``requested_at``."""
    asked_at = ServiceRecord.requested_at
    months = session.scalars(select(ServiceRecord.jalali_month).distinct()).all()
    outside = (
        and_(
            ServiceRecord.jalali_month == month,
            or_(asked_at < month_span(month)[0], asked_at >= month_span(month)[1]),
        )
        for month in months
    )
    yield from session.scalars(select(ServiceRecord.id).where(or_(*outside))) if months else ()


def _against_records(grain: int) -> Select[Any]:
    """The summary with the changes that wait, minus the records."""
    names = columns_of(grain)
    readings = (_summary(grain, names), _changes(grain, names), _records(grain, names))
    found = union_all(*readings).subquery().c
    return _wrong([found[name] for name in ("office_id", *names)], [func.sum(found[name]) for name in SUMS])


def _against_offices() -> Select[Any]:
    """The rows that sum all offices up, minus the offices' rows."""
    sign = case((RecordSummary.office_id == ALL_OFFICES, 1), else_=-1)
    keys = [getattr(RecordSummary, name) for name in ("grain", *WEIGHTS)]
    sums = [func.sum(sign * getattr(RecordSummary, name)) for name in SUMS]
    return _wrong(keys, sums).where(RecordSummary.grain.in_(GRAINS))


def _wrong(keys: Sequence[ColumnElement[Any]], sums: Sequence[ColumnElement[Any]]) -> Select[Any]:
    chosen: Select[Any] = select(*keys, *sums)
    return chosen.group_by(*keys).having(or_(*(one != 0 for one in sums))).order_by(*keys)


def _summary(grain: int, names: tuple[str, ...]) -> Select[Any]:
    cells = (getattr(RecordSummary, name) for name in ("office_id", *names, *SUMS))
    of_all = RecordSummary.office_id == ALL_OFFICES
    return select(*cells).where(RecordSummary.grain == grain, of_all if grain in FINE_GRAINS else ~of_all)


def _changes(grain: int, names: tuple[str, ...]) -> Select[Any]:
    cells = (getattr(RecordChange, name) for name in (*names, *SUMS))
    return select(_office(RecordChange, grain), *cells).where(_counts(RecordChange, names))


def _records(grain: int, names: tuple[str, ...]) -> Select[Any]:
    product = func.coalesce(ServiceRecord.product_id, 0)
    keys = (product if name == "product_id" else getattr(ServiceRecord, name) for name in names)
    sums = (-func.coalesce(total, 0) for total in (ServiceRecord.amount, ServiceRecord.shadow_amount))
    return select(_office(ServiceRecord, grain), *keys, literal(-1), *sums).where(_counts(ServiceRecord, names))


def _office(rows: Rows, grain: int) -> ColumnElement[int]:
    return literal(ALL_OFFICES) if grain in FINE_GRAINS else rows.office_id.expression


def _counts(rows: Rows, names: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a record, or a change of one, is in a grain of these columns."""
    return true() if "status" in names else rows.status.not_in(NOT_COUNTED)


def _cell(names: tuple[str, ...], values: Sequence[object], kept: tuple[str, ...]) -> str:
    found = zip(names, values, strict=False)
    return ", ".join(f"{name} {value}" for name, value in found if name in kept)
