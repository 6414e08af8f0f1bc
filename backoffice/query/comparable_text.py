"""Texts people typed, made safe to compare with what is stored."""

import re
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction

from backoffice.domain.text import fold

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


def like(column: ColumnElement[str], pattern: BindParameter[str]) -> ColumnElement[bool]:
    """That the column is like a pattern that one of the following made."""
    return column.like(pattern, escape="\\")


def anywhere(text: str) -> str | None:
    """The pattern of what holds the text anywhere; None, which nothing is like, where it is longer than any text."""
    return _bounded(f"%{_literally(text)}%")


def at_the_start(text: str) -> str | None:
    """The pattern of what begins with the text, or None in the same way."""
    return _bounded(f"{_literally(text)}%")


def _bounded(pattern: str) -> str | None:
    return pattern if len(pattern) <= LONGEST_PATTERN else None


def _literally(text: str) -> str:
    return re.sub(r"([\\%_])", r"\\\1", text)
