"""What a plan knows of an argument, and the binds through which its values come when the plan is run."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, bindparam
from sqlalchemy.types import TypeEngine

from backoffice.query.outline import Known

Made: TypeAlias = Callable[[Any], object]
"""From an argument's value to what the database gets. None compares with nothing, so that it finds nothing."""


class Binds:
    """The binds of one field's arguments, each with the way to its value."""

    def __init__(self) -> None:
        self._ways: dict[str, tuple[tuple[str, ...], Made]] = {}

    def add(self, name: str, path: tuple[str, ...], made: Made) -> None:
        """Have the bind ``name`` get what ``made`` makes of the value at ``path``."""
        self._ways[name] = (path, made)

    def values(self, arguments: Mapping[str, object]) -> dict[str, object]:
        """The values of all binds for these arguments."""
        return {name: made(_at(arguments, path)) for name, (path, made) in self._ways.items()}


class Given:
    """One argument that is given, known by what of it decides statements: its value comes through binds."""

    def __init__(self, known: Known, path: tuple[str, ...], binds: Binds) -> None:
        self._parts = dict(known.parts)
        self._path = path
        self._binds = binds
        self.literal: Hashable = known.literal

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def __iter__(self) -> Iterator[str]:
        return iter(self._parts)

    def __getitem__(self, name: str) -> Given:
        return Given(self._parts[name], (*self._path, name), self._binds)

    def get(self, name: str) -> Given | None:
        """A part of it; None for one that is not given."""
        part = self._parts.get(name)
        return None if part is None else Given(part, (*self._path, name), self._binds)

    @property
    def is_on(self) -> bool:
        """Of a switch, whether it is on. Raises ``TypeError`` for what is none."""
        if not isinstance(self.literal, bool):
            raise TypeError(f"{'.'.join(self._path)} is a switch: true or false")
        return self.literal

    def bind(self, kind: TypeEngine[Any], made: Made = lambda value: value, *, part: str = "") -> BindParameter[Any]:
        """The bind of what ``made`` makes of the value; ``part`` tells apart several of one value."""
        return bindparam(self._named(made, part), type_=kind)

    def each(self, kind: TypeEngine[Any], made: Made) -> BindParameter[Any]:
        """The bind of a list, for ``in_``."""
        return bindparam(self._named(made, ""), type_=kind, expanding=True)

    def _named(self, made: Made, part: str) -> str:
        name = "_".join(("asked", *self._path, *filter(None, [part])))
        self._binds.add(name, self._path, made)
        return name


def _at(arguments: Mapping[str, object], path: tuple[str, ...]) -> object:
    value: Any = arguments
    for name in path:
        value = value[name]
    return value
