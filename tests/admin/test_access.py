"""Who may open what."""

import pytest

from backoffice.access.permissions import PERMISSIONS
from backoffice.admin.screen import Screen
from backoffice.admin.views.customers import CustomersScreen
from tests.admin.conftest import Browser, text_of
from tests.screens import SCREENS


def _pages(screen: Screen) -> list[tuple[str, str]]:
    return [(screen.path, name) for _, name, _ in screen._urls]


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_every_page_of_a_screen_declares_a_permission(screen: Screen) -> None:
    assert {name for _, name in _pages(screen)} == {*screen.permissions, *screen.does}


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.path)
def test_declared_permissions_are_known_ones(screen: Screen) -> None:
    assert {screen.permission_of(name) for _, name in _pages(screen)} <= set(PERMISSIONS)


def test_a_page_without_a_declared_permission_opens_for_nobody(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser.sign_in("admin")
    monkeypatch.setattr(CustomersScreen, "permissions", {})
    assert browser.get("/admin/customers/").status_code == 403


@pytest.mark.parametrize(
    "address", ["/admin/customers/new/", "/admin/records/new/", "/admin/products/new/", "/admin/plugins/"]
)
def test_a_viewer_may_not_write(browser: Browser, address: str) -> None:
    browser.sign_in("viewer")
    page = browser.get(address)
    assert page.status_code == 403
    assert "اجازهٔ این کار را ندارید" in text_of(page)


def test_an_agent_may_not_void(browser: Browser) -> None:
    done = browser.kit.done(browser.kit.purchase())
    assert browser.get(f"/admin/records/{done}/void/").status_code == 403
    assert "ابطال" not in text_of(browser.get(f"/admin/records/{done}/")).split()


def test_the_menu_shows_what_may_be_opened(browser: Browser) -> None:
    browser.sign_in("viewer")
    menu = text_of(browser.get("/admin/"))
    assert "مشتریان" in menu
    assert "افزونه‌ها" not in menu


@pytest.mark.parametrize("what", ["", "complete/", "cancel/"])
def test_another_offices_record_looks_like_one_that_is_not_there(everywhere: Browser, what: str) -> None:
    kit = everywhere.kit
    foreign = kit.recorded(kit.purchase())
    everywhere.sign_in("other_agent")
    page, missing = everywhere.get(f"/admin/records/{foreign}/{what}"), everywhere.get(f"/admin/records/999999/{what}")
    assert page.status_code == missing.status_code == 404
    assert text_of(page) == text_of(missing)


def test_another_offices_records_are_not_listed(browser: Browser) -> None:
    browser.kit.recorded(browser.kit.purchase())
    browser.sign_in("other_agent")
    assert "SR-" not in text_of(browser.get("/admin/records/"))


def test_whoever_is_not_signed_in_is_sent_to_do_so(browser: Browser) -> None:
    browser.signed_in = None
    page = browser.get("/admin/customers/")
    assert page.status_code == 302
    assert page.headers["Location"] == "/admin/login?next=/admin/customers/"


def test_a_fragment_for_whoever_is_not_signed_in_is_refused_where_it_stands(browser: Browser) -> None:
    browser.signed_in = None
    assert browser.get("/admin/palette/", HX_Request="true").status_code == 401


def test_an_unknown_address_has_a_page_of_ours(browser: Browser) -> None:
    page = browser.get("/admin/nothing/here/")
    assert page.status_code == 404
    assert "پیدا نشد" in text_of(page)


def test_a_cursor_that_is_none_has_a_page_of_ours(browser: Browser) -> None:
    page = browser.get("/admin/customers/?after=nonsense")
    assert page.status_code == 400
    assert "درخواست پذیرفته نشد" in text_of(page)
