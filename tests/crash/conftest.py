"""A desk behind its production server on each database, with clients that write to it."""

import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.builders import Kit
from tests.crash.writers import Notebook, Writer
from tests.databases import MakeDatabase
from tests.races.client import WHOLE, Client
from tests.races.places import assets_of, kit_of_today, prepare_places, token_of
from tests.races.served import Served, serving
from tests.races.tally import COUNTS, Tally, tell

WORKERS = 2
WRITERS = 8
ASSETS_EACH = 10
PATIENCE = 180
"""Seconds after which a test gives up; nothing is measured."""

PAUSE = 0.005


@dataclass
class Crash:
    """The desk, its server, its clients and their notebook."""

    kit: Kit
    served: Served
    client: Client
    tally: Tally
    writers: list[Writer]
    notebook: Notebook
    chance: random.Random = field(default_factory=random.Random)

    def wait_for_acknowledged(self, more: int) -> None:
        """Wait until so many more writes were acknowledged, or a writer failed."""
        enough = len(self.notebook.acknowledged) + more
        wait_until(lambda: len(self.notebook.acknowledged) >= enough or bool(self.notebook.failures))
        assert self.notebook.failures == []


def wait_until(happened: Callable[[], bool]) -> None:
    given_up_at = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < given_up_at, "it did not happen"
        time.sleep(PAUSE)


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """What the test counts; told at the end of the run, also of a test that failed."""
    counted = Tally()
    yield counted
    request.node.user_properties.append((COUNTS, str(counted)))


@pytest.fixture
def crash(make_database: MakeDatabase, tmp_path: Path, tally: Tally) -> Iterator[Crash]:
    database = make_database(prepare_places)
    kit, notebook = kit_of_today(database), Notebook()
    with serving(database, tmp_path, workers=WORKERS) as served:
        client = Client(served.port, token_of(kit, "agent"), tally, WHOLE)
        writers = [Writer(client, notebook, assets_of(kit, ASSETS_EACH)) for _ in range(WRITERS)]
        yield Crash(kit, served, client, tally, writers, notebook)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tell(terminalreporter, "crash")
