"""Files that staff send: read from the request, and carried from a preview to its confirmation by the page itself.

Nothing is kept on the server between the two: the confirming form sends the content back, and it is read anew.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask, abort, request

LONGEST_REQUEST = 3_000_000
"""A file of the 2 MB that operations take, a third longer in base64, and the form around it."""


@dataclass(frozen=True)
class Upload:
    """A file by its name, as whoever sent it calls it."""

    name: str
    content: bytes = field(repr=False)

    @property
    def carried(self) -> str:
        """The content as a hidden field holds it."""
        return urlsafe_b64encode(self.content).decode()


def uploaded() -> Upload | None:
    """The file that was chosen, else the one that the preview's form carries; None without either."""
    chosen = request.files.get("file")
    if chosen is not None and chosen.filename:
        return Upload(chosen.filename, chosen.read())
    name, carried = request.form.get("file_name"), request.form.get("file_content")
    if not name or carried is None:
        return None
    try:
        return Upload(name, urlsafe_b64decode(carried))
    except (Error, ValueError):
        abort(400)


def allow_uploads(app: Flask, screens: frozenset[str]) -> None:
    """Let the pages of these screens, by their endpoints' first part, be sent longer requests than the others."""

    def allow(endpoint: str | None, values: Mapping[str, object] | None) -> None:
        """Runs before anything reads the form, the guard against forged requests included."""
        if endpoint is not None and endpoint.partition(".")[0] in screens:
            request.max_content_length = request.max_form_memory_size = LONGEST_REQUEST

    app.url_value_preprocessor(allow)
