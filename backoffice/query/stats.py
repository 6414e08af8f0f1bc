"""Service records counted and summed by what they have in common."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, cast, func, select, union_all

from backoffice.query.context import Context
from backoffice.query.counted import Question, counted
from backoffice.query.level import Row, Run
from backoffice.query.selection import Selection
from backoffice.query.sources import source_of
from backoffice.query.stats_rows import DIMENSIONS, ROW, Group, Key


class Statistics:
    """Counts and sums by the dimensions ``group_by``, of the records that ``filter`` leaves."""

    def __init__(self, context: Context, arguments: Mapping[str, Any]) -> None:
        self.context = context
        self.names = tuple(str(name).upper() for name in arguments["group_by"])
        given: Mapping[str, object] = arguments.get("filter") or {}
        self.asked = {name: value for name, value in given.items() if value is not None}

    def read(self, run: Run, selection: Selection) -> list[dict[str, object]]:
        """The rows, ordered by their keys; in all one statement, and one for each dimension with names in a table."""
        rows = run(self._statement(), {})
        words = [self._words(run, name, {row[place] for row in rows}) for place, name in enumerate(self.names)]
        return [ROW.shape(self._group(row, words), selection, self.context) for row in rows]

    def _statement(self) -> Select[Any]:
        columns = tuple(DIMENSIONS[name].column for name in self.names)
        found = union_all(*counted(Question(tuple(dict.fromkeys(columns)), self.asked), self.context)).subquery().c
        keys = [found[column] for column in columns]
        sums = [_total(found[name]) for name in ("records", "amount", "shadow_amount")]
        chosen: Select[Any] = select(*keys, *sums)
        if not keys:
            return chosen
        return chosen.group_by(*keys).having(sums[0] != 0).order_by(*(key.asc().nulls_last() for key in keys))

    def _words(self, run: Run, name: str, values: set[object]) -> Mapping[object, object]:
        target = DIMENSIONS[name].target
        if target is None or not self._may_read(target[0]):
            return {}
        source = source_of(self.context.entities[target[0]], self.context)
        key = source.rows[source.entity.key]
        chosen = select(key, source.rows[target[1]]).where(source.rule, key.in_(values - {None}))
        return {row[0]: row[1] for row in run(chosen, {})}

    def _may_read(self, name: str) -> bool:
        permission = self.context.entities[name].permission
        return permission is None or self.context.viewer.may(permission)

    def _group(self, row: Row, words: Sequence[Mapping[object, object]]) -> Group:
        keys = tuple(map(Key, self.names, row, words))
        return Group(keys, *row[len(self.names) :])


def _total(column: ColumnElement[int]) -> ColumnElement[int]:
    """The sum of a column, 0 of none. PostgreSQL's own sum would be a decimal."""
    return cast(func.coalesce(func.sum(column), 0), BigInteger)
