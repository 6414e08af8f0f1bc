"""Databases for tests: each test has one of its own, on SQLite always and on PostgreSQL wherever one answers."""

import os
import secrets
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import pytest
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from backoffice.migrations import upgrade
from backoffice.models.database import WRITING, Database, engine_for
from backoffice.plugins import patience

POSTGRES_URL = os.environ.get(
    "BACKOFFICE_TEST_POSTGRES_URL", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres?connect_timeout=2"
)
POSTGRES_REQUIRED = os.environ.get("BACKOFFICE_TEST_REQUIRE_POSTGRES") == "1"

Prepare = Callable[[Database], None]
MakeDatabase = Callable[..., Database]


class Supply(Protocol):
    """Where databases come from."""

    backend: str

    def create(self, template: str | None) -> str:
        """Make a database, empty or a copy of ``template``, and return its URL."""

    def drop(self, url: str) -> None:
        """Remove the database."""


class Files:
    """SQLite databases in a directory."""

    backend = "sqlite"

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def create(self, template: str | None) -> str:
        path = self.directory / f"{secrets.token_hex(6)}.sqlite"
        if template is not None:
            shutil.copyfile(str(make_url(template).database), path)
        return f"sqlite:///{path}"

    def drop(self, url: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(f"{make_url(url).database}{suffix}").unlink(missing_ok=True)


class Server:
    """PostgreSQL databases on a server."""

    backend = "postgresql"

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def create(self, template: str | None) -> str:
        name = f"backoffice_test_{secrets.token_hex(6)}"
        source = "template0" if template is None else make_url(template).database
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
        return self.engine.url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        self._run(f'DROP DATABASE "{make_url(url).database}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with self.engine.connect() as connection:
            connection.execute(text(statement))


class Copies:
    """Databases copied from templates; a template is migrated, and prepared, once."""

    def __init__(self, supply: Supply) -> None:
        self.supply = supply
        self.templates: dict[Prepare | None, str] = {}

    @contextmanager
    def copy(self, prepare: Prepare | None = None) -> Iterator[Database]:
        url = self.supply.create(self._template(prepare))
        engine = engine_for(url)
        yield Database(engine)
        engine.dispose()
        self.supply.drop(url)

    @contextmanager
    def empty(self) -> Iterator[Engine]:
        url = self.supply.create(None)
        engine = engine_for(url)
        yield engine
        engine.dispose()
        self.supply.drop(url)

    def drop_templates(self) -> None:
        for url in self.templates.values():
            self.supply.drop(url)

    def _template(self, prepare: Prepare | None) -> str:
        if prepare not in self.templates:
            self.templates[prepare] = self._prepared(prepare)
        return self.templates[prepare]

    def _prepared(self, prepare: Prepare | None) -> str:
        url = self.supply.create(None if prepare is None else self._template(None))
        engine = engine_for(url)
        if prepare is None:
            upgrade(engine)
        else:
            prepare(Database(engine))
        engine.dispose()
        return url


@pytest.fixture(scope="session")
def sqlite_copies(tmp_path_factory: pytest.TempPathFactory) -> Copies:
    return Copies(Files(tmp_path_factory.mktemp("sqlite")))


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
        patch.setattr(patience, "BUDGET_SECONDS", 60.0)
        yield
