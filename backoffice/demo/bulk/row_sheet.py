"""Rows on their way into the database: new ones with their ids, and changes of rows that are there already."""

from collections import defaultdict
from collections.abc import Mapping

from backoffice.models.base import Base

Row = dict[str, object]


class RowSheet:
    """New rows and changes by table and id. A change of a row that is still on the sheet is made there."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        """``numbers``: the id of the next row of each table."""
        self._next = dict(numbers)
        self.added: defaultdict[str, dict[int, Row]] = defaultdict(dict)
        self.changed: defaultdict[str, dict[int, Row]] = defaultdict(dict)
        self.rows = 0

    def add(self, model: type[Base], values: Row) -> int:
        """Put a row down, with an id of its own, and return that. A column that is left out is null."""
        table = model.__tablename__
        number = self._next[table]
        self._next[table] = number + 1
        values["id"] = number
        self.added[table][number] = values
        self.rows += 1
        return number

    def change(self, model: type[Base], number: int, values: Row) -> None:
        """Give a row other values in some columns."""
        table = model.__tablename__
        row = self.added[table].get(number)
        if row is None:
            row = self.changed[table].setdefault(number, {})
        row.update(values)

    def clear(self) -> None:
        """Begin a new sheet, with the next ids."""
        self.added.clear()
        self.changed.clear()
        self.rows = 0
