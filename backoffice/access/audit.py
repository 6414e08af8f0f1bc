"""The audit trail: who changed what, when, from where, before and after, and why.

Rows are append-only and written in the transaction of the change. ``content_hash`` is the SHA-256 of the row's
canonical JSON; ``previous_hash`` and ``chain_hash`` are there for the chain over rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.canonical import content_hash
from backoffice.models import AuditEntry


@dataclass(frozen=True)
class Change:
    """One object before and after an operation; ``before`` is None for a new one. No secrets and no codes in either."""

    entity: str
    entity_id: int
    before: Mapping[str, object] | None
    after: Mapping[str, object] | None
    reason: str | None = None


def append(session: Session, viewer: Viewer, *, at: datetime, operation: str, change: Change) -> AuditEntry:
    """Add the row for ``change``, made by ``viewer`` at ``at`` (UTC) through ``operation``."""
    content = {
        "at": at,
        "staff_id": viewer.staff_id,
        "actor": viewer.name,
        "address": viewer.address,
        "request_id": viewer.request_id,
        "operation": operation,
        "entity": change.entity,
        "entity_id": change.entity_id,
        "before": change.before,
        "after": change.after,
        "reason": change.reason,
    }
    entry = AuditEntry(**content, content_hash=content_hash(content))
    session.add(entry)
    return entry
