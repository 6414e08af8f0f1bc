"""A form whose session ended while it was filled in: what was typed comes back, to be sent again after signing in.

The page that answers it carries the fields as they were sent, and a token of the present session. Only a page of ours
gets its fields back, told by ``Origin``, which browsers put on every POST: what another site made up stays refused.
"""

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from flask import Flask, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from backoffice.pages.error_pages import Answer
from backoffice.pages.face import Face

NOT_CARRIED = re.compile("csrf_token|password", re.IGNORECASE)
"""In the names of fields that are made or typed anew."""


def keep_forms(app: Flask, face: Face, *, answer: Callable[[HTTPException], Answer]) -> None:
    """Give back the face's forms that come without their session's token; ``answer`` answers all others."""

    def given_back(error: CSRFError) -> Answer:
        return _page(error, face) if _is_kept(face) else answer(error)

    app.register_error_handler(CSRFError, given_back)


def _is_kept(face: Face) -> bool:
    """Whether a form of this face was sent by one of its pages, and not to sign in."""
    if request.path == face.login or "HX-Request" in request.headers:
        return False
    return face.holds(request.path) and bool(request.form) and _is_our_own()


def _page(error: CSRFError, face: Face) -> Response:
    page = render_template("pages/kept.html", fields=_fields(), address=_address(), face=face, frame=face.around)
    response = make_response(page, error.code or 400)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_our_own() -> bool:
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host


def _fields() -> list[tuple[str, str]]:
    """What was typed, but for passwords: those are typed again."""
    return [(name, value) for name, value in request.form.items(multi=True) if not NOT_CARRIED.search(name)]


def _address() -> str:
    return request.full_path.removesuffix("?")
