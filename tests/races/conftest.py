"""A prepared desk on each database: in hand, and behind its production server."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import MakeDatabase
from tests.races.client import Client
from tests.races.crowd import Crowd, crowd
from tests.races.places import kit_of_today, prepare_places, token_of
from tests.races.served import Served, serving
from tests.races.tally import COUNTS, Tally, tell

WORKERS = 4


@dataclass(frozen=True)
class Race:
    """A desk behind its server, and the crowd in front of it; each role's client is asked for by its name."""

    kit: Kit
    served: Served
    crowd: Crowd
    tally: Tally

    def client(self, username: str) -> Client:
        return Client(self.served.port, token_of(self.kit, username), self.tally)


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    return kit_on(make_database(prepare_desk))


@pytest.fixture
def tally(request: pytest.FixtureRequest) -> Iterator[Tally]:
    """What the test counts; told at the end of the run, also of a test that failed."""
    counted = Tally()
    yield counted
    request.node.user_properties.append((COUNTS, str(counted)))


@pytest.fixture
def race(make_database: MakeDatabase, tmp_path: Path, tally: Tally) -> Iterator[Race]:
    database = make_database(prepare_places)
    with serving(database, tmp_path, workers=WORKERS) as served, crowd() as clients:
        yield Race(kit_of_today(database), served, clients, tally)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    tell(terminalreporter, "races")
