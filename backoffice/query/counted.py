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
from backoffice.query.field_kinds import Condition, Rows, Source
from backoffice.query.given import Given
from backoffice.query.ground import Ground
from backoffice.query.months import month_begun

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
class StatsQuestion:
    """By which columns to count, and the filters given; ``is_whole``: those of times are of whole months."""

    columns: tuple[str, ...]
    asked: Mapping[str, Given]
    is_whole: bool

    @property
    def is_plain(self) -> bool:
        """Whether it asks for nothing that the summary has never heard of."""
        return self.asked.keys() <= KNOWN.keys() and self.is_whole

    @property
    def filtered(self) -> frozenset[str]:
        """The columns that the filters look at; of a plain question."""
        return frozenset(KNOWN[name] for name in self.asked)

    @property
    def leaves_out(self) -> bool:
        """Whether records that were cancelled or voided stay out."""
        return "status" not in self.asked


def counted(question: StatsQuestion, ground: Ground) -> Sequence[Select[Any]]:
    """The readings whose sum answers the question, of the records that the viewer may see."""
    grain = grain_for(question, ground)
    if grain is None:
        return [_records(question, ground)]
    return [_summary(question, grain, ground), _changes(question, ground)]


def grain_for(question: StatsQuestion, ground: Ground) -> int | None:
    """The grain of the summary with the fewest rows to read; None where none answers the question."""
    if not question.is_plain or ground.access.is_customer:
        return None
    need = grain_of({*question.columns, *question.filtered})
    kept = GRAINS if ground.access.own_office_only else GRAINS + FINE_GRAINS
    able = (grain for grain in kept if grain & need == need)
    return min(able, key=lambda grain: _rows_to_read(grain, question.filtered), default=None)


def _rows_to_read(grain: int, filtered: frozenset[str]) -> int:
    return prod(WEIGHTS[column][1] for column in columns_of(grain) if column not in filtered)


def _records(question: StatsQuestion, ground: Ground) -> Select[Any]:
    """Record by record. One index holds all that a plain question needs, and SQLite has to be told to keep to it."""
    source = ground.of("ServiceRecord")
    rows = source.rows
    covered = question.is_plain and not ground.access.is_customer
    filters = (
        _condition(source, name, value, ground) if covered else ground.entity(source).filters[name](rows, value, ground)
        for name, value in question.asked.items()
    )
    sums = (literal(1).label("records"), rows.amount, rows.shadow_amount)
    keys = (rows[column] for column in question.columns)
    chosen = select(*keys, *sums).where(source.rule, *filters, _live(rows, question))
    return chosen.with_hint(source.table, "INDEXED BY ix_service_record_summed", "sqlite") if covered else chosen


def _summary(question: StatsQuestion, grain: int, ground: Ground) -> Select[Any]:
    source = ground.over(ground.entities["ServiceRecord"], RecordSummary.__table__.alias())
    rows, kept = source.rows, columns_of(grain)
    offices = true() if ground.access.own_office_only else rows.office_id == ALL_OFFICES
    absent = (rows[column] == ABSENT[column] for column in WEIGHTS if column not in kept)
    live = _live(rows, question) if "status" in kept else true()
    return _read(question, source, ground).where(rows.grain == grain, offices, *absent, live)


def _changes(question: StatsQuestion, ground: Ground) -> Select[Any]:
    """By their key: PostgreSQL keeps a table as large as in its busiest hour, and the key finds the few rows in it."""
    source = ground.over(ground.entities["ServiceRecord"], RecordChange.__table__.alias())
    return _read(question, source, ground).where(source.rows.id > 0, _live(source.rows, question))


def _read(question: StatsQuestion, source: Source, ground: Ground) -> Select[Any]:
    """The readings of the summary and of changes, whose columns have the names of the records'."""
    rows = source.rows
    keys = (_value(source, column, ground) for column in question.columns)
    conditions = (_condition(source, name, value, ground) for name, value in question.asked.items())
    return select(*keys, rows.records, rows.amount, rows.shadow_amount).where(source.rule, *conditions)


def _value(source: Source, column: str, ground: Ground) -> ColumnElement[Any]:
    """The column with the records' type and their NULL."""
    value = func.nullif(source.rows[column], 0) if column == "product_id" else source.rows[column]
    return type_coerce(value, ground.entity(source).table.c[column].type).label(column)


def _condition(source: Source, name: str, given: Given, ground: Ground) -> Condition:
    rows = source.rows
    if name == "requested_at":
        return _within(rows, given)
    found = ground.entity(source).filters[name](rows, given, ground)
    return and_(found, rows.product_id != 0) if name == "product_id" else found


def _within(rows: Rows, given: Given) -> Condition:
    month = rows.jalali_month
    return and_(
        month >= given["gte"].bind(month.type, month_begun, part="month") if "gte" in given else true(),
        month < given["lt"].bind(month.type, month_begun, part="month") if "lt" in given else true(),
    )


def _live(rows: Rows, question: StatsQuestion) -> Condition:
    return rows.status.not_in(NOT_COUNTED) if question.leaves_out else true()
