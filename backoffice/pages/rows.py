"""What the reader gave, as pages take it."""

from collections.abc import Mapping
from typing import TypeAlias, TypedDict

from backoffice.query.global_id import from_global_id

Row: TypeAlias = Mapping[str, object]


class Named(TypedDict):
    """Whatever has a page and a name."""

    id: str
    name: str


def key_of(row: Row) -> int:
    """The primary key behind an object's global id, for addresses."""
    parsed = from_global_id(str(row["id"]))
    if parsed is None:
        raise ValueError(f"{row['id']!r} is no global id")
    return parsed[1]
