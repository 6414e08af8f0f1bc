"""Lists: filters with their chips, keyset pages, and statements that do not grow with the rows."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from backoffice.domain.service import Mode
from backoffice.pages.list_address import ROWS_ON_A_PAGE
from tests.admin.conftest import Browser, text_of
from tests.builders import Kit

MORE = ROWS_ON_A_PAGE + 3


def _names(browser: Browser, address: str) -> list[str]:
    return re.findall(r'<a class="name" href="[^"]*">([^<]*)</a>', browser.get(address).text)


def _turn(browser: Browser, address: str, way: str) -> str:
    found = re.search(rf'rel="{way}" href="([^"]*)"', browser.get(address).text)
    assert found is not None
    return found[1].replace("&amp;", "&")


@pytest.fixture
def many(kit: Kit) -> Kit:
    for number in range(MORE):
        kit.customer(name=f"مشتری {number:03d}")
    return kit


def test_pages_follow_one_another_without_gap_or_repetition(browser: Browser, many: Kit) -> None:
    first = _names(browser, "/admin/customers/")
    second = _names(browser, _turn(browser, "/admin/customers/", "next"))
    assert len(first) == ROWS_ON_A_PAGE
    assert first + second == [f"مشتری {number:03d}" for number in range(MORE)]


def test_the_way_back_leads_to_the_first_page(browser: Browser, many: Kit) -> None:
    second = _turn(browser, "/admin/customers/", "next")
    assert _names(browser, _turn(browser, second, "prev")) == _names(browser, "/admin/customers/")


def test_pages_keep_the_filters(browser: Browser, many: Kit) -> None:
    assert "q=" in _turn(browser, "/admin/customers/?q=مشتری", "next")


def test_the_total_is_shown(browser: Browser, many: Kit) -> None:
    assert "مشتریان ۲۸" in text_of(browser.get("/admin/customers/"))


def test_records_are_filtered_by_all_that_is_asked(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    kit.recorded(asset)
    kit.done(asset, service_type="troubleshooting", mode=Mode.PHONE, channel="whatsapp")
    page = text_of(
        browser.get("/admin/records/?status=done&type=troubleshooting&mode=phone&channel=whatsapp&outcome=free")
    )
    assert "خدمات ۱" in page
    for chip in ("خدمت: رفع خطا", "شیوه: تلفنی", "روش ارتباط: واتساپ", "پوشش: رایگان"):
        assert chip in page


def test_records_are_filtered_by_jalali_days(browser: Browser, kit: Kit) -> None:
    kit.recorded(kit.purchase())
    assert "خدمات ۱" in text_of(browser.get("/admin/records/?from=۱۴۰۵/۰۵/۱۰&to=1405/05/10"))
    assert "خدمات ۰" in text_of(browser.get("/admin/records/?to=۱۴۰۵/۰۵/۰۹"))


def test_a_day_that_is_none_filters_nothing_and_says_so(browser: Browser, kit: Kit) -> None:
    kit.recorded(kit.purchase())
    page = browser.get("/admin/records/?from=دیروز")
    assert page.status_code == 422
    assert "چنین روزی در تقویم شمسی نیست" in text_of(page)
    assert "خدمات ۱" in text_of(page)


def test_a_filter_that_makes_no_sense_filters_nothing(browser: Browser, kit: Kit) -> None:
    kit.recorded(kit.purchase())
    assert "خدمات ۱" in text_of(browser.get("/admin/records/?status=lost&type=magic&outcome=never"))


def test_records_are_found_by_number_in_any_digits(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    assert "خدمات ۱" in text_of(browser.get(f"/admin/records/?q=SR-{record:06d}"))
    assert "خدمات ۰" in text_of(browser.get("/admin/records/?q=SR-۹۹۹۹۹۹"))


def test_a_list_without_rows_says_why(browser: Browser) -> None:
    assert "خدمتی با این شرط‌ها پیدا نشد" in text_of(browser.get("/admin/records/?q=zzzz"))


def test_quick_search_finds_customers_assets_and_records(everywhere: Browser) -> None:
    kit = everywhere.kit
    customer = kit.customer(name="علی کریمی")
    record = kit.recorded(kit.purchase(customer_id=customer, serial_number="PDR-E-001779"))
    found = {typed: text_of(everywhere.get(f"/admin/palette/?q={typed}")) for typed in ("علي", "e-001779", str(record))}
    assert "علی کریمی" in found["علي"]
    assert "PDR-E-001779" in found["e-001779"]
    assert f"SR-{record:06d}" in found[str(record)]


def test_quick_search_begins_with_every_screen_that_one_may_open(browser: Browser) -> None:
    page = browser.get("/admin/palette/")
    menu = re.findall(r'<li><a href="([^"]+)"', browser.get("/admin/").text)
    offered = re.findall(r'<a role="option"[^>]* href="([^"]*)">.*?<span>(.*?)</span>', page.text)
    assert [address for address, _ in offered][: len(menu)] == menu
    assert all(words for _, words in offered)


def test_quick_search_that_finds_nothing_says_so(browser: Browser) -> None:
    assert "چیزی با «zzzz» پیدا نشد" in text_of(browser.get("/admin/palette/?q=zzzz"))


@contextmanager
def _statements(kit: Kit) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(connection: object, cursor: object, statement: str, *more: object) -> None:
        seen.append(statement)

    engine = kit.desk.database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


def _count(browser: Browser, address: str) -> int:
    with _statements(browser.kit) as seen:
        assert browser.get(address).status_code == 200
    return len([one for one in seen if one.startswith("SELECT")])


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/admin/", 13),
        ("/admin/customers/", 4),
        ("/admin/customers/{customer}/", 10),
        ("/admin/customers/sites/{site}/edit/", 1),
        ("/admin/assets/", 4),
        ("/admin/assets/{asset}/", 7),
        ("/admin/records/", 6),
        ("/admin/records/{record}/", 6),
        ("/admin/records/{record}/schedule/", 2),
        ("/admin/assets/{asset}/transfer/?q=نمونه", 4),
        ("/admin/records/new/?customer={customer}&service=installation", 20),
        ("/admin/palette/?q=نمونه", 5),
    ],
)
def test_statements_do_not_grow_with_the_rows(everywhere: Browser, address: str, most: int) -> None:
    kit = everywhere.kit
    customer = kit.customer()
    site = kit.site(customer, 5_000)
    asset = kit.purchase(customer_id=customer)
    record = kit.recorded(asset, service_type="troubleshooting")
    place = address.format(customer=customer, site=site, asset=asset, record=record)
    few = _count(everywhere, place)
    for _ in range(4):
        more = kit.purchase(customer_id=customer)
        kit.site(customer, 5_000)
        kit.recorded(more, service_type="troubleshooting")
        kit.recorded(asset, service_type="troubleshooting")
        kit.customer(phones=("09123456789",))
    assert _count(everywhere, place) == few <= most
