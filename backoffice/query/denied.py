"""What stands in an answer where the viewer lacks the permission for a field."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Denied:
    """The value of a field that needs ``permission``: falsy, empty, printed as nothing; GraphQL makes it an error.

    Whatever is looked up in it is denied as well, so that a page shows nothing of it, however deep it looks.
    """

    permission: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""

    def __iter__(self) -> Iterator[Denied]:
        return iter(())

    def __getattr__(self, name: str) -> Denied:
        if name.startswith("__"):
            raise AttributeError(name)
        return self
