"""Prove that the maintained summary of service records says what the records say."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select, true, union_all
from sqlalchemy.orm import Session

from backoffice.domain.calendar import month_span
from backoffice.models import RecordChange, RecordSummary, ServiceRecord
from backoffice.models.summary import ALL_OFFICES, GRAINS, NOT_COUNTED, WEIGHTS, columns_of

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


def miscounts(session: Session) -> Iterator[Miscount]:
    """Every wrong cell: of an office against its records, then of all offices against the offices."""
    for grain in GRAINS:
        names = ("office_id", *columns_of(grain))
        for row in session.execute(_against_records(grain)):
            yield Miscount(grain, _cell(names, row), *row[len(names) :])
    names = tuple(WEIGHTS)
    for grain, *row in session.execute(_against_offices()):
        yield Miscount(grain, f"all offices, {_cell(names, row, columns_of(grain))}", *row[len(names) :])


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
    parts = union_all(_summary(grain, names), _changes(names), _records(names)).subquery().c
    keys = [parts[name] for name in ("office_id", *names)]
    return _wrong(keys, [func.sum(parts[name]) for name in SUMS])


def _against_offices() -> Select[Any]:
    """The rows that sum all offices up, minus the offices' rows."""
    sign = case((RecordSummary.office_id == ALL_OFFICES, 1), else_=-1)
    keys = [getattr(RecordSummary, name) for name in ("grain", *WEIGHTS)]
    return _wrong(keys, [func.sum(sign * getattr(RecordSummary, name)) for name in SUMS])


def _wrong(keys: list[ColumnElement[Any]], sums: list[ColumnElement[Any]]) -> Select[Any]:
    chosen: Select[Any] = select(*keys, *sums)
    return chosen.group_by(*keys).having(or_(*(one != 0 for one in sums))).order_by(*keys)


def _summary(grain: int, names: tuple[str, ...]) -> Select[Any]:
    cells = (getattr(RecordSummary, name) for name in ("office_id", *names, *SUMS))
    return select(*cells).where(RecordSummary.grain == grain, RecordSummary.office_id != ALL_OFFICES)


def _changes(names: tuple[str, ...]) -> Select[Any]:
    cells = (getattr(RecordChange, name) for name in ("office_id", *names, *SUMS))
    return select(*cells).where(_counts(RecordChange, names))


def _records(names: tuple[str, ...]) -> Select[Any]:
    keys = (getattr(ServiceRecord, name) for name in ("office_id", *names) if name != "product_id")
    product = [func.coalesce(ServiceRecord.product_id, 0)] if "product_id" in names else []
    sums = (-func.coalesce(total, 0) for total in (ServiceRecord.amount, ServiceRecord.shadow_amount))
    office, *rest = keys
    return select(office, *product, *rest, literal(-1), *sums).where(_counts(ServiceRecord, names))


def _counts(rows: type[RecordChange] | type[ServiceRecord], names: tuple[str, ...]) -> ColumnElement[bool]:
    return true() if "status" in names else rows.status.not_in(NOT_COUNTED)


def _cell(names: tuple[str, ...], row: Any, kept: tuple[str, ...] | None = None) -> str:
    found = zip(names, row, strict=False)
    return ", ".join(f"{name} {value}" for name, value in found if kept is None or name in kept)
