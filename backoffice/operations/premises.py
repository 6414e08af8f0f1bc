"""Where an operation runs: the database, the plugins, the clock and the plan that holds by default."""

from dataclasses import dataclass

from backoffice.domain.calendar import Clock
from backoffice.models.database import Database
from backoffice.plugins import Registry
from backoffice.settings import DEFAULT_PLAN, OVERRIDE_LIMIT


@dataclass(frozen=True)
class Premises:
    """What an operation needs of a running desk; ``desk.Desk`` is this with the operations themselves.

    ``default_plan`` is the code of the plan that answers where no support period was sold. An override that differs
    from the engine's decision by more than ``override_limit`` rials needs a second person.
    """

    database: Database
    registry: Registry
    clock: Clock
    default_plan: str = DEFAULT_PLAN
    override_limit: int = OVERRIDE_LIMIT
