"""The admin in a real browser: the application as it is served, with its security policy, driven as a person would."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect, sync_playwright
from werkzeug.serving import make_server

from backoffice.app import create_app
from backoffice.models.database import Database
from backoffice.settings import Settings
from tests.builders import PASSWORD, Kit, kit_on, prepare_desk
from tests.conftest import Copies

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EXPECTED = ("Failed to load resource", "Response Status Error")
"""What the browser says of an answer that is an error, as some tests want it."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed"),
]


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
    server = make_server("127.0.0.1", 0, create_app(settings, clock=kit.clock), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def context() -> Iterator[BrowserContext]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser.new_context(viewport={"width": 1366, "height": 860}, locale="fa-IR")
        browser.close()


def sign_in(page: Page) -> None:
    """Fill in the sign-in page that is open."""
    page.fill("#username", "agent")
    page.fill("#password", PASSWORD)
    page.click("button[type=submit]")
    expect(page.locator("h1")).to_have_text("میز کار")
    page.wait_for_load_state()


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A signed-in agent's page. An error on its console, or a request that leaves the machine, fails the test."""
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("request", lambda asked: None if asked.url.startswith((address, "data:")) else wrong.append(asked.url))
    page.goto(f"{address}/admin/login?next=/admin/")
    sign_in(page)
    yield page
    assert [text for text in wrong if not text.startswith(EXPECTED)] == []


def test_a_call_is_recorded_over_the_customers_page(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer(name="علی کریمی")
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/customers/{customer}/")
    page.keyboard.press("n")
    drawer = page.locator("#drawer")
    drawer.get_by_text("نصب نرم‌افزار").click()
    expect(drawer.locator("#answer")).to_contain_text("رایگان از سهمیه، بار ۱ از ۲")
    drawer.get_by_text("انجام شده است").click()
    drawer.get_by_label("مدت کار (دقیقه)").fill("۳۰")
    drawer.get_by_label("مدت کار (دقیقه)").press("Tab")
    expect(drawer.locator("#answer [name=expected_fingerprint]")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    drawer.get_by_role("button", name="ثبت خدمت").click()
    expect(page.get_by_text("خدمت ثبت شد.")).to_be_visible()
    expect(page.locator("h1")).to_contain_text("انجام‌شده")


def test_an_answer_that_fails_leaves_no_old_one_behind(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/records/new/?customer={customer}&service=installation")
    expect(page.locator("#answer")).to_contain_text("رایگان از سهمیه")

    def broken(route: Route) -> None:
        route.fulfill(status=500, body="")

    page.route("**/answer/**", broken)
    page.get_by_label("در محل شرکت").check()
    expect(page.locator("#answer")).to_contain_text("پاسخ نرسید")
    expect(page.locator("#answer")).not_to_contain_text("رایگان")
    expect(page.locator("#answer [name=expected_fingerprint]")).to_have_count(0)


def test_a_session_that_ended_keeps_what_was_typed(page: Page, address: str, kit: Kit) -> None:
    customer = kit.customer()
    kit.purchase(customer_id=customer)
    page.goto(f"{address}/admin/records/new/?customer={customer}&service=installation")
    page.get_by_label("یادداشت").fill("نصب دوباره")
    page.context.clear_cookies()
    page.get_by_label("در محل شرکت").check()
    expect(page.locator("#answer")).to_contain_text("نشست شما پایان یافته است")

    with page.context.expect_page() as opened:
        page.locator("#answer").get_by_role("link", name="ورود").click()
    sign_in(opened.value)
    page.get_by_role("button", name="وارد شدم").click()
    expect(page.locator("#answer")).to_contain_text("رایگان از سهمیه")
    expect(page.get_by_label("یادداشت")).to_have_value("نصب دوباره")
    page.get_by_role("button", name="ثبت خدمت").click()
    expect(page.get_by_text("خدمت ثبت شد.")).to_be_visible()


def test_a_customer_is_found_by_keyboard_alone(page: Page, kit: Kit) -> None:
    kit.customer(name="علی کریمی")
    page.keyboard.press("Control+k")
    page.keyboard.type("كريمي")
    expect(page.locator("#palette-list [aria-selected=true]")).to_contain_text("علی کریمی")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("علی کریمی")


def test_a_date_is_picked_by_keyboard(page: Page, address: str, kit: Kit) -> None:
    page.goto(f"{address}/admin/assets/new/?customer={kit.customer()}")
    field = page.get_by_label("تاریخ خرید", exact=False).first
    field.fill("1404/12/29")
    page.get_by_role("button", name="انتخاب تاریخ خرید از تقویم").press("Enter")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Enter")
    expect(field).to_have_value("۱۴۰۵/۰۱/۰۱")


def test_signing_out_ends_the_session(page: Page, address: str) -> None:
    page.locator(".account summary").click()
    page.get_by_role("button", name="خروج").click()
    page.goto(f"{address}/admin/customers/")
    expect(page.locator("h1")).to_have_text("ورود")
