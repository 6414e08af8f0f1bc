"""One run of a plan: at a moment, on a database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Select

from backoffice.query.moment import Moment

Row: TypeAlias = Sequence[Any]

Execute: TypeAlias = Callable[[Select[Any], Mapping[str, object]], Sequence[Row]]
"""Runs a statement with its parameters, and maybe more of them; every call is one statement."""


@dataclass(frozen=True)
class Run:
    """``moment`` gives every statement its values."""

    moment: Moment
    execute: Execute

    def rows(self, statement: Select[Any], parameters: Mapping[str, object]) -> Sequence[Row]:
        """The rows of a statement, with the moment's binds and with ``parameters``."""
        return self.execute(statement, {**self.moment.binds, **parameters})
