"""Browsers' sessions as the database keeps them: made, moved to another key, seen again, ended.

They are no operations: a session is there before anybody has signed in, nobody asks for it, and the trail tells of
signing in and out instead.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update

from backoffice.domain.actor import ActorKind
from backoffice.models import StaffSession
from backoffice.models.database import Database


@dataclass(frozen=True, kw_only=True)
class BrowserSession:
    """A session to be kept under ``id``, the hash of the cookie's key; it has an actor once somebody has signed in."""

    id: str
    actor_kind: ActorKind | None
    actor_id: int | None
    data: Mapping[str, object]
    began: datetime
    expires_at: datetime


def keep_session(
    database: Database, session: BrowserSession | None, *, instead_of: Collection[str], now: datetime
) -> None:
    """Keep the session, or none, in the place of those with the ids ``instead_of``; all that have ended make room."""
    with database.writing() as writing:
        gone = StaffSession.id.in_(instead_of) | (StaffSession.expires_at < now)
        writing.execute(delete(StaffSession).where(gone))
        if session is not None:
            writing.merge(_row(session, now))


def mark_seen(database: Database, session_id: str, now: datetime) -> None:
    """The session is in use: its idle time begins anew."""
    with database.writing() as writing:
        writing.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_seen_at=now))


def _row(session: BrowserSession, now: datetime) -> StaffSession:
    return StaffSession(
        id=session.id,
        actor_kind=session.actor_kind,
        actor_id=session.actor_id,
        staff_id=session.actor_id if session.actor_kind is ActorKind.STAFF else None,
        data=session.data,
        created_at=session.began,
        last_seen_at=now,
        expires_at=session.expires_at,
    )
