"""The servers of production: worker processes below gunicorn's arbiter, each of them waitress. Not for Windows."""

import gc
import logging
import os
import signal
from collections.abc import Callable, Mapping
from types import FrameType
from typing import Any

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter
from gunicorn.config import Config
from gunicorn.glogging import Logger
from gunicorn.workers.base import Worker
from typing_extensions import override

from backoffice.cli.draining import BACKLOG, GRACE, DrainingServer, WSGIApplication
from backoffice.settings import Settings

TOLD_TO_WORKERS = (signal.SIGTERM, signal.SIGINT, signal.SIGQUIT)

SILENCE = 30
"""Seconds without a sign of life after which a worker process is replaced."""


def serve_workers(settings: Settings, host: str, port: int, *, workers: int) -> None:
    """Serve the desk in ``workers`` processes until SIGTERM or Ctrl-C, then finish what is in flight; ends the process.

    Each process makes its own application, and with it its own connections to the database, after it was forked.
    """

    def desk() -> WSGIApplication:
        from backoffice.app import create_app

        app = create_app(settings)
        gc.freeze()  # what the start made stays: no collection need walk it again
        return app

    serve_processes(desk, host, port, workers=workers)


def serve_processes(
    build: Callable[[], WSGIApplication], host: str, port: int, *, workers: int, grace: int = GRACE
) -> None:
    """Serve what ``build`` makes in each of ``workers`` processes; ends the process, with 0 when told to stop."""
    options = {
        "bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "workers": workers,
        "worker_class": DrainingWorker,
        "backlog": BACKLOG,
        "timeout": SILENCE,
        "graceful_timeout": grace,
        "control_socket_disable": True,
        "logger_class": _Log,
    }
    _Arbiter(_Application(build, options)).run()


class _Application(BaseApplication):
    """What gunicorn asks about: how to make the application, and how to run it."""

    def __init__(self, build: Callable[[], WSGIApplication], options: Mapping[str, object]) -> None:
        self._build = build
        self._options = options
        super().__init__()

    @override
    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    @override
    def load(self) -> WSGIApplication:
        return self._build()


class _Log(Logger):
    """What the arbiter has to say goes to the desk's log, in its form."""

    @override
    def setup(self, cfg: Config) -> None:
        self.error_log.handlers.clear()
        self.error_log.propagate = True
        self.error_log.setLevel(logging.INFO)


class _Arbiter(Arbiter):
    """gunicorn's, but a signal to a worker that is just being forked reaches the worker, not a copy of the arbiter."""

    @override
    def spawn_worker(self) -> int:
        signal.pthread_sigmask(signal.SIG_BLOCK, TOLD_TO_WORKERS)
        try:
            return super().spawn_worker()
        finally:
            signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD_TO_WORKERS)


class DrainingWorker(Worker):
    """A worker process: waitress on the arbiter's socket. However it is told to stop, it finishes first."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self._server = DrainingServer()

    @override
    def init_signals(self) -> None:
        super().init_signals()
        signal.pthread_sigmask(signal.SIG_UNBLOCK, TOLD_TO_WORKERS)

    @override
    def run(self) -> None:
        [listener] = (wrapped.sock for wrapped in self.sockets)  # type: ignore[attr-defined]  # its stub has it plain
        self._server.run(self.wsgi, listener, self._beat, grace=self.cfg.graceful_timeout)

    @override
    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self._server.stop()

    @override
    def handle_quit(self, sig: int, frame: FrameType | None) -> None:
        self.handle_exit(sig, frame)

    def _beat(self) -> None:
        self.notify()
        if os.getppid() != self.ppid:  # the arbiter was killed: nobody would stop this process any more
            self._server.stop()
