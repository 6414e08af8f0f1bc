"""What every operation is given: the database, the plugins, the clock and the plan that holds by default."""

from dataclasses import dataclass

from backoffice.domain.calendar import Clock
from backoffice.models.database import Database
from backoffice.plugins import Registry


@dataclass(frozen=True)
class Desk:
    """One running desk. ``default_plan`` is the code of the plan that answers where no support period was sold."""

    database: Database
    registry: Registry
    clock: Clock
    default_plan: str = "padra-standard"
