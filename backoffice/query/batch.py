"""Conditions over a whole batch of keys, given to the statement as one parameter."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, select
from sqlalchemy import column as named
from sqlalchemy.dialects.postgresql import ARRAY

from backoffice.query.field_kinds import Condition

KEYS = "keys"


def in_batch(column: ColumnElement[int], dialect: str) -> Condition:
    """That the column holds one of the keys in the parameter ``keys``, which ``batch`` makes."""
    if dialect == "postgresql":
        return column == func.any(bindparam(KEYS, type_=ARRAY(BigInteger)))
    each = func.json_each(bindparam(KEYS)).table_valued(named("value", BigInteger))
    return column.in_(select(each.c.value))


def batch(keys: Sequence[int], dialect: str) -> Mapping[str, object]:
    """The parameter for ``in_batch``: however many keys, one statement and one text of it."""
    return {KEYS: list(keys) if dialect == "postgresql" else json.dumps(list(keys))}
