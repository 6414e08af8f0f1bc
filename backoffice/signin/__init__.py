"""Signing in: Flask-Security with user names and argon2, sessions on the server, CSRF tokens; the way to the viewer."""

from datetime import timedelta
from urllib.parse import quote

from flask import Flask, abort, current_app, redirect, request, session
from flask.typing import ResponseReturnValue
from flask_login import current_user, user_logged_in, user_logged_out
from flask_security import Security
from flask_wtf import CSRFProtect

from backoffice.access.credentials import COST, username_key
from backoffice.operations.premises import Premises
from backoffice.signin.accounts import Account, StaffDatastore
from backoffice.signin.current_viewer import CsrfMissing, Viewers, origin
from backoffice.signin.form import SignInForm
from backoffice.signin.sessions import DatabaseSessions, ServerSession

__all__ = ["ADMIN", "LOGIN", "CsrfMissing", "Viewers", "init_signin"]

ADMIN = "/admin"
LOGIN = f"{ADMIN}/login"
OPEN = (LOGIN, f"{ADMIN}/static/")
"""Addresses under the admin that answer without anyone signed in."""


def init_signin(app: Flask, desk: Premises, *, in_production: bool) -> Viewers:
    """Put sign-in, sessions and CSRF on ``app``, which has its secret key, and return the way to the viewer."""
    app.config.update(_configuration(in_production))
    app.session_interface = DatabaseSessions(desk.database, desk.clock)
    CSRFProtect(app)
    _by_form_alone(Security(app, StaffDatastore(desk, origin), login_form=SignInForm))
    user_logged_in.connect(_begin_session, app)
    user_logged_out.connect(_end_session, app)
    app.before_request(_guard_admin)
    return Viewers(desk.database, desk.clock)


def _configuration(in_production: bool) -> dict[str, object]:  # noqa: FBT001  # one switch, from the settings
    return {
        "SESSION_COOKIE_NAME": "__Host-backoffice" if in_production else "backoffice",
        "SESSION_COOKIE_SECURE": in_production,
        "SECURITY_LOGIN_URL": LOGIN,
        "SECURITY_LOGOUT_URL": f"{ADMIN}/logout",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_POST_LOGIN_VIEW": f"{ADMIN}/",
        "SECURITY_POST_LOGOUT_VIEW": LOGIN,
        "SECURITY_LOGIN_USER_TEMPLATE": "admin/login.html",
        "SECURITY_USER_IDENTITY_ATTRIBUTES": [{"username": {"mapper": username_key, "case_insensitive": False}}],
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SINGLE_HASH": ["argon2"],
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {f"argon2__{name}": given for name, given in COST.items()},
        "SECURITY_PASSWORD_LENGTH_MIN": 12,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_FRESHNESS": timedelta(days=-1),  # so there is no /verify
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_FLASH_MESSAGES": False,
        "SECURITY_CSRF_HEADER": "X-CSRF-Token",
        "WTF_CSRF_CHECK_DEFAULT": False,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_HEADERS": ["X-CSRF-Token"],
    }


def _by_form_alone(security: Security) -> None:
    """Leave out what else Flask-Security would take and give: JSON, and tokens of its own that outlive the session."""
    security.want_json(lambda request: False)
    security.login_manager.request_loader(lambda request: None)


def _begin_session(app: Flask, user: Account) -> None:
    """Signing in renews the session's key and its CSRF token, and forgets failed attempts."""
    session.pop("csrf_token", None)
    session["staff_id"] = user.id
    _of_this_browser().renew()
    user.datastore.note_sign_in(user)


def _end_session(app: Flask, user: Account) -> None:
    _of_this_browser().end()
    user.datastore.note_sign_out(user)


def _of_this_browser() -> ServerSession:
    """The session behind Flask's proxy, with what only ours can do."""
    own: ServerSession = session._get_current_object()  # type: ignore[attr-defined]
    return own


def _guard_admin() -> ResponseReturnValue | None:
    """Under the admin every POST carries a CSRF token, and whoever is not signed in is sent to do so."""
    if not (request.path == ADMIN or request.path.startswith(f"{ADMIN}/")):
        return None
    if request.is_json:
        abort(415)  # Flask-WTF would read it as a form whose values are of any type
    current_app.extensions["csrf"].protect()
    if request.path.startswith(OPEN) or current_user.is_authenticated:
        return None
    return redirect(f"{LOGIN}?next={quote(request.full_path.removesuffix('?'))}")
