"""Who is asking: the viewer of the request in hand, by API token or by session."""

from flask import g, request
from flask_login import current_user
from flask_wtf.csrf import validate_csrf
from wtforms import ValidationError

from backoffice.access.tokens import bearer
from backoffice.access.viewer import Forbidden, Viewer
from backoffice.access.viewers import Origin
from backoffice.domain.calendar import Clock
from backoffice.models.database import Database

CSRF_HEADER = "X-CSRF-Token"


class CsrfMissing(Forbidden):
    """A request that carries a session cookie came without that session's CSRF token."""


class Viewers:
    """Finds the viewer of the request in hand."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock

    def by_session(self) -> Viewer | None:
        """The member of staff who is signed in with this browser; None when nobody is."""
        if "viewer" not in g:
            g.viewer = current_user.viewer(origin()) if current_user.is_authenticated else None
        viewer: Viewer | None = g.viewer
        return viewer

    def by_token_or_session(self) -> Viewer | None:
        """A program by ``Authorization: Bearer``, else a browser by its session, which must send the CSRF header."""
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            with self.database.reading() as session:
                return bearer(session, token.strip(), self.clock(), origin())
        viewer = self.by_session()
        if viewer is not None and request.method != "GET":
            _require_csrf()
        return viewer


def language_of_viewer() -> str | None:
    """The language of the viewer of the request in hand, as far as that one is known by now: nothing is read for it."""
    viewer: Viewer | None = g.get("viewer")
    return None if viewer is None else viewer.language


def origin() -> Origin:
    """The address and the request id of the request in hand."""
    return Origin(address=request.remote_addr, request_id=g.get("request_id"))


def _require_csrf() -> None:
    try:
        validate_csrf(request.headers.get(CSRF_HEADER))
    except ValidationError as error:
        raise CsrfMissing(str(error)) from error
