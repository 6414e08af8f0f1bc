"""Complete a service: decide again with what really happened, and commit the slot."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from backoffice.operations.command import Repeatable


@dataclass(frozen=True, kw_only=True)
class CompleteService(Repeatable):
    """What really happened. ``performed_at`` is now unless given.

    ``service_type`` is the type whose ``result`` this is; None without a result. ``minutes`` and ``distance_metres``
    stay as recorded unless given.
    """

    operation: ClassVar[str] = "complete_service"

    id: int
    version: int
    performed_at: datetime | None = None
    minutes: int | None = None
    distance_metres: int | None = None
    service_type: str | None = None
    result: Mapping[str, object] | None = None
    expected_fingerprint: str | None = None
