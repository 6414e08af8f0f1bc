"""Texts people typed, made safe to compare in the database."""

import re

from sqlalchemy import ColumnElement, func

from backoffice.domain.text import fold
from backoffice.query.fields import Condition

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

_ESCAPE = "\\"

_FOLDED = "".join(map(chr, [*range(ord("A"), ord("Z") + 1), *range(0x06C0, 0x06C1), 0x200C, *range(0x0600, 0x0700)]))


def storable(text: str) -> str:
    """The text without what no database takes: U+0000 and lone surrogates become U+FFFD, which nothing stored holds."""
    return _UNSTORABLE.sub("\ufffd", text)


def literally(text: str) -> str:
    """The text as a LIKE pattern that means itself, with ``\\`` as the escape character."""
    return re.sub(r"([\\%_])", r"\\\1", text)


def contains(column: ColumnElement[str], text: str) -> Condition:
    """That the column holds the text anywhere."""
    return column.like(f"%{literally(text)}%", escape=_ESCAPE)


def starts_with(column: ColumnElement[str], text: str) -> Condition:
    """That the column begins with the text."""
    return column.like(f"{literally(text)}%", escape=_ESCAPE)


def folding() -> dict[str, str]:
    """Every character that ``fold`` changes on its own, and what it becomes."""
    return {one: fold(one) for one in _FOLDED if fold(one) != one}
