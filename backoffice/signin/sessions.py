"""Sessions that live on the server: the cookie is a random key, the table has its hash.

Signing out deletes the row, so a copied cookie is worth nothing afterwards. A session ends 30 minutes after its last
use and 12 hours after it began; signing in gives it a new key.
"""

import hashlib
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import delete, update
from typing_extensions import override
from werkzeug.datastructures import CallbackDict

from backoffice.domain.calendar import Clock
from backoffice.models import StaffSession
from backoffice.models.database import Database

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


class ServerSession(CallbackDict[str, Any], SessionMixin):
    """What one browser's session holds. ``key`` is the cookie's value; None until there is something to keep."""

    def __init__(self, key: str | None, began: datetime, data: Mapping[str, Any]) -> None:
        super().__init__(dict(data), _touch)
        self.key = key
        self.began = began
        self.replaced: list[str] = []
        self.modified = False
        self.seen = False

    def renew(self) -> None:
        """Give the session a new key at the next answer: whoever knew the old one knows nothing."""
        if self.key is not None:
            self.replaced.append(self.key)
        self.key, self.modified = None, True

    def end(self) -> None:
        """Forget everything, on the server too."""
        self.clear()
        self.renew()


def _touch(session: ServerSession) -> None:
    session.modified = True


class DatabaseSessions(SessionInterface):
    """Reads and writes ``ServerSession`` in the ``staff_session`` table."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    @override
    def open_session(self, app: Flask, request: Request) -> ServerSession:
        key = request.cookies.get(self.get_cookie_name(app))
        now = self.clock()
        row = self._read(key) if key else None
        if row is None or not _is_live(row, now):
            return ServerSession(None, now, {})
        session = ServerSession(key, row.created_at, row.data)
        session.seen = now - row.last_seen_at < SEEN_EVERY
        return session

    @override
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)  # noqa: S101  # the type that open_session makes
        if session.modified:
            self._keep(app, session, response)
        elif session.key is not None and not session.seen:
            self._mark_seen(session.key)
        response.vary.add("Cookie")

    def _keep(self, app: Flask, session: ServerSession, response: Response) -> None:
        now, old = self.clock(), [_hashed(key) for key in session.replaced]
        with self.database.writing() as writing:
            writing.execute(delete(StaffSession).where(StaffSession.id.in_(old) | (StaffSession.expires_at < now)))
            if session:
                new = session.key is None
                session.key = session.key or secrets.token_urlsafe(32)
                began = now if new and old else session.began
                writing.merge(_row(session, began, now))
        if session:
            self._set_cookie(app, session, response)
        else:
            response.delete_cookie(self.get_cookie_name(app), path="/", secure=self.get_cookie_secure(app))

    def _set_cookie(self, app: Flask, session: ServerSession, response: Response) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            session.key or "",
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite="Lax",
            path="/",
        )
        response.headers["Cache-Control"] = "no-store"

    def _read(self, key: str) -> StaffSession | None:
        with self.database.reading() as reading:
            return reading.get(StaffSession, _hashed(key))

    def _mark_seen(self, key: str) -> None:
        now = self.clock()
        with self.database.writing() as writing:
            writing.execute(update(StaffSession).where(StaffSession.id == _hashed(key)).values(last_seen_at=now))


def _row(session: ServerSession, began: datetime, now: datetime) -> StaffSession:
    return StaffSession(
        id=_hashed(session.key or ""),
        staff_id=session.get("staff_id"),
        data=dict(session),
        created_at=began,
        last_seen_at=now,
        expires_at=began + LONGEST,
    )


def _is_live(row: StaffSession, now: datetime) -> bool:
    return now < row.expires_at and now - row.last_seen_at < IDLE


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
