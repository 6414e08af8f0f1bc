"""One running desk: where operations run, and which there are."""

from dataclasses import dataclass, field

from backoffice.operations.catalogue import Operations, core_operations
from backoffice.operations.premises import Premises


@dataclass(frozen=True)
class Desk(Premises):
    """The premises with what is done there: the core's operations, and later those that plugins bring."""

    operations: Operations = field(default_factory=core_operations)
