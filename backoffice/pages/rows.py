"""What the reader gave, as pages take it."""

from collections.abc import Mapping, Sequence
from typing import TypeAlias, cast

from backoffice.query.global_id import from_global_id

Row: TypeAlias = Mapping[str, object]


def key_of(row: Row) -> int:
    """The primary key behind an object's global id, for addresses."""
    parsed = from_global_id(str(row["id"]))
    if parsed is None:
        raise ValueError(f"{row['id']!r} is no global id")
    return parsed[1]


def rows_of(row: Row, name: str) -> Sequence[Row]:
    """The objects of a list field."""
    return cast(Sequence[Row], row[name])


def nodes_of(connection: object) -> Sequence[Row]:
    """The objects of a page of a connection."""
    return rows_of(cast(Row, connection), "nodes")
