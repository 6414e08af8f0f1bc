"""One spelling of a value as JSON, and its hash: equal values have equal hashes, today and in ten years."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeAlias

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"
"""What a JSON document holds."""


def canonical_json(value: object) -> str:
    """``value`` as JSON with sorted keys and no spaces.

    Dates are ISO 8601, instants in UTC, decimals and enum members their value as text, sets sorted lists. Raises
    TypeError for a naive datetime or a type with no spelling, ValueError for a float that is not a number.
    """
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def content_hash(value: object) -> str:
    """The SHA-256 of ``canonical_json(value)`` in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def _plain(value: object) -> JSON:
    match value:
        case Enum():
            return _plain(value.value)
        case None | bool() | int() | float() | str():
            return value
        case datetime() | date() | Decimal():
            return _spelling(value)
        case Mapping():
            return {_key(key): _plain(item) for key, item in value.items()}
        case AbstractSet():
            return sorted((_plain(item) for item in value), key=str)
        case list() | tuple():
            return [_plain(item) for item in value]
        case _:
            raise TypeError(f"{type(value).__name__} has no canonical JSON")


def _spelling(value: date | Decimal) -> str:
    if isinstance(value, Decimal):
        return str(value)
    if not isinstance(value, datetime):
        return value.isoformat()
    if value.tzinfo is None:
        raise TypeError("an instant without a time zone has no canonical JSON: give it one")
    return value.astimezone(UTC).isoformat()


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"the key {key!r} of a JSON object is not a string")
    return str(key)
