"""Forms that change an object as it was read: the version they carry, and both versions for whoever was slower."""

from collections.abc import Sequence
from dataclasses import dataclass

from wtforms import Form

from backoffice.domain.problem import ErrorCode, Problem
from backoffice.pages.fields import VersionField
from backoffice.pages.rows import Row


@dataclass(frozen=True)
class TwoVersions:
    """An object as it is by now and as somebody wanted it, both as forms; ``names`` are the fields held side by side.

    ``action`` is where the form is sent again, ``back`` where the present version is left as it is.
    """

    present: Form
    mine: Form
    names: Sequence[str]
    action: str
    back: str


def is_stale(problems: Sequence[Problem]) -> bool:
    """Whether somebody else changed the object after it was read."""
    return any(problem.code is ErrorCode.STALE for problem in problems)


def version_of(form: Form) -> int:
    """The version of the object that the form was made for."""
    field = form["version"]
    return field.number if isinstance(field, VersionField) else 0


def take_version(form: Form, present: Row) -> None:
    """Let the form go on from the object as it is by now."""
    field = form["version"]
    if isinstance(field, VersionField) and isinstance(present["version"], int):
        field.data = present["version"]
