"""Sessions that live on the server: the cookie is a random key, the table has its hash.

Signing out deletes the row, so a copied cookie is worth nothing afterwards. A session ends 30 minutes after its last
use and 12 hours after it began; signing in gives it a new key.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SessionInterface, SessionMixin
from typing_extensions import override

from backoffice.domain.actor import ActorKind
from backoffice.domain.calendar import Clock
from backoffice.models import StaffSession
from backoffice.models.database import Database
from backoffice.operations.signin import browser_sessions
from backoffice.operations.signin.browser_sessions import BrowserSession

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Kept:
    """What the table keeps of a session: its data, when it began and when it was last used."""

    data: Mapping[str, Any]
    began: datetime
    last_seen: datetime


class ServerSession(SessionMixin):
    """What one browser's session holds; read from the table when first looked into.

    ``key`` is the cookie's value; None until there is something to keep.
    """

    def __init__(self, key: str | None, read: Callable[[str], Kept | None]) -> None:
        self.key = key
        self.kept: Kept | None = None
        self.replaced: list[str] = []
        self.opened = self.modified = self.accessed = False
        self._read = read
        self._data: dict[str, Any] = {}

    @property
    def data(self) -> dict[str, Any]:
        """The session's values; an unknown or ended key holds none and is not used again.

        When the database is away the first look raises, and further ones, of whoever words the failure, find nothing.
        """
        if not self.opened:
            self.opened = True
            self.kept = self._read(self.key) if self.key else None
            self.key = self.key if self.kept else None
            self._data = dict(self.kept.data) if self.kept else {}
        return self._data

    def renew(self) -> None:
        """Give the session a new key at the next answer: whoever knew the old one knows nothing."""
        if self.key is not None:
            self.replaced.append(self.key)
        self.key, self.kept, self.modified = None, None, True

    def end(self) -> None:
        """Forget everything, on the server too."""
        self.clear()
        self.renew()

    @override
    def __getitem__(self, name: str) -> Any:
        return self.data[name]

    @override
    def __setitem__(self, name: str, value: Any) -> None:
        self.data[name] = value
        self.modified = True

    @override
    def __delitem__(self, name: str) -> None:
        del self.data[name]
        self.modified = True

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.data)

    @override
    def __len__(self) -> int:
        return len(self.data)


class DatabaseSessions(SessionInterface):
    """Reads and writes ``ServerSession`` in the ``staff_session`` table."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    @override
    def open_session(self, app: Flask, request: Request) -> ServerSession:
        return ServerSession(request.cookies.get(self.get_cookie_name(app)), self._read)

    @override
    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        assert isinstance(session, ServerSession)  # noqa: S101  # the type that open_session makes
        if not session.opened:
            return
        modified, session.modified = session.modified, False  # once: an answer that says it failed is not kept either
        if modified:
            self._keep(app, session, response)
        elif session.key and session.kept and self.clock() - session.kept.last_seen >= SEEN_EVERY:
            browser_sessions.mark_seen(self.database, _hashed(session.key), self.clock())
        response.vary.add("Cookie")

    def _keep(self, app: Flask, session: ServerSession, response: Response) -> None:
        now, old = self.clock(), [_hashed(key) for key in session.replaced]
        session.key = (session.key or secrets.token_urlsafe(32)) if session else None
        kept = _kept(session.key, session, now) if session.key else None
        browser_sessions.keep_session(self.database, kept, instead_of=old, now=now)
        if session.key:
            self._set_cookie(app, session.key, response)
        else:
            response.delete_cookie(self.get_cookie_name(app), path="/", secure=self.get_cookie_secure(app))

    def _set_cookie(self, app: Flask, key: str, response: Response) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            key,
            httponly=True,
            secure=self.get_cookie_secure(app),
            samesite="Lax",
            path="/",
        )
        response.headers["Cache-Control"] = "no-store"

    def _read(self, key: str) -> Kept | None:
        with self.database.reading() as reading:
            row = reading.get(StaffSession, _hashed(key))
        return Kept(row.data, row.created_at, row.last_seen_at) if row and _is_live(row, self.clock()) else None


def _kept(key: str, session: ServerSession, now: datetime) -> BrowserSession:
    staff_id = session.get("staff_id")
    began = session.kept.began if session.kept else now
    return BrowserSession(
        id=_hashed(key),
        actor_kind=None if staff_id is None else ActorKind.STAFF,
        actor_id=staff_id,
        data=session.data,
        began=began,
        expires_at=began + LONGEST,
    )


def _is_live(row: StaffSession, now: datetime) -> bool:
    return now < row.expires_at and now - row.last_seen_at < IDLE


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
