"""The conditions that an entity's input filters can ask for."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, String, and_, false, or_, true

from backoffice.domain.text import fold
from backoffice.query.comparable_text import anywhere, at_the_start, folded, like, storable
from backoffice.query.field_kinds import Condition, Rows, Sources
from backoffice.query.given import Given
from backoffice.query.global_id import key_of
from backoffice.query.registry import Filter

EARLIEST, LATEST = datetime(1, 1, 2, tzinfo=UTC), datetime(9999, 12, 30, tzinfo=UTC)


def text_of(column: str) -> Filter:
    """A ``StringFilter`` on a column, both sides folded."""
    return lambda rows, given, sources: _text(folded(rows[column]), given)


def folded_text_of(column: str) -> Filter:
    """A ``StringFilter`` on a column that is stored folded."""
    return lambda rows, given, sources: _text(rows[column], given)


def equal_to(column: str) -> Filter:
    """One value of the column."""
    return lambda rows, given, sources: rows[column] == given.bind(rows[column].type)


def among(column: str) -> Filter:
    """Any of a list of values of the column."""

    def condition(rows: Rows, given: Given, sources: Sources) -> Condition:
        found: Condition = rows[column].in_(given.each(rows[column].type, _storable))
        return found

    return condition


def _storable(values: Iterable[object]) -> list[object]:
    return [storable(one) if isinstance(one, str) else one for one in values]


def key_in(column: str, type_name: str) -> Filter:
    """The object that a global id of this type names; any other id finds nothing."""
    return lambda rows, given, sources: rows[column] == given.bind(rows[column].type, lambda id: key_of(type_name, id))


def between(column: str) -> Filter:
    """A ``DateFilter`` or ``DateTimeFilter``: from ``gte`` up to, not including, ``lt``."""
    return lambda rows, given, sources: _bounds(rows[column], given, gte=rows[column].__ge__, lt=rows[column].__lt__)


def last_day_between(rows: Rows, given: Given) -> Condition:
    """A ``DateFilter`` on the last day of periods, which is the day before ``ends_before``."""
    column = rows["ends_before"]
    return _bounds(column, given, gte=column.__gt__, lt=column.__le__)


def _bounds(column: ColumnElement[Any], given: Given, **compare: Callable[[Any], Condition]) -> Condition:
    bounds = ((make, given[name]) for name, make in compare.items() if name in given)
    return and_(true(), *(make(bound.bind(column.type, _within)) for make, bound in bounds))


def _within(value: object) -> object:
    """An instant that can be turned into UTC: the first and last days of the calendar cannot."""
    return min(max(value, EARLIEST), LATEST) if isinstance(value, datetime) else value


def _text(column: ColumnElement[str], given: Given) -> Condition:
    tests: dict[str, Callable[[Given], Condition]] = {
        "eq": lambda text: column == text.bind(String(), _folded),
        "in": lambda texts: column.in_(texts.each(String(), lambda each: [_folded(one) for one in each])),
        "contains": lambda text: like(column, _pattern(text, anywhere)),
        "starts_with": lambda text: like(column, _pattern(text, at_the_start)),
    }
    return and_(true(), *(test(given[name]) for name, test in tests.items() if name in given))


def _pattern(given: Given, made: Callable[[str], str | None]) -> BindParameter[Any]:
    return given.bind(String(), lambda text: made(_folded(text)))


def _folded(text: str) -> str:
    return fold(storable(text))


def any_of(*conditions: Condition) -> Condition:
    """That one of them holds; none at all holds nothing."""
    return or_(false(), *conditions)
