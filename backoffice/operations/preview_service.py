"""Ask what a service would cost now, and why, before recording it: the very decision that recording would make."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backoffice.access.viewer import Viewer
from backoffice.domain.service import Mode, Subject
from backoffice.operations.asking import ask
from backoffice.operations.deciding import check, decide_for
from backoffice.operations.desk import Desk
from backoffice.operations.result import Refusal, Result
from backoffice.operations.work import work_in


@dataclass(frozen=True, kw_only=True)
class PreviewService:
    """The facts that recording would have. ``request`` may be left out while it is not known yet."""

    service_type: str
    mode: Mode
    requested_at: datetime
    asset_id: int | None = None
    customer_id: int | None = None
    subject: Subject | None = None
    site_id: int | None = None
    performed_at: datetime | None = None
    minutes: int | None = None
    distance_metres: int | None = None
    request: Mapping[str, object] | None = None
