"""What every operation is given: the database, the plugins, the clock and the plan that holds by default."""

from dataclasses import dataclass

from backoffice.domain.calendar import Clock
from backoffice.models.database import Database
from backoffice.plugins import Registry

OVERRIDE_LIMIT = 50_000_000
"""Rials: what one supervisor decides alone unless the desk is set up otherwise."""


@dataclass(frozen=True)
class Desk:
    """One running desk.

    ``default_plan`` is the code of the plan that answers where no support period was sold. An override that differs
    from the engine's decision by more than ``override_limit`` rials needs a second person.
    """

    database: Database
    registry: Registry
    clock: Clock
    default_plan: str = "padra-standard"
    override_limit: int = OVERRIDE_LIMIT
