"""Service records counted and summed by what they have in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select

from backoffice.domain.label import Label
from backoffice.domain.record import RecordStatus
from backoffice.query.context import Context
from backoffice.query.entities.service_type import named
from backoffice.query.fields import Condition, Rows
from backoffice.query.global_id import to_global_id
from backoffice.query.level import Row, Run
from backoffice.query.plain import Plain
from backoffice.query.selection import Selection
from backoffice.query.sources import source_of
from backoffice.wording import month, say

LEFT_OUT = (RecordStatus.CANCELLED, RecordStatus.VOIDED)
"""Records that count for nothing unless a status is asked for."""


@dataclass(frozen=True)
class Dimension:
    """By what records are counted: a column, the value a program sees of it, and where people's words for it come from.

    ``text`` gives them from the value; else ``target`` and ``column`` name the entity and its column that holds them.
    """

    column: str
    value: Callable[[Any], str] = str
    text: Callable[[Any, Context], str] | None = None
    target: tuple[str, str] | None = None


def _worded(column: str) -> Dimension:
    def text(value: object, context: Context) -> str:
        return say(f"{column}.{value}", {}, context.viewer.language)

    return Dimension(column, value=lambda value: str(value).upper(), text=text)


DIMENSIONS: Mapping[str, Dimension] = {
    "SERVICE_TYPE": Dimension(
        "service_type",
        text=lambda code, context: named(code, context.plugins).label.in_language(context.viewer.language),
    ),
    "STATUS": _worded("status"),
    "MODE": _worded("mode"),
    "CHANNEL": Dimension("channel_code", target=("Channel", "labels")),
    "OUTCOME": _worded("outcome"),
    "PRODUCT": Dimension("product_id", value=lambda key: to_global_id("Product", key), target=("Product", "name")),
    "JALALI_MONTH": Dimension("jalali_month", text=lambda number, context: month(number, context.viewer.language)),
}
"""By the names of the contract's ``StatsDimension``."""


@dataclass(frozen=True)
class Key:
    """The value that a row's records share in one dimension; None for none."""

    dimension: str
    value: object
    words: Mapping[object, object]


@dataclass(frozen=True)
class Group:
    """One row: what its records share, how many they are, and their sums in rials."""

    keys: tuple[Key, ...]
    count: int
    amount: int
    shadow_amount: int


def _value(key: Key) -> str | None:
    return None if key.value is None else DIMENSIONS[key.dimension].value(key.value)


def _label(key: Key, context: Context) -> str | None:
    text = DIMENSIONS[key.dimension].text
    if key.value is None or text is not None:
        return None if key.value is None or text is None else text(key.value, context)
    words = key.words.get(key.value)
    return Label(**words).in_language(context.viewer.language) if isinstance(words, Mapping) else str(words)


KEY: Plain[Key] = Plain(
    "StatsKey",
    {
        "dimension": lambda key, field, context: key.dimension,
        "value": lambda key, field, context: _value(key),
        "label": lambda key, field, context: _label(key, context),
    },
)

ROW: Plain[Group] = Plain(
    "StatsRow",
    {
        "keys": lambda row, field, context: [KEY.shape(key, field.selection, context) for key in row.keys],
        "count": lambda row, field, context: row.count,
        "amount": lambda row, field, context: row.amount,
        "shadowAmount": lambda row, field, context: row.shadow_amount,
    },
)


class Statistics:
    """Counts and sums by the dimensions ``group_by``, of the records that ``filter`` leaves."""

    def __init__(self, context: Context, arguments: Mapping[str, Any]) -> None:
        self.context = context
        self.names = tuple(str(name).upper() for name in arguments["group_by"])
        self.asked: Mapping[str, object] = arguments.get("filter") or {}

    def read(self, run: Run, selection: Selection) -> list[dict[str, object]]:
        """The rows, ordered by their keys; in all one statement, and one for each dimension with names in a table."""
        rows = run(self._statement(), {})
        words = [self._words(run, name, {row[place] for row in rows}) for place, name in enumerate(self.names)]
        return [ROW.shape(self._group(row, words), selection, self.context) for row in rows]

    def _statement(self) -> Select[Any]:
        source = source_of(self.context.entities["ServiceRecord"], self.context)
        rows = source.rows
        keys = [rows[DIMENSIONS[name].column] for name in self.names]
        sums = (func.count(), _total(rows.amount), _total(rows.shadow_amount))
        counted = select(*keys, *sums).select_from(source.table).where(source.rule, *self._conditions(rows))
        return counted.group_by(*keys).order_by(*(key.asc().nulls_last() for key in keys))

    def _conditions(self, rows: Rows) -> list[Condition]:
        filters = self.context.entities["ServiceRecord"].filters
        asked = {name: value for name, value in self.asked.items() if value is not None}
        found = [filters[name](rows, value, self.context) for name, value in asked.items()]
        return found if "status" in asked else [*found, rows.status.not_in(LEFT_OUT)]

    def _words(self, run: Run, name: str, values: set[object]) -> Mapping[object, object]:
        target = DIMENSIONS[name].target
        if target is None:
            return {}
        source = source_of(self.context.entities[target[0]], self.context)
        key = source.rows[source.entity.key]
        chosen = select(key, source.rows[target[1]]).where(source.rule, key.in_(values - {None}))
        return {row[0]: row[1] for row in run(chosen, {})}

    def _group(self, row: Row, words: Sequence[Mapping[object, object]]) -> Group:
        keys = tuple(map(Key, self.names, row, words))
        return Group(keys, *row[len(self.names) :])


def _total(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum in rials; amounts that are not known count as 0. PostgreSQL's own sum would be a decimal."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)
