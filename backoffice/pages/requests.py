"""What a request brings to a page, and where it leads after a form."""

from typing import Any

from flask import abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

LONGEST_KEY = 18


def typed_key(text: str) -> int | None:
    """The primary key that a form or an address brings back; None for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_KEY else None


def number_in_address(name: str) -> int | None:
    """A whole number among the address's parameters, None where it is not there; anything else is no page."""
    text = request.args.get(name)
    if not text:
        return None
    key = typed_key(text)
    if key is None:
        abort(404)
    return key


def posted() -> MultiDict[str, str] | None:
    """What a form sent; None for a page that is only opened, whose form then starts from its own values."""
    return request.form if request.method == "POST" else None


def to(endpoint: str, **values: int) -> ResponseReturnValue:
    """Onwards after a POST."""
    return redirect(url_for(endpoint, **dict[str, Any](values)), code=303)
