"""Rows with a status: it goes the ways of its table of transitions, whoever sets it."""

from typing import Any, ClassVar

from sqlalchemy.orm import validates

from backoffice.domain.transitions import Transitions


class Stepping:
    """Mixin of a table with a ``status``: setting one that does not follow the present one raises ``ImpossibleStep``.

    An operation asks before and refuses in words; this stands behind it, as the database's constraints do. Statements
    that change many rows at once go past it.
    """

    steps: ClassVar[Transitions[Any]]

    @validates("status")
    def _follow(self, name: str, status: object) -> object:
        """The status, as it is the row's first or follows the one that the row has."""
        present = getattr(self, name)
        return status if present is None else self.steps.step(present, status)
