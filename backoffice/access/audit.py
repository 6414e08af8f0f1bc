"""The audit trail: who changed what, when, from where, before and after, and why.

Rows are append-only and written in the transaction of the change. ``content_hash`` is the SHA-256 of the row's
canonical JSON; ``previous_hash`` and ``chain_hash`` are there for the chain over rows.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.actor import ActorKind
from backoffice.domain.canonical import content_hash
from backoffice.models import AuditEntry

CONTENT = (
    "at",
    "staff_id",
    "actor",
    "address",
    "request_id",
    "operation",
    "entity",
    "entity_id",
    "before",
    "after",
    "reason",
)
"""What of a row is hashed, whoever the actor is."""

TOLD_BY_STAFF_ID = frozenset({ActorKind.STAFF, ActorKind.SYSTEM})


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
    actor = viewer.actor
    entry = AuditEntry(
        at=at,
        staff_id=viewer.staff_id,
        actor=actor.name,
        actor_kind=actor.kind,
        actor_id=actor.id,
        address=viewer.address,
        request_id=viewer.request_id,
        operation=operation,
        entity=change.entity,
        entity_id=change.entity_id,
        before=change.before,
        after=change.after,
        reason=change.reason,
    )
    entry.content_hash = hash_of(entry)
    session.add(entry)
    return entry


def hash_of(entry: AuditEntry) -> str:
    """The hash of what the row says; equal to its ``content_hash`` while nobody has changed it.

    Rows before 0009 name no kind of actor: they are of staff or of the system, which ``staff_id`` tells apart. So the
    kind and the id of these two are left out, and a row hashes alike whenever it was written.
    """
    content = {name: getattr(entry, name) for name in CONTENT}
    if entry.actor_kind not in TOLD_BY_STAFF_ID:
        content |= {"actor_kind": entry.actor_kind, "actor_id": entry.actor_id}
    return content_hash(content)


def values_of(document: object) -> Mapping[str, object]:
    """The values in a ``before`` or ``after``, each by its place: ``name``, ``labels.fa``, ``lines.hour.rate``.

    Documents in a list go by their ``code``, or by their number from 1.
    """
    return dict(_values("", document))


def _values(place: str, value: object) -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _values(f"{place}.{name}" if place else str(name), inner)
    elif isinstance(value, list) and value and all(isinstance(one, Mapping) for one in value):
        for number, inner in enumerate(value, start=1):
            yield from _values(f"{place}.{inner.get('code', number)}", inner)
    elif place:
        yield place, value
