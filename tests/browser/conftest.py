"""The application as it is served, with its security policy, in a real browser.

Debian's chromium, found on the PATH; ``make test-browser`` installs it where it is missing.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from werkzeug.serving import make_server

from backoffice.app import create_app
from backoffice.models.database import Database
from backoffice.settings import Settings
from tests.builders import PASSWORD, Kit, kit_on, prepare_desk
from tests.databases import Copies

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000
"""Milliseconds that are waited for what should come; a busy machine takes its time."""

DESK = {"width": 1366, "height": 860}
PHONE = {"width": 390, "height": 844}
TOLD = "Failed to load resource"
"""How the browser says that an answer had the status of an error, which some tests want."""
REPLACED = ("htmx:sendAbort", "htmx:afterRequest")
"""How htmx says that a newer question took the place of one on its way; what failed has a line of its own."""


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The application's address on this machine, while it is served there."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Watch:
    """What pages did that none of ours may do: errors, what the security policy refused, requests to elsewhere."""

    address: str
    seen: list[str] = field(default_factory=list)

    def over(self, page: Page) -> Page:
        """Note what this page does from now on."""
        page.on("console", lambda message: self._note(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.seen.append(str(error)))
        page.on("request", lambda asked: None if self._is_ours(asked.url) else self.seen.append(asked.url))
        return page

    def _is_ours(self, url: str) -> bool:
        return url.startswith((self.address, "data:"))

    def _note(self, text: str) -> None:
        if not text.startswith((TOLD, "Response Status Error", *REPLACED)):
            self.seen.append(text)


def sign_in(page: Page, username: str = "agent") -> None:
    """Fill in the sign-in page that is open."""
    page.fill("#username", username)
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    expect(page.locator("h1")).to_have_text("میز کار")
    page.wait_for_load_state()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests of a worker."""
    path = shutil.which("chromium")
    assert path is not None, "chromium is not installed; make test-browser installs it"
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def database(sqlite_copies: Copies) -> Iterator[Database]:
    with sqlite_copies.copy(prepare_desk) as copy:
        yield copy


@pytest.fixture
def kit(database: Database) -> Kit:
    return kit_on(database)


@pytest.fixture
def address(kit: Kit, database: Database, tmp_path: Path) -> Iterator[str]:
    """The desk, served on this machine."""
    url = database.engine.url.render_as_string(hide_password=False)
    settings = Settings.from_environment({"BACKOFFICE_DATABASE_URL": url, "BACKOFFICE_VAR": str(tmp_path)})
    with served(create_app(settings, clock=kit.clock)) as address:
        yield address


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=DESK, locale="fa-IR")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A signed-in agent's page. It fails the test when it does what none of ours may do."""
    watch = Watch(address)
    page = watch.over(context.new_page())
    page.goto(f"{address}/admin/login?next=/admin/")
    sign_in(page)
    yield page
    assert watch.seen == []
