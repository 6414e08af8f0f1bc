"""Record a service: decide, hold the slot, and write it down; work already done is done at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from backoffice.domain.service import Mode, Subject
from backoffice.operations.command import Repeatable


@dataclass(frozen=True, kw_only=True)
class RecordService(Repeatable):
    """One service asked for or, with ``performed_at``, already given.

    ``requested_at`` is now unless given, or ``performed_at`` where that is earlier. ``subject`` is the type's default
    unless given, ``distance_metres`` the site's. ``result`` goes with ``performed_at``.
    """

    operation: ClassVar[str] = "record_service"

    service_type: str
    mode: Mode
    channel: str
    request: Mapping[str, object]
    asset_id: int | None = None
    customer_id: int | None = None
    subject: Subject | None = None
    site_id: int | None = None
    requested_at: datetime | None = None
    performed_at: datetime | None = None
    minutes: int | None = None
    distance_metres: int | None = None
    result: Mapping[str, object] | None = None
    expected_fingerprint: str | None = None
