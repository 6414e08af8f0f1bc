"""Cursors: the place of an object in an ordered list, opaque to clients."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime

from backoffice.models.base import LARGEST_ID
from backoffice.query.comparable_text import storable


class InvalidPage(Exception):
    """A page that cannot be given: ``code`` is BAD_REQUEST or LIMIT_EXCEEDED of the contract."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def _instant(value: str) -> datetime:
    instant = datetime.fromisoformat(value)
    if instant.utcoffset() is None:
        raise ValueError(f"no offset: {value}")
    instant.timestamp()
    return instant


READ: Mapping[type, Callable[[str], object]] = {datetime: _instant, date: date.fromisoformat, str: storable, int: int}


def to_cursor(order: str, value: object, key: int) -> str:
    """The cursor of the object with this key and this value of the column that the list is ordered by."""
    text = value.isoformat() if isinstance(value, date) else str(value)
    document = json.dumps([order, text, key], ensure_ascii=False, separators=(",", ":"))
    return urlsafe_b64encode(document.encode()).decode().rstrip("=")


def from_cursor(cursor: object, order: str, kind: type) -> tuple[object, int]:
    """Value and key of a cursor of a list with this order. Raises ``InvalidPage`` for any other text."""
    try:
        document = json.loads(urlsafe_b64decode(str(cursor) + "=" * (-len(str(cursor)) % 4)))
        made_for, text, key = document
        if made_for == order and type(text) is str and type(key) is int and abs(key) <= LARGEST_ID:
            return READ[kind](text), key
    except (ValueError, TypeError, OverflowError, RecursionError):
        pass
    raise InvalidPage("BAD_REQUEST", "The cursor does not belong to this list.")
