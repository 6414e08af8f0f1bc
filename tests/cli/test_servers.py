"""The servers that ship, as real processes: nothing in flight is cut off, and half-sent requests stop nobody."""

import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

import pytest

from tests.cli.served_app import HOST, SERVERS

PATIENCE = 30
"""Seconds after which a test gives up; nothing is measured."""

Start = Callable[..., "Served"]

PROCESSES = multiprocessing.get_context("forkserver")
PROCESSES.set_forkserver_preload(["tests.cli.served_app"])


@dataclass
class Served:
    """A server process, and how to talk to it."""

    process: ForkServerProcess
    begun: Connection
    port: int

    def connect(self) -> socket.socket:
        return socket.create_connection((HOST, self.port), timeout=PATIENCE)

    @contextmanager
    def asking(self, path: str, headers: dict[str, str] | None = None) -> Iterator[HTTPConnection]:
        """A request that the application has begun to work on."""
        connection = HTTPConnection(HOST, self.port, timeout=PATIENCE)
        connection.request("GET", path, headers=headers or {})
        assert self.begun.poll(PATIENCE)
        self.begun.recv()
        yield connection
        connection.close()

    def answer(self, path: str, headers: dict[str, str] | None = None) -> bytes:
        with self.asking(path, headers) as connection:
            return connection.getresponse().read()

    def told(self, sign: signal.Signals) -> None:
        assert self.process.pid is not None
        os.kill(self.process.pid, sign)

    def ended(self) -> int | None:
        """The exit code; None where it does not end."""
        self.process.join(PATIENCE)
        return self.process.exitcode


def free_port() -> int:
    with socket.create_server((HOST, 0)) as taken:
        return int(taken.getsockname()[1])


def wait_until_listening(process: ForkServerProcess, port: int) -> None:
    while process.is_alive():
        with socket.socket() as attempt:
            if attempt.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.02)
    pytest.fail("the server ended before it listened")


@pytest.fixture(params=list(SERVERS))
def start(request: pytest.FixtureRequest) -> Iterator[Start]:
    with ExitStack() as cleanup:

        def started(grace: int = PATIENCE) -> Served:
            port = free_port()
            begun, sender = PROCESSES.Pipe(duplex=False)
            process = PROCESSES.Process(target=SERVERS[request.param], args=(sender, port, grace))
            process.start()
            cleanup.callback(stop, process)
            cleanup.enter_context(begun)
            sender.close()
            wait_until_listening(process, port)
            return Served(process, begun, port)

        yield started


def stop(process: ForkServerProcess) -> None:
    process.terminate()
    process.join(PATIENCE)
    process.kill()
    process.join()
    process.close()


@pytest.fixture
def served(start: Start) -> Served:
    return start()


SIGNALS = pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT], ids=["sigterm", "ctrl-c"])


@SIGNALS
def test_a_request_in_flight_gets_its_whole_answer(served: Served, sign: signal.Signals) -> None:
    with served.asking("/?seconds=1&size=5000000") as connection:
        served.told(sign)
        assert len(connection.getresponse().read()) == 5_000_000


@SIGNALS
def test_a_server_told_to_stop_ends_with_0(served: Served, sign: signal.Signals) -> None:
    served.answer("/")
    served.told(sign)
    assert served.ended() == 0


def test_an_answer_that_is_taken_slowly_arrives_whole(served: Served) -> None:
    with served.asking("/?size=5000000") as connection:
        response = connection.getresponse()
        served.told(signal.SIGTERM)
        assert len(response.read()) == 5_000_000


def test_no_new_connection_is_taken_while_the_last_requests_end(served: Served) -> None:
    with served.asking("/?seconds=2") as connection:
        served.told(signal.SIGTERM)
        while served.process.is_alive():
            try:
                served.connect().close()
            except ConnectionError:
                break
        assert connection.getresponse().status == 200


def test_the_last_answer_says_that_the_connection_ends(served: Served) -> None:
    with served.asking("/?seconds=3") as connection:  # long enough for a busy machine to hear the signal meanwhile
        served.told(signal.SIGTERM)
        assert connection.getresponse().getheader("Connection") == "close"


def test_a_second_signal_cuts_nothing_off(served: Served) -> None:
    with served.asking("/?seconds=1") as connection:
        served.told(signal.SIGTERM)
        served.told(signal.SIGTERM)
        assert connection.getresponse().read() == b"x"


def test_sixty_half_sent_requests_stop_nobody_else(served: Served) -> None:
    with ExitStack() as slow:
        half_send(served, slow)
        assert [served.answer("/") for _ in range(5)] == [b"x"] * 5


def test_half_sent_requests_do_not_hold_up_the_end(served: Served) -> None:
    with ExitStack() as slow:
        half_send(served, slow)
        served.told(signal.SIGTERM)
        assert served.ended() == 0


def test_a_request_that_hangs_is_given_up(start: Start) -> None:
    served = start(grace=1)
    with served.asking("/?seconds=600"):
        served.told(signal.SIGTERM)
        assert served.ended() is not None


def test_the_application_sees_what_a_proxy_forwards(served: Served) -> None:
    assert served.answer("/", {"X-Forwarded-For": "192.0.2.1"}) == b"192.0.2.1"


def half_send(served: Served, stack: ExitStack) -> None:
    """Thirty requests whose headers never end, and thirty whose bodies do not."""
    for number in range(60):
        connection = stack.enter_context(served.connect())
        connection.sendall(b"POST / HTTP/1.1\r\nHost: desk\r\n")
        if number % 2:
            connection.sendall(b"Content-Length: 1000\r\n\r\nhalf")
