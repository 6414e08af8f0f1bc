"""Databases for tests: each test has one of its own, on SQLite always and on PostgreSQL wherever one answers."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backoffice.access.credentials import COST
from backoffice.models.database import WRITING, Database
from backoffice.plugins import time_limits
from tests.databases import Copies, Files, MakeDatabase, Prepare, Server
from tests.stand_ins import missing, put_on_path

POSTGRES_URL = os.environ.get(
    "BACKOFFICE_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres?connect_timeout=2"
)
POSTGRES_REQUIRED = os.environ.get("BACKOFFICE_TEST_REQUIRE_POSTGRES") == "1"

MEMORY = Path("/dev/shm")
"""Where files are never written to a disk, which SQLite waits for at every commit."""

ROOM = 1 << 30


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    has_room = MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > ROOM
    with TemporaryDirectory(dir=MEMORY if has_room else tmp_path_factory.getbasetemp()) as directory:
        yield Copies(Files(Path(directory)))


@pytest.fixture(scope="session")
def postgresql_copies() -> Iterator[Copies | None]:
    """None where no server answers."""
    engine = create_engine(POSTGRES_URL, isolation_level="AUTOCOMMIT")
    try:
        engine.connect().close()
    except OperationalError:
        yield None
    else:
        copies = Copies(Server(engine))
        yield copies
        copies.drop_templates()
    engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database that the test runs on."""
    chosen: str = request.param
    return chosen


@pytest.fixture(scope="session")
def copies(backend: str, request: pytest.FixtureRequest) -> Copies:
    found: Copies | None = request.getfixturevalue(f"{backend}_copies")
    if found is None and POSTGRES_REQUIRED:
        pytest.fail("BACKOFFICE_TEST_REQUIRE_POSTGRES is set and no PostgreSQL answers")
    if found is None:
        pytest.skip("no PostgreSQL answers")
    return found


@pytest.fixture(scope="module")
def shared_database(copies: Copies) -> Iterator[Database]:
    """A migrated, empty database for the tests of a module that commit nothing."""
    with copies.copy() as database:
        yield database


@pytest.fixture
def make_database(copies: Copies) -> Iterator[MakeDatabase]:
    """Makes databases that last as long as the test; one ``prepare`` function fills its template once for all tests."""
    opened = []

    def make(prepare: Prepare | None = None) -> Database:
        opened.append(copies.copy(prepare))
        return opened[-1].__enter__()

    yield make
    for database in reversed(opened):
        database.__exit__(None, None, None)


@pytest.fixture
def database(make_database: MakeDatabase) -> Database:
    """A migrated, empty database, once on SQLite and once on PostgreSQL."""
    return make_database()


@pytest.fixture
def engine(database: Database) -> Engine:
    return database.engine


@pytest.fixture
def empty_engine(copies: Copies) -> Iterator[Engine]:
    """A database before its first migration."""
    with copies.empty() as engine:
        yield engine


@pytest.fixture
def sqlite_database(sqlite_copies: Copies) -> Iterator[Database]:
    """A migrated, empty database on SQLite, for tests that need no second kind."""
    with sqlite_copies.copy() as database:
        yield database


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """A session that may write; what the test does not commit is undone."""
    with Session(database.engine.execution_options(**WRITING), expire_on_commit=False) as session:
        yield session


def pytest_configure(config: pytest.Config) -> None:
    """Let the tests of the desk find every service type that they ask for, whichever plugins are there."""
    if wanting := missing():
        directory = TemporaryDirectory(prefix="backoffice-stand-ins-")
        config.add_cleanup(directory.cleanup)
        put_on_path(wanting, Path(directory.name))


def pytest_itemcollected(item: pytest.Item) -> None:
    """Note on which database a test runs, for the summary."""
    parameters = item.callspec.params if hasattr(item, "callspec") else {}
    if "backend" in parameters:
        item.user_properties.append(("database", parameters["backend"]))
    elif "sqlite_database" in getattr(item, "fixturenames", ()):
        item.user_properties.append(("database", "sqlite"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on which database."""
    ran = [report for kind in ("passed", "failed") for report in terminalreporter.stats.get(kind, [])]
    counted = Counter(value for report in ran for name, value in report.user_properties if name == "database")
    if counted:
        terminalreporter.line("Tests by database: " + ", ".join(f"{name} {n}" for name, n in sorted(counted.items())))


@pytest.fixture(autouse=True, scope="session")
def _patience() -> Iterator[None]:
    """How busy the machine is says nothing of a plugin."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(time_limits, "BUDGET_SECONDS", 60.0)
        yield


@pytest.fixture(autouse=True, scope="session")
def _cheap_passwords() -> Iterator[None]:
    """Hashing is dear on purpose; most tests only need somebody who can sign in."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(COST, "memory_cost", 32)
        patch.setitem(COST, "time_cost", 1)
        yield
