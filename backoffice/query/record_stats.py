"""Service records counted and summed by what they have in common."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, ColumnElement, Select, bindparam, cast, func, select, union_all

from backoffice.query.counted import StatsQuestion, counted
from backoffice.query.given import Binds, Given
from backoffice.query.ground import Ground
from backoffice.query.months import are_whole_months
from backoffice.query.outline import Outlined
from backoffice.query.run import Row, Run
from backoffice.query.stats_rows import DIMENSIONS, ROW, Group, Key

Words: TypeAlias = Mapping[object, object]
"""The words of a dimension's values."""

NAMED = "named"
"""The bind of the values whose words are read."""


def asked(arguments: Mapping[str, object]) -> Mapping[str, object]:
    """The arguments of statistics, and what of them decides where the counts are read."""
    given = arguments.get("filter")
    span = given.get("requested_at") if isinstance(given, Mapping) else None
    return {**arguments, "are_whole_months": are_whole_months(span)}


class Statistics:
    """Counts and sums by the dimensions ``group_by``, of the records that ``filter`` leaves."""

    def __init__(self, ground: Ground, field: Outlined) -> None:
        self._ground = ground
        self._field = field
        self._binds = Binds()
        self.names = _names(Given(field.known, (), self._binds))
        self._statement = self._counted(Given(field.known, (), self._binds))
        self._named = [self._words(name) for name in self.names]
        self._shape = ROW.shaper(field.outline)

    def read(self, run: Run) -> list[dict[str, object]]:
        """The rows, ordered by their keys; in all one statement, and one for each dimension with names in a table."""
        rows = run.rows(self._statement, self._binds.values(run.moment.arguments(self._field)))
        words = [_read(run, chosen, {row[place] for row in rows}) for place, chosen in enumerate(self._named)]
        return [self._shape(self._group(row, words), run.moment) for row in rows]

    def _counted(self, given: Given) -> Select[Any]:
        columns = tuple(DIMENSIONS[name].column for name in self.names)
        given_filter = given.get("filter")
        asked = {name: given_filter[name] for name in given_filter} if given_filter else {}
        question = StatsQuestion(tuple(dict.fromkeys(columns)), asked, is_whole=given["are_whole_months"].is_on)
        found = union_all(*counted(question, self._ground)).subquery().c
        keys = [found[column] for column in columns]
        sums = [_total(found[name]) for name in ("records", "amount", "shadow_amount")]
        chosen: Select[Any] = select(*keys, *sums)
        if not keys:
            return chosen
        return chosen.group_by(*keys).having(sums[0] != 0).order_by(*(key.asc().nulls_last() for key in keys))

    def _words(self, name: str) -> Select[Any] | None:
        """The words of a dimension whose values a table names; None for others, and for what may not be read."""
        target = DIMENSIONS[name].target
        if target is None or not self._ground.may_read(target[0]):
            return None
        source = self._ground.of(target[0])
        key = source.rows[source.key]
        named = key.in_(bindparam(NAMED, type_=key.type, expanding=True))
        return select(key, source.rows[target[1]]).where(source.rule, named)

    def _group(self, row: Row, words: Sequence[Words]) -> Group:
        keys = (Key(*of, self._ground.plugins) for of in zip(self.names, row, words, strict=False))
        return Group(tuple(keys), *row[len(self.names) :])


def _names(given: Given) -> tuple[str, ...]:
    names = given["group_by"].literal
    return tuple(str(name).upper() for name in names) if isinstance(names, tuple) else ()


def _read(run: Run, chosen: Select[Any] | None, values: set[object]) -> Words:
    if chosen is None:
        return MappingProxyType({})
    return {row[0]: row[1] for row in run.rows(chosen, {NAMED: list(values - {None})})}


def _total(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of a column, 0 of none. PostgreSQL's own sum would be a decimal."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)
