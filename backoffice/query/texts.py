"""Texts people typed, made safe to compare with what is stored."""

import re
from typing import Any

from sqlalchemy import ColumnElement, String, false
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from backoffice.domain.text import fold
from backoffice.query.fields import Condition

_UNSTORABLE = re.compile("[\0\ud800-\udfff]")

LONGEST_PATTERN = 1_000
"""SQLite refuses longer patterns with an error; nothing that is searched holds that much."""

_FOLDED = [chr(code) for code in (*range(0x41, 0x5B), *range(0x0600, 0x0700), 0x200C) if fold(chr(code)) != chr(code)]


class folded(GenericFunction[str]):  # noqa: N801 - it is the name of the function in SQL
    """A column in its folded form, for columns that have none stored beside them.

    SQLite calls ``fold`` (see ``models.database``); PostgreSQL translates the same characters one by one.
    """

    type = String()
    inherit_cache = True


@compiles(folded, "postgresql")
def _translated(element: Any, compiler: SQLCompiler, **options: Any) -> str:
    column = compiler.process(element.clauses, **options)
    replaced = sorted(_FOLDED, key=lambda one: fold(one) == "")  # translate() drops what has no counterpart
    translated = f"translate(normalize({column}), '{''.join(replaced)}', '{''.join(map(fold, replaced))}')"
    return f"normalize({translated})"


def storable(text: str) -> str:
    """The text without what no database takes: U+0000 and lone surrogates become U+FFFD, which nothing stored holds."""
    return _UNSTORABLE.sub("\ufffd", text)


def contains(column: ColumnElement[str], text: str) -> Condition:
    """That the column holds the text anywhere."""
    return _like(column, f"%{_literally(text)}%")


def starts_with(column: ColumnElement[str], text: str) -> Condition:
    """That the column begins with the text."""
    return _like(column, f"{_literally(text)}%")


def _like(column: ColumnElement[str], pattern: str) -> Condition:
    return column.like(pattern, escape="\\") if len(pattern) <= LONGEST_PATTERN else false()


def _literally(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
