"""The desk behind its production server, several processes on one database, which a test may stop, kill and start."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from backoffice.models.database import Database
from backoffice.settings import PREFIX
from tests.cli.test_servers import HOST, free_port

PATIENCE = 180
"""Seconds after which a server is given up; nothing is measured."""

PAUSE = 0.05


@dataclass
class Served:
    """One desk at one address. ``kill`` ends the arbiter and all its workers at once, as a power cut would."""

    database_url: str
    var: Path
    workers: int
    port: int = field(default_factory=free_port)
    _process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Path:
        """What the server has written, all its lives one after the other."""
        return self.var / "server.log"

    def start(self) -> None:
        """Start, and wait until it says that it is ready."""
        program = Path(sys.executable).with_name("backoffice")
        arguments = ["serve", "--host", HOST, "--port", str(self.port), "--workers", str(self.workers)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [program, *arguments],
                env=self._environment(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self._wait_until_ready(self._process)

    def stop(self) -> None:
        """Ask it to end, as an operator does; it ends with 0."""
        process = self._running()
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0, self._last_words()
        self._process = None

    def kill(self) -> None:
        """kill -9 of every process of the server; returns when none of them listens any more."""
        process = self._running()
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(PATIENCE)
        self._process = None
        given_up_at = time.monotonic() + PATIENCE
        while self._status("/healthz") is not None:
            assert time.monotonic() < given_up_at, "a worker outlived kill -9"
            time.sleep(PAUSE)

    def end(self) -> None:
        """Leave nothing running, whatever the test came to."""
        if self._process is not None:
            self.kill()

    def _running(self) -> subprocess.Popen[bytes]:
        assert self._process is not None, "the server was not started"
        return self._process

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        given_up_at = time.monotonic() + PATIENCE
        while process.poll() is None and time.monotonic() < given_up_at:
            if self._status("/readyz") == 200:
                return
            time.sleep(PAUSE)
        pytest.fail(f"the server did not become ready\n{self._last_words()}")

    def _status(self, path: str) -> int | None:
        """What the server answers; None where nobody does."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, HTTPException):
            return None
        finally:
            connection.close()

    def _environment(self) -> dict[str, str]:
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
        ours = {"DATABASE_URL": self.database_url, "VAR": str(self.var), "ENV": "production"}
        return inherited | {PREFIX + name: value for name, value in ours.items()}

    def _last_words(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-5_000:]


@contextmanager
def serving(database: Database, var: Path, *, workers: int) -> Iterator[Served]:
    """A server on ``database``, ready, and gone at the end."""
    served = Served(database.engine.url.render_as_string(hide_password=False), var, workers)
    try:
        served.start()
        yield served
    finally:
        served.end()
