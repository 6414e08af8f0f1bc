"""Where counts of service records are read: in the maintained summary, or record by record where it knows too little.

Each reading is a SELECT of the columns asked for and of ``records``, ``amount`` and ``shadow_amount``; the answer is
the sum of all readings together. They become one statement, so they see one moment.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, select, true, type_coerce

from backoffice.models import RecordChange, RecordSummary
from backoffice.models.summary import (
    ABSENT,
    ALL_OFFICES,
    FINE_GRAINS,
    GRAINS,
    NOT_COUNTED,
    WEIGHTS,
    columns_of,
    grain_of,
)
from backoffice.query.context import Context
from backoffice.query.fields import Condition, Rows
from backoffice.query.months import Months, whole_months
from backoffice.query.sources import Source, source_of

KNOWN: Mapping[str, str] = MappingProxyType(
    {
        "service_type": "service_type",
        "status": "status",
        "mode": "mode",
        "channel": "channel_code",
        "outcome": "outcome",
        "product_id": "product_id",
        "requested_at": "jalali_month",
    }
)
"""The filters that the summary can answer, and the columns they need. Times have to be whole months."""


@dataclass(frozen=True)
class Question:
    """By which columns to count, and the filters given."""

    columns: tuple[str, ...]
    asked: Mapping[str, object]

    @property
    def is_plain(self) -> bool:
        """Whether it asks for nothing that the summary has never heard of."""
        return self.asked.keys() <= KNOWN.keys() and whole_months(self.asked.get("requested_at")) is not None

    @property
    def filtered(self) -> frozenset[str]:
        """The columns that the filters look at; of a plain question."""
        return frozenset(KNOWN[name] for name in self.asked)

    @property
    def leaves_out(self) -> bool:
        """Whether records that were cancelled or voided stay out."""
        return "status" not in self.asked


def counted(question: Question, context: Context) -> Sequence[Select[Any]]:
    """The readings whose sum answers the question, of the records that the viewer may see."""
    grain = grain_for(question, context)
    if grain is None:
        return [_records(question, context)]
    return [_summary(question, grain, context), _changes(question, context)]


def grain_for(question: Question, context: Context) -> int | None:
    """The grain of the summary with the fewest rows to read; None where none answers the question."""
    if not question.is_plain or context.viewer.customer_id is not None:
        return None
    need = grain_of({*question.columns, *question.filtered})
    kept = GRAINS if context.viewer.own_office_only else GRAINS + FINE_GRAINS
    able = (grain for grain in kept if grain & need == need)
    return min(able, key=lambda grain: _rows_to_read(grain, question.filtered), default=None)


def _rows_to_read(grain: int, filtered: frozenset[str]) -> int:
    return prod(WEIGHTS[column][1] for column in columns_of(grain) if column not in filtered)


def _records(question: Question, context: Context) -> Select[Any]:
    """Record by record. One index holds all that a plain question needs, and SQLite has to be told to keep to it."""
    source = source_of(context.entities["ServiceRecord"], context)
    rows = source.rows
    covered = question.is_plain and context.viewer.customer_id is None
    filters = (
        _condition(source, name, value, context) if covered else source.entity.filters[name](rows, value, context)
        for name, value in question.asked.items()
    )
    sums = (literal(1).label("records"), rows.amount, rows.shadow_amount)
    keys = (rows[column] for column in question.columns)
    chosen = select(*keys, *sums).where(source.rule, *filters, _live(rows, question))
    return chosen.with_hint(source.table, "INDEXED BY ix_service_record_summed", "sqlite") if covered else chosen


def _summary(question: Question, grain: int, context: Context) -> Select[Any]:
    source = source_of(context.entities["ServiceRecord"], context, RecordSummary.__table__.alias())
    rows, kept = source.rows, columns_of(grain)
    offices = true() if context.viewer.own_office_only else rows.office_id == ALL_OFFICES
    absent = (rows[column] == ABSENT[column] for column in WEIGHTS if column not in kept)
    live = _live(rows, question) if "status" in kept else true()
    return _read(question, source, context).where(rows.grain == grain, offices, *absent, live)


def _changes(question: Question, context: Context) -> Select[Any]:
    """By their key: PostgreSQL keeps a table as large as in its busiest hour, and the key finds the few rows in it."""
    source = source_of(context.entities["ServiceRecord"], context, RecordChange.__table__.alias())
    return _read(question, source, context).where(source.rows.id > 0, _live(source.rows, question))


def _read(question: Question, source: Source, context: Context) -> Select[Any]:
    """The readings of the summary and of changes, whose columns have the names of the records'."""
    rows = source.rows
    keys = (_value(source, column) for column in question.columns)
    conditions = (_condition(source, name, value, context) for name, value in question.asked.items())
    return select(*keys, rows.records, rows.amount, rows.shadow_amount).where(source.rule, *conditions)


def _value(source: Source, column: str) -> ColumnElement[Any]:
    """The column with the records' type and their NULL."""
    value = func.nullif(source.rows[column], 0) if column == "product_id" else source.rows[column]
    return type_coerce(value, source.entity.table.c[column].type).label(column)


def _condition(source: Source, name: str, value: object, context: Context) -> Condition:
    rows = source.rows
    if name == "requested_at":
        return _within(rows, whole_months(value))
    found = source.entity.filters[name](rows, value, context)
    return and_(found, rows.product_id != 0) if name == "product_id" else found


def _within(rows: Rows, months: Months | None) -> Condition:
    first, before = (months.first, months.before) if months else (None, None)
    return and_(
        true() if first is None else rows.jalali_month >= first,
        true() if before is None else rows.jalali_month < before,
    )


def _live(rows: Rows, question: Question) -> Condition:
    return rows.status.not_in(NOT_COUNTED) if question.leaves_out else true()
