"""The conditions that an entity's input filters can ask for."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, false, or_, true

from backoffice.domain.text import fold
from backoffice.query.context import Context
from backoffice.query.fields import Condition, Rows
from backoffice.query.global_id import key_of
from backoffice.query.registry import Filter
from backoffice.query.texts import contains, folded, starts_with, storable

EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def text_of(column: str) -> Filter:
    """A ``StringFilter`` on a column, both sides folded."""
    return lambda rows, value, context: _text(folded(rows[column]), value)


def folded_text_of(column: str) -> Filter:
    """A ``StringFilter`` on a column that is stored folded."""
    return lambda rows, value, context: _text(rows[column], value)


def equal_to(column: str) -> Filter:
    """One value of the column."""
    return lambda rows, value, context: rows[column] == value


def among(column: str) -> Filter:
    """Any of a list of values of the column."""

    def condition(rows: Rows, value: object, context: Context) -> Condition:
        given = value if isinstance(value, Iterable) else ()
        found: Condition = rows[column].in_([storable(one) if isinstance(one, str) else one for one in given])
        return found

    return condition


def key_in(column: str, type_name: str) -> Filter:
    """The object that a global id of this type names; any other id finds nothing."""

    def condition(rows: Rows, value: object, context: Context) -> Condition:
        key = key_of(type_name, value)
        return false() if key is None else rows[column] == key

    return condition


def between(column: str) -> Filter:
    """A ``DateFilter`` or ``DateTimeFilter``: from ``gte`` up to, not including, ``lt``."""
    return lambda rows, value, context: _bounds(value, gte=rows[column].__ge__, lt=rows[column].__lt__)


def last_day_between(rows: Rows, value: object) -> Condition:
    """A ``DateFilter`` on the last day of periods, which is the day before ``ends_before``."""
    return _bounds(value, gte=rows["ends_before"].__gt__, lt=rows["ends_before"].__le__)


def _bounds(value: object, **compare: Callable[[Any], Condition]) -> Condition:
    given = value if isinstance(value, Mapping) else {}
    return and_(true(), *(make(_within(given[name])) for name, make in compare.items() if given.get(name) is not None))


def _within(value: object) -> object:
    """An instant that can be turned into UTC: the first and last days of the calendar cannot."""
    return min(max(value, EARLIEST), LATEST) if isinstance(value, datetime) else value


def _text(column: ColumnElement[str], value: object) -> Condition:
    given = value if isinstance(value, Mapping) else {}
    tests: Mapping[str, Callable[[Any], Condition]] = {
        "eq": lambda text: column == _folded(text),
        "in": lambda texts: column.in_([_folded(text) for text in texts]),
        "contains": lambda text: contains(column, _folded(text)),
        "starts_with": lambda text: starts_with(column, _folded(text)),
    }
    return and_(true(), *(test(given[name]) for name, test in tests.items() if given.get(name) is not None))


def _folded(text: str) -> str:
    return fold(storable(text))


def any_of(*conditions: Condition) -> Condition:
    """That one of them holds; none at all holds nothing."""
    return or_(false(), *conditions)
