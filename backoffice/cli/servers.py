"""The server of one machine: waitress in this process, on Windows too."""

import os
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from threading import Thread

import click

from backoffice.cli.command_desk import CommandRefused
from backoffice.cli.draining import BACKLOG, GRACE, DrainingServer, WSGIApplication


def _nothing() -> None:
    pass


def serve_embedded(
    app: WSGIApplication, host: str, port: int, *, grace: int = GRACE, beside: Callable[[], None] = _nothing
) -> None:
    """Serve ``app`` in this process until SIGTERM or Ctrl-C, then finish what is in flight and return.

    Must be called in the main thread. ``beside`` is done meanwhile, in a thread of its own that nobody waits for at the
    end; what it raises stops the server and is raised here. A request that has not ended ``grace`` seconds later ends
    the process with 1. Raises ``CommandRefused`` when the address cannot be listened on.
    """
    server = DrainingServer()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, server.stop)
    listener = _listener(host, port)
    raised = _begun(beside, server)
    cut_off = server.run(app, listener, grace=grace)
    if cut_off:
        click.echo(f"Stopped; {cut_off} connections had not ended after {grace} s.", err=True)
        sys.stdout.flush()
        os._exit(1)  # a thread that hangs would keep the interpreter from ending
    for error in raised:
        raise error


def _begun(work: Callable[[], None], server: DrainingServer) -> Sequence[BaseException]:
    """Begin ``work``; where what it raised is found once the server has stopped."""
    raised: list[BaseException] = []

    def done() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001  # it is raised where the server was started
            raised.append(error)
            server.stop()

    Thread(target=done, name="beside the server", daemon=True).start()
    return raised


def _listener(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=BACKLOG)
    except OSError as error:
        raise CommandRefused(f"cannot listen on {host} port {port}: {error.strerror}") from error
