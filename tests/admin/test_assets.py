"""Purchases and renewals by their forms."""

from datetime import date

from backoffice.models import Asset, SupportPeriod
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit


def test_a_purchase_is_registered_with_a_jalali_date(everywhere: Browser) -> None:
    kit = everywhere.kit
    customer, product = kit.customer(), kit.product()
    form = {"product_id": str(product), "serial_number": "PDR-۱۲۳", "purchased_on": "۱۴۰۵/۰۵/۰۱"}
    response = everywhere.post(f"/admin/assets/new/?customer={customer}", form)
    assert response.status_code == 303
    (asset,) = kit.rows(Asset)
    assert (asset.serial_number, asset.purchased_on) == ("PDR-123", date(2026, 7, 23))


def test_a_day_that_does_not_exist_is_refused_where_it_was_typed(browser: Browser, kit: Kit) -> None:
    form = {"product_id": str(kit.product()), "serial_number": "PDR-1", "purchased_on": "۱۴۰۴/۱۲/۳۰"}
    page = browser.post(f"/admin/assets/new/?customer={kit.customer()}", form)
    assert page.status_code == 422
    assert "تاریخ خرید: چنین روزی در تقویم شمسی نیست" in text_of(page)
    assert 'value="۱۴۰۴/۱۲/۳۰"' in page.text


def test_a_serial_number_that_is_taken_is_said_beside_the_field(browser: Browser, kit: Kit) -> None:
    kit.purchase(serial_number="PDR-1")
    form = {"product_id": str(kit.product()), "serial_number": "pdr-1", "purchased_on": "۱۴۰۵/۰۱/۰۱"}
    page = browser.post(f"/admin/assets/new/?customer={kit.customer()}", form)
    assert page.status_code == 422
    assert "شمارهٔ سریال: دستگاهی با شمارهٔ سریال" in text_of(page)


def test_a_purchase_needs_a_customer_that_is_there(browser: Browser) -> None:
    assert browser.get("/admin/assets/new/").status_code == 404
    assert browser.get("/admin/assets/new/?customer=999999").status_code == 404
    assert browser.get("/admin/assets/new/?customer=abc").status_code == 404


def test_support_is_renewed_from_the_day_after_its_last(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    page = browser.get(f"/admin/assets/{asset}/renew/")
    assert hidden(page, "starts_on") == "۱۴۰۵/۰۵/۱۵"
    assert browser.post(f"/admin/assets/{asset}/renew/", {"starts_on": "۱۴۰۵/۰۵/۱۵"}).status_code == 303
    assert len(kit.rows(SupportPeriod, asset_id=asset, track="support")) == 2


def test_a_renewal_that_overlaps_is_refused(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    page = browser.post(f"/admin/assets/{asset}/renew/", {"starts_on": "۱۴۰۵/۰۵/۱۰"})
    assert page.status_code == 422
    assert "هم‌پوشانی" in text_of(page)


def test_assets_are_filtered_by_their_support(browser: Browser, kit: Kit) -> None:
    kit.purchase(serial_number="INSIDE-1")
    kit.purchase(serial_number="OUTSIDE-1", purchased_on=date(2020, 1, 1))
    inside, outside = (text_of(browser.get(f"/admin/assets/?support={side}")) for side in ("in", "out"))
    assert "INSIDE-1" in inside
    assert "OUTSIDE-1" not in inside
    assert "OUTSIDE-1" in outside
