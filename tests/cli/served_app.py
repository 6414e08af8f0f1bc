"""A small application behind either server, run in a process of its own by the tests of the servers."""

import time
from collections.abc import Callable, Iterable
from functools import partial
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import parse_qs

from backoffice.cli.servers import serve_embedded
from backoffice.cli.workers import serve_processes

HOST = "127.0.0.1"


def app(begun: Connection, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Tells that a request has begun, takes ``seconds``, and answers ``size`` times where the request is from."""
    asked = parse_qs(environ["QUERY_STRING"])
    begun.send(environ["PATH_INFO"])
    time.sleep(float(asked.get("seconds", ["0"])[0]))
    body = environ.get("HTTP_X_FORWARDED_FOR", "x").encode() * int(asked.get("size", ["1"])[0])
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


def embedded(begun: Connection, port: int, grace: int) -> None:
    serve_embedded(partial(app, begun), HOST, port, grace=grace)


def workers(begun: Connection, port: int, grace: int) -> None:
    serve_processes(lambda: partial(app, begun), HOST, port, workers=2, grace=grace)


SERVERS = {"embedded": embedded, "workers": workers}
