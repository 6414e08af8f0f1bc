"""The whole database in memory, and which rows of it a viewer may see, in plain Python."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.models.base import Base
from backoffice.models.database import Database

Row = Mapping[str, Any]
Tables = Mapping[str, Mapping[Any, Row]]


def tables_of(database: Database) -> Tables:
    """Every table by name: its rows by primary key, in the order of the keys."""
    with database.reading() as session:
        return {
            table.name: {
                row[table.primary_key.columns[0].name]: dict(row)
                for row in session.execute(select(table).order_by(*table.primary_key.columns)).mappings()
            }
            for table in Base.metadata.sorted_tables
        }


class Seen:
    """The rows that a viewer may see."""

    def __init__(self, tables: Tables, viewer: Viewer) -> None:
        self.tables = tables
        self.viewer = viewer
        self._found: dict[object, list[Row]] = {}
        self.rules: Mapping[str, Callable[[Row], bool]] = {
            "customer": lambda row: self._own(row["id"]),
            "customer_phone": lambda row: self._own(row["customer_id"]),
            "site": lambda row: self._own(row["customer_id"]),
            "asset": lambda row: self._own(row["customer_id"]),
            "site_distance": lambda row: self.one("site", row["site_id"]) is not None,
            "support_period": lambda row: self.one("asset", row["asset_id"]) is not None,
            "allowance": lambda row: self.one("support_period", row["period_id"]) is not None,
            "allowance_slot": lambda row: self.one("allowance", row["allowance_id"]) is not None,
            "service_record": lambda row: self._own(row["customer_id"]) and self._of_the_office(row),
        }

    def one(self, table: str, key: object) -> Row | None:
        """The row with this key, if there is one that may be seen."""
        row = self.tables[table].get(key)
        return row if row is not None and self.may_see(table, row) else None

    def all(self, table: str, **where: object) -> list[Row]:
        """The rows that may be seen and have these values, by key. What was looked for once is remembered."""
        asked = (table, *where.items())
        if asked not in self._found:
            self._found[asked] = [
                row
                for row in self.tables[table].values()
                if all(row[name] == value for name, value in where.items()) and self.may_see(table, row)
            ]
        return self._found[asked]

    def may_see(self, table: str, row: Row) -> bool:
        """Whether the viewer may see a row. Whatever has no rule here is for everyone."""
        rule = self.rules.get(table)
        return rule is None or rule(row)

    def _own(self, customer_id: object) -> bool:
        return self.viewer.customer_id is None or customer_id == self.viewer.customer_id

    def _of_the_office(self, record: Row) -> bool:
        return not self.viewer.own_office_only or record["office_id"] == self.viewer.office_id
