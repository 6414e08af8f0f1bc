"""A small application behind either server: ``python -m tests.cli.served_app KIND PORT GRACE``."""

import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any
from urllib.parse import parse_qs

from backoffice.cli.servers import serve_embedded, serve_processes

HOST = "127.0.0.1"


def app(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Tells on standard output that a request has begun, takes ``seconds``, and answers ``size`` bytes."""
    asked = parse_qs(environ["QUERY_STRING"])
    print("begun", environ["PATH_INFO"], flush=True)  # noqa: T201
    time.sleep(float(asked.get("seconds", ["0"])[0]))
    body = environ.get("HTTP_X_FORWARDED_FOR", "x").encode() * int(asked.get("size", ["1"])[0])
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


SERVERS = {
    "embedded": partial(serve_embedded, app),
    "workers": partial(serve_processes, lambda: app, workers=2),
}

if __name__ == "__main__":
    kind, port, grace = sys.argv[1:]
    SERVERS[kind](HOST, int(port), grace=int(grace))
