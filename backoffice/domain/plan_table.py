"""The tables of a plan file as they are read: every value by its name and kind, every mistake with its place."""

import re
import tomllib
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)

_KIND_NAMES: dict[type, str] = {str: "text", int: "number", bool: "flag", list: "list", dict: "table"}
"""The kinds of values as they are worded: ``toml_kind.<name>``."""
_AT = re.compile(r" \(at line (\d+), column (\d+)\)$")


class PlanFileError(ValueError):
    """A plan file that cannot be read: everything that is wrong, each with its place in the file.

    The ``path`` of each problem is ``file`` and the names that lead to the place, an entry's with its number:
    ``("file", "terms 3 (training.remote)", "inside", "outcome")``.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{problem.detail}: {dict(problem.params)}" for problem in problems))
        self.problems = tuple(problems)


class Table:
    """One table of the file, emptied as it is read, so that what is left over is a mistake.

    ``place`` are the names that lead to it. What reads a value raises PlanFileError for one that is missing or wrong.
    """

    def __init__(self, place: tuple[str, ...], values: dict[str, Any]) -> None:
        self.place = place
        self._values = dict(values)

    def mistake(self, detail: str, key: str, **params: object) -> PlanFileError:
        """What is wrong with ``key`` of this table; worded as ``problem.plan_file_<detail>``."""
        place = (*self.place, key)
        told = {"place": " › ".join(place), **params}
        return PlanFileError([Problem(ErrorCode.INVALID, f"plan_file_{detail}", ("file", *place), told)])

    def optional(self, key: str, kind: type[Value]) -> Value | None:
        """A value of this kind; None where there is none."""
        value = self._values.pop(key, None)
        if value is not None and type(value) is not kind:
            raise self.mistake("kind", key, given=str(value), kind=_KIND_NAMES[kind])
        return value

    def take(self, key: str, kind: type[Value]) -> Value:
        """A value of this kind."""
        value = self.optional(key, kind)
        if value is None:
            raise self.mistake("missing", key)
        return value

    def positive(self, key: str) -> int:
        """A whole number from 1."""
        value = self.optional_positive(key)
        if value is None:
            raise self.mistake("missing", key)
        return value

    def optional_positive(self, key: str) -> int | None:
        """A whole number from 1; None where there is none."""
        value = self.optional(key, int)
        if value is not None and value < 1:
            raise self.mistake("small", key, given=value)
        return value

    def one_of(self, key: str, choices: Sequence[str]) -> str:
        """One of these texts."""
        value = self.take(key, str)
        if value not in choices:
            raise self.mistake("choice", key, given=value, choices=", ".join(choices))
        return value

    def member(self, key: str, kind: type[Member]) -> Member:
        """One of the values of an enum."""
        return self._member(key, kind, self.take(key, str))

    def optional_member(self, key: str, kind: type[Member]) -> Member | None:
        """One of the values of an enum; None where there is none."""
        value = self.optional(key, str)
        return None if value is None else self._member(key, kind, value)

    def optional_members(self, key: str, kind: type[Member]) -> frozenset[Member] | None:
        """Some of the values of an enum; None where there is no list of them."""
        values = self.optional(key, list)
        return None if values is None else frozenset(self._member(key, kind, value) for value in values)

    def table(self, key: str) -> "Table":
        """A table within this one."""
        return Table((*self.place, key), self.take(key, dict))

    def tables(self, key: str) -> list["Table"]:
        """The entries of a list of tables."""
        entries = list(enumerate(self.take(key, list), start=1))
        for number, entry in entries:
            if not isinstance(entry, dict):
                raise self.mistake("kind", f"{key} {number}", given=str(entry), kind=_KIND_NAMES[dict])
        return [Table((_named(key, number, entry),), entry) for number, entry in entries]

    def label(self, key: str) -> Label:
        """Words in both languages."""
        table = self.table(key)
        label = Label(fa=table.take("fa", str), en=table.take("en", str))
        table.finish()
        return label

    def finish(self) -> None:
        """Raise PlanFileError for everything that nobody asked for."""
        all_of(*(partial(self._refuse, key) for key in sorted(self._values)))

    def _refuse(self, key: str) -> None:
        raise self.mistake("unknown", key)

    def _member(self, key: str, kind: type[Member], value: object) -> Member:
        for member in kind:
            if member.value == value:
                return member
        raise self.mistake("choice", key, given=str(value), choices=", ".join(kind))


def read_tables(toml_text: str) -> Table:
    """The file as one table; raises PlanFileError for a text that is no TOML, or nested deeper than can be read."""
    try:
        return Table((), tomllib.loads(toml_text))
    except RecursionError as error:
        raise PlanFileError([Problem(ErrorCode.INVALID, "file_unreadable", ("file",))]) from error
    except tomllib.TOMLDecodeError as error:
        raise PlanFileError([_no_toml(str(error), toml_text)]) from error


def _no_toml(said: str, toml_text: str) -> Problem:
    """What the parser said, at its line and column; what it finds missing at the end, at the last line."""
    at = _AT.search(said)
    line, column = (int(at[1]), int(at[2])) if at else (len(toml_text.splitlines()), 1)
    params = {"line": line, "column": column, "why": _AT.sub("", said)}
    return Problem(ErrorCode.INVALID, "plan_file_toml", ("file",), params)


def _named(key: str, number: int, entry: dict[str, Any]) -> str:
    """The number of an entry, with its own key where it has one."""
    own = entry.get("key")
    return f"{key} {number} ({own})" if isinstance(own, str) else f"{key} {number}"


def all_of(*reads: Callable[[], Any]) -> list[Any]:
    """What each of these reads; raises PlanFileError with the problems of all of them."""
    found: list[Any] = []
    problems: list[Problem] = []
    for read in reads:
        try:
            found.append(read())
        except PlanFileError as error:
            problems += error.problems
    if problems:
        raise PlanFileError(problems)
    return found


def each_of(read: Callable[[Table], Value], entries: Sequence[Table]) -> list[Value]:
    """What ``read`` makes of each entry; raises PlanFileError with the problems of all of them."""
    return all_of(*(partial(read, entry) for entry in entries))
