"""A form whose session ended while it was filled in: what was typed comes back, to be sent again after signing in.

The page that answers it carries the fields as they were sent, and a token of the present session. Only a page of ours
gets its fields back, told by ``Origin``, which browsers put on every POST: what another site made up stays refused.
"""

import re
from urllib.parse import urlsplit

from flask import Flask, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from backoffice.admin.base import LOGIN
from backoffice.admin.errors import is_admin, shown

NOT_CARRIED = re.compile("csrf_token|password", re.IGNORECASE)
"""In the names of fields that are made or typed anew."""


def keep_forms(app: Flask) -> None:
    """Answer forms of the admin that come without their session's token by giving them back."""
    app.register_error_handler(CSRFError, _given_back)


def _given_back(error: CSRFError) -> Response | HTTPException:
    if request.path == LOGIN or not (is_admin() and request.form and _is_our_own()) or "HX-Request" in request.headers:
        return shown(error)
    page = render_template("admin/kept.html", fields=_fields(), address=_address(), sign_in=LOGIN)
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
