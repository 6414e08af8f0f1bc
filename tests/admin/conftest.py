"""The admin on a prepared desk, looked at by one member of staff after another."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from jinja2 import StrictUndefined
from werkzeug.test import TestResponse

from backoffice.access.viewer import Viewer
from backoffice.admin import create_admin
from backoffice.domain.coverage import Outcome
from backoffice.models.database import Database
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from tests.admin.given import watched
from tests.builders import NOW, Kit, kit_on, prepare_desk
from tests.databases import Copies, MakeDatabase

TOKEN = "a-token-of-the-tests"


@dataclass
class Browser:
    """A browser on the admin. ``signed_in`` is who looks; None when nobody is."""

    kit: Kit
    signed_in: Viewer | None
    client: FlaskClient = field(init=False)

    def sign_in(self, username: str) -> None:
        self.signed_in = self.kit.staff(username)

    def get(self, address: str, **headers: str) -> TestResponse:
        return self._read(self.client.get(address, headers=_names(headers)))

    def post(self, address: str, data: dict[str, Any] | None = None, **headers: str) -> TestResponse:
        return self._read(self.client.post(address, data=data or {}, headers=_names(headers)))

    def _read(self, response: TestResponse) -> TestResponse:
        response.get_data()
        response.close()
        return response


def _names(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass
class SharedAdmin:
    """One application for every test of a worker: putting its pages together takes longer than most tests."""

    kit: Kit
    look: Callable[[], Viewer | None] = lambda: None
    app: Flask = field(init=False)

    def __post_init__(self) -> None:
        self.app = Flask("backoffice", static_folder=None)
        self.app.jinja_options = {"undefined": StrictUndefined}
        self.app.config.update(SECRET_KEY="tests", TESTING=True)
        Babel(self.app, default_locale="fa", default_timezone="Asia/Tehran")
        self.app.jinja_env.globals["csrf_token"] = lambda: TOKEN
        create_admin(self.app, self.kit.desk, lambda: self.look())

    def browser_on(self, database: Database) -> Browser:
        """A browser that nobody has used, while the application stands on this database."""
        self.kit.desk.database.__init__(database.engine)  # type: ignore[misc]  # every page holds this very database
        self.kit.clock.now = NOW
        kit = Kit(self.kit.desk, self.kit.clock)
        browser = Browser(kit, kit.agent)
        self.look = lambda: browser.signed_in
        browser.client = self.app.test_client()
        return browser


@pytest.fixture(scope="session")
def shared_admin(sqlite_copies: Copies) -> Iterator[SharedAdmin]:
    with sqlite_copies.copy(prepare_desk) as database:
        yield SharedAdmin(kit_on(database))


@pytest.fixture(autouse=True)
def given(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every page that a test opens is given the rows that ``shown`` says, by the selections that it says."""
    with watched(monkeypatch) as found:
        yield
    assert found.wrong == []


@pytest.fixture
def everywhere(shared_admin: SharedAdmin, make_database: MakeDatabase) -> Browser:
    """A browser, once on SQLite and once on PostgreSQL."""
    return shared_admin.browser_on(make_database(prepare_desk))


@pytest.fixture
def browser(shared_admin: SharedAdmin, sqlite_copies: Copies) -> Iterator[Browser]:
    """A browser on SQLite, for what no database changes."""
    with sqlite_copies.copy(prepare_desk) as database:
        yield shared_admin.browser_on(database)


@pytest.fixture
def kit(browser: Browser) -> Kit:
    return browser.kit


def override_waiting(kit: Kit, asset: int) -> int:
    """The id of a record whose override by the supervisor waits for a second person."""
    record = kit.recorded(asset)
    command = OverrideCoverage(
        id=record, version=1, outcome=Outcome.TARIFF, amount=kit.desk.override_limit * 2, reason="بیرون از قرارداد"
    )
    assert override_coverage(kit.desk, kit.supervisor, command).problems == ()
    return record


def text_of(response: TestResponse) -> str:
    """What a reader reads: no tags, one blank between words."""
    bare = re.sub(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", " ", response.text, flags=re.DOTALL)
    return " ".join(unescape(bare).split())


def hidden(response: TestResponse, name: str) -> str:
    """The value of a form's hidden input."""
    found = re.search(rf'<input[^>]*name="{name}"[^>]*>', response.text)
    assert found is not None, f"no input named {name}"
    value = re.search(r'value="([^"]*)"', found[0])
    return unescape(value[1]) if value else ""
