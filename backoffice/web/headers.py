"""Headers of every answer: the request's id, and what a browser may do with a page of ours."""

import re
import uuid

from flask import Flask, Response, g, request
from structlog.contextvars import bind_contextvars, unbind_contextvars

from backoffice.operations.under_way import OPERATION

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")


def add_headers(app: Flask) -> None:
    """Give each request an id (the caller's, if it sent a plain one), in the log too, and each answer its headers."""
    app.before_request(_identify)
    app.after_request(_secure)
    app.teardown_request(_forget)


def _identify() -> None:
    OPERATION.set(None)
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
    bind_contextvars(request=g.request_id)


def _forget(_error: BaseException | None) -> None:
    """Servers take the thread of a request for the next one, and log in it between them."""
    unbind_contextvars("request")
    OPERATION.set(None)


def _secure(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
