"""A waitress in this process that finishes what it has begun before it stops.

waitress alone waits five seconds for its threads and then forgets what they wrote: an answer that the client has not
taken yet is lost. Here its loop goes on turning, without new connections, until every answer has left.
"""

import logging
import select
import socket
import time
from collections.abc import Callable, Iterable, MutableMapping
from typing import Any, TypeAlias, cast

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.server import BaseWSGIServer, create_server

logging.getLogger("waitress.queue").setLevel(logging.ERROR)  # that requests wait for a thread is no news

WSGIApplication: TypeAlias = Callable[..., Iterable[bytes]]

LULL = 1.0
"""Seconds of silence after which, at the end, a connection with no whole request under way is given up."""

BACKLOG = 1024

GRACE = 30
"""Seconds that a request in flight has to end once the server was told to stop."""

CAN_POLL = hasattr(select, "poll")
"""Windows cannot, and has select for a few hundred connections."""

OPTIONS: dict[str, Any] = {
    "threads": 8,
    "backlog": BACKLOG,
    "connection_limit": 500,  # far above the threads: a half-sent request holds a connection, never a thread
    "channel_timeout": 60,
    "cleanup_interval": 10,
    "asyncore_use_poll": CAN_POLL,
    "max_request_body_size": 16_000_000,  # the application refuses earlier, with an answer of its own
    "clear_untrusted_proxy_headers": False,  # the application judges them, by its count of proxies
    "ident": None,
}


def _nothing() -> None:
    pass


class DrainingServer:
    """Serves one application on one listening socket, by threads. ``stop`` may come from a signal handler, any time."""

    def __init__(self) -> None:
        self._map: dict[int, Any] = {}
        self._stopping = False
        self._wake: Callable[[], None] = _nothing

    def stop(self, *_: object) -> None:
        """Take no more connections, finish what is in flight, and let ``run`` return."""
        self._stopping = True
        self._wake()

    def run(
        self, app: WSGIApplication, listener: socket.socket, each_turn: Callable[[], None] = _nothing, *, grace: float
    ) -> int:
        """Serve until ``stop``, then drain; how many connections had not ended ``grace`` seconds later.

        ``each_turn`` is called at least once a second.
        """
        server = cast(BaseWSGIServer, create_server(app, map=self._map, sockets=[listener], **OPTIONS))
        self._wake = server.pull_trigger
        while not self._stopping:
            self._turn()
            each_turn()
        self._close_listener(server)
        deadline = time.monotonic() + grace
        while (under_way := self._under_way()) and time.monotonic() < deadline:
            self._turn(LULL / 10)
            each_turn()
        return len(under_way)

    def _turn(self, longest: float = LULL) -> None:
        wasyncore.loop(timeout=longest, use_poll=CAN_POLL, map=self._map, count=1)

    def _close_listener(self, server: BaseWSGIServer) -> None:
        """Whoever was connected already is let in; nobody is after that. The trigger stays, which wakes the loop."""
        listener = server.socket
        for _ in range(BACKLOG):
            if not select.select([listener], [], [], 0)[0]:
                break
            server.handle_accept()
        wasyncore.dispatcher.close(server)
        self._turn(0)

    def _under_way(self) -> list[HTTPChannel]:
        """The connections still to wait for; the others are closed, and none is kept alive after its answer."""
        channels = [channel for channel in self._map.values() if isinstance(channel, HTTPChannel)]
        waiting = [channel for channel in channels if _is_busy(channel)]
        for channel in waiting:
            for request in channel.requests:
                cast(MutableMapping[str, str], request.headers)["CONNECTION"] = "close"
        for channel in set(channels).difference(waiting):
            channel.will_close = True
        return waiting


def _is_busy(channel: HTTPChannel) -> bool:
    return bool(channel.requests or channel.total_outbufs_len) or time.time() - channel.last_activity < LULL
