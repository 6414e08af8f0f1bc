"""The server of one machine: waitress in this process, on Windows too."""

import os
import signal
import socket
import sys

import click

from backoffice.cli.desk import Refused
from backoffice.cli.draining import BACKLOG, GRACE, DrainingServer, WSGIApplication


def serve_embedded(app: WSGIApplication, host: str, port: int, *, grace: int = GRACE) -> None:
    """Serve ``app`` in this process until SIGTERM or Ctrl-C, then finish what is in flight and return.

    Must be called in the main thread. A request that has not ended ``grace`` seconds later ends the process with 1.
    Raises ``Refused`` when the address cannot be listened on.
    """
    server = DrainingServer()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, server.stop)
    cut_off = server.run(app, _listener(host, port), grace=grace)
    if cut_off:
        click.echo(f"Stopped; {cut_off} connections had not ended after {grace} s.", err=True)
        sys.stdout.flush()
        os._exit(1)  # a thread that hangs would keep the interpreter from ending


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise Refused(f"cannot listen on {host} port {port}: {error.strerror}") from error
