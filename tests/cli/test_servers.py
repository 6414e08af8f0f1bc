"""The servers that ship, as real processes: nothing in flight is cut off, and half-sent requests stop nobody."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import IO

import pytest

from tests.cli.served_app import HOST, SERVERS

ROOT = Path(__file__).parents[2]
PATIENCE = 20
"""Seconds after which a test gives up; nothing is measured."""

Start = Callable[..., "Served"]


@dataclass
class Served:
    """A server process, and how to talk to it."""

    process: subprocess.Popen[str]
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.port), timeout=PATIENCE)

    @contextmanager
    def asking(self, path: str, **headers: str) -> Iterator[HTTPConnection]:
        """A request that the application has begun to work on."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        self.wait_for("begun")
        yield connection
        connection.close()

    def answer(self, path: str, **headers: str) -> bytes:
        with self.asking(path, **headers) as connection:
            return connection.getresponse().read()

    def wait_for(self, word: str) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith(word)

    def ended(self) -> int:
        return self.process.wait(PATIENCE)


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def wait_until_listening(process: subprocess.Popen[str], port: int) -> None:
    while process.poll() is None:
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    pytest.fail("the server ended before it listened")


@pytest.fixture(params=list(SERVERS))
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Start]:
    with ExitStack() as cleanup:

        def started(grace: int = PATIENCE) -> Served:
            port = free_port()
            command = [sys.executable, "-m", "tests.cli.served_app", request.param, str(port), str(grace)]
            errors: IO[str] = cleanup.enter_context((tmp_path / "errors").open("w"))
            process = cleanup.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=errors, text=True)
            )
            cleanup.callback(process.kill)
            wait_until_listening(process, port)
            return Served(process, port)

        yield started


@pytest.fixture
def served(start: Start) -> Served:
    return start()


SIGNALS = pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["sigterm", "ctrl-c"])


@SIGNALS
def test_a_request_in_flight_gets_its_whole_answer(served: Served, sign: signal.Signals) -> None:
    with served.asking("/?seconds=1&size=5000000") as connection:
        served.process.send_signal(sign)
        assert len(connection.getresponse().read()) == 5_000_000


@SIGNALS
def test_a_server_told_to_stop_ends_with_0(served: Served, sign: signal.Signals) -> None:
    served.answer("/")
    served.process.send_signal(sign)
    assert served.ended() == 0


def test_an_answer_that_is_taken_slowly_arrives_whole(served: Served) -> None:
    with served.asking("/?size=5000000") as connection:
        response: HTTPResponse = connection.getresponse()
        served.process.terminate()
        assert len(response.read()) == 5_000_000


def test_no_new_connection_is_taken_while_the_last_requests_end(served: Served) -> None:
    with served.asking("/?seconds=2") as connection:
        served.process.terminate()
        while served.process.poll() is None:
            try:
                served.connect().close()
            except ConnectionError:
                break
        assert served.process.poll() is None
        assert connection.getresponse().status == 200


def test_the_last_answer_says_that_the_connection_ends(served: Served) -> None:
    with served.asking("/?seconds=1") as connection:
        served.process.terminate()
        assert connection.getresponse().getheader("Connection") == "close"


def test_a_second_signal_cuts_nothing_off(served: Served) -> None:
    with served.asking("/?seconds=1") as connection:
        served.process.terminate()
        served.process.terminate()
        assert connection.getresponse().read() == b"x"


def test_sixty_half_sent_requests_stop_nobody_else(served: Served) -> None:
    with ExitStack() as slow:
        half_send(served, slow)
        assert [served.answer("/") for _ in range(5)] == [b"x"] * 5


def test_half_sent_requests_do_not_hold_up_the_end(served: Served) -> None:
    with ExitStack() as slow:
        half_send(served, slow)
        served.process.terminate()
        assert served.ended() == 0


def test_a_request_that_hangs_is_given_up(start: Start) -> None:
    served = start(grace=1)
    with served.asking("/?seconds=600"):
        served.process.terminate()
        served.ended()


def test_the_application_sees_what_a_proxy_forwards(served: Served) -> None:
    assert served.answer("/", X_Forwarded_For="192.0.2.1") == b"192.0.2.1"


def half_send(served: Served, stack: ExitStack) -> None:
    """Thirty requests whose headers never end, and thirty whose bodies do not."""
    for number in range(60):
        connection = stack.enter_context(served.connect())
        connection.sendall(b"POST / HTTP/1.1\r\nHost: desk\r\n")
        if number % 2:
            connection.sendall(b"Content-Length: 1000\r\n\r\nhalf")
