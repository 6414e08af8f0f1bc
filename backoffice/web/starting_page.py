"""What the web answers before the desk is open: the process lives, and a page says what is being done."""

from collections.abc import Callable, Iterable
from html import escape
from typing import Any

from werkzeug.wrappers import Request, Response

from backoffice.web.headers import CONTENT_SECURITY_POLICY
from backoffice.wording import say

Answers = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

LOOK_AGAIN_SECONDS = "3"

PAGE = """<!doctype html>
<html lang="fa" dir="rtl">
<meta charset="utf-8">
<title>{title}</title>
<h1>{title}</h1>
<p>{fa}</p>
<p lang="en" dir="ltr">{en}</p>
</html>
"""


class Door:
    """A WSGI application that answers for the desk until that is opened, and hands everything to it from then on.

    ``/healthz`` is 200 all the while, every other address 503: people get a page that loads itself again.
    """

    def __init__(self, doing: str) -> None:
        """``doing`` is what the page says: ``demo`` data are entered, or the desk is just ``starting``."""
        page = _page(doing)
        self._answers: Answers = lambda environ, start: _response(Request(environ).path, page)(environ, start)

    def open(self, desk: Answers) -> None:
        """Hand every request to ``desk`` from now on."""
        self._answers = desk

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer as WSGI asks."""
        return self._answers(environ, start_response)


def _page(doing: str) -> str:
    texts = {language: escape(say(f"waiting.{doing}", {}, language)) for language in ("fa", "en")}
    return PAGE.format(title=escape(say("waiting.title", {}, "fa")), **texts)


def _response(path: str, page: str) -> Response:
    headers = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "Cache-Control": "no-store"}
    if path == "/healthz":
        return Response('{"status":"ok"}\n', 200, headers, mimetype="application/json")
    headers["Retry-After"] = LOOK_AGAIN_SECONDS
    if path in {"/readyz", "/graphql"}:
        return Response('{"status":"not ready"}\n', 503, headers, mimetype="application/json")
    return Response(page, 503, headers | {"Refresh": LOOK_AGAIN_SECONDS}, mimetype="text/html")
