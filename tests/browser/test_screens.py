"""Every screen in a real browser: sound for readers of any kind, in light and dark, on a desk and on a phone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.authorization.screens import addresses, screens
from tests.authorization.stage import Stage, prepare_stage
from tests.browser.conftest import DESK, PATIENCE, PHONE, Watch, served, sign_in
from tests.databases import Copies

pytestmark = pytest.mark.browser

NO_PAGES = frozenset({"palette.index", "plan_import.example"})
"""What is shown only inside another page, and what is a file."""

SHOWN = [
    f"{name}.{page}"
    for name, screen in screens().items()
    for _, page, methods in screen._urls
    if "GET" in methods and f"{name}.{page}" not in NO_PAGES
]
WIDER_THAN_THE_SCREEN = """() => {
    const width = document.documentElement.clientWidth;
    const overflow = (element) => getComputedStyle(element).overflowX;
    const scrolls = (element) => element && (overflow(element) !== "visible" || scrolls(element.parentElement));
    const outside = [...document.querySelectorAll("body *")].filter((element) => {
        const box = element.getBoundingClientRect();
        const shown = box.width > 1 && getComputedStyle(element).visibility === "visible";
        return shown && (box.left < -1 || box.right > width + 1) && !scrolls(element.parentElement);
    });
    return outside.map((element) => element.outerHTML.slice(0, 120));
}"""


@dataclass(frozen=True)
class Staged:
    """A desk that has one object of every kind, served, and an administrator who is signed in."""

    stage: Stage
    address: str
    context: BrowserContext

    def place(self, endpoint: str) -> str:
        """The address of a screen, about the stage's own objects."""
        found = [one for one in addresses(self.stage.app) if (one.endpoint, one.method) == (endpoint, "GET")]
        return self.address + found[0].about(self.stage.ours)


@pytest.fixture(scope="session")
def staged(chromium: Browser, sqlite_copies: Copies, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staged]:
    with sqlite_copies.copy(prepare_stage) as database:
        stage = Stage(database, tmp_path_factory.mktemp("stage"))
        with served(stage.app) as address:
            context = chromium.new_context(viewport=DESK, locale="fa-IR")
            context.set_default_timeout(PATIENCE)
            page = context.new_page()
            page.goto(f"{address}/admin/login?next=/admin/")
            sign_in(page, "admin")
            page.close()
            yield Staged(stage, address, context)
            context.close()
        stage.close()


@pytest.fixture
def page(staged: Staged) -> Iterator[Page]:
    """The administrator's page. It fails the test when it does what none of ours may do."""
    watch = Watch(staged.address)
    page = watch.over(staged.context.new_page())
    yield page
    page.close()
    assert watch.seen == []


def violations(page: Page) -> list[str]:
    """What axe finds wrong with a page as it is shown now."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


def in_every_look(page: Page) -> Mapping[str, list[str]]:
    """What axe finds wrong in light and dark, on a desk and on a phone."""
    found = {}
    for device, size in (("desk", DESK), ("phone", PHONE)):
        page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            page.evaluate("scheme => { document.documentElement.dataset.theme = scheme; }", scheme)
            found[f"{scheme} {device}"] = violations(page)
    return {look: wrong for look, wrong in found.items() if wrong}


@pytest.mark.parametrize("endpoint", SHOWN)
def test_a_screen_is_sound_in_every_look(page: Page, staged: Staged, endpoint: str) -> None:
    answer = page.goto(staged.place(endpoint))
    assert answer is not None
    assert answer.status == 200
    assert in_every_look(page) == {}


@pytest.mark.parametrize("endpoint", SHOWN)
def test_a_screen_is_no_wider_than_a_phone(page: Page, staged: Staged, endpoint: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(staged.place(endpoint))
    assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


def test_quick_search_is_sound_in_every_look(page: Page, staged: Staged) -> None:
    page.goto(f"{staged.address}/admin/")
    page.keyboard.press("Control+k")
    page.locator("#palette-list [aria-selected=true]").wait_for()
    assert in_every_look(page) == {}


def test_the_drawer_is_sound_in_every_look(page: Page, staged: Staged) -> None:
    page.goto(staged.place("customers.show"))
    page.keyboard.press("n")
    page.locator("#drawer").get_by_text("نصب نرم‌افزار").click()
    page.locator("#answer [name=expected_fingerprint]").wait_for(state="attached")
    assert in_every_look(page) == {}


def test_the_calendar_is_sound_in_every_look(page: Page, staged: Staged) -> None:
    page.goto(staged.place("assets.create_view"))
    page.locator("[data-calendar]").first.click()
    page.locator(".calendar").wait_for()
    assert in_every_look(page) == {}


@pytest.mark.parametrize(
    "place", ["/admin/customers/?q=zzzz", "/admin/records/?from=abc", "/admin/customers/999999/", "/nowhere"]
)
def test_a_page_without_what_was_asked_for_is_sound_in_every_look(page: Page, staged: Staged, place: str) -> None:
    page.goto(staged.address + place)
    assert in_every_look(page) == {}


def test_a_form_with_mistakes_is_sound_in_every_look(page: Page, staged: Staged) -> None:
    page.goto(staged.place("customers.create_view"))
    page.locator("form.form-card button[type=submit]").click()
    page.locator(".field-error").first.wait_for()
    assert in_every_look(page) == {}
