"""Customers: created, changed, found, and shown with all that is theirs."""

import re
from urllib.parse import quote

from backoffice.models import Customer, CustomerPhone, Site
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit

NEW = {
    "name": "شرکت آریا",
    "kind": "company",
    "stage": "customer",
    "phones": "۰۲۱۸۸۷۷۶۶۵۵\n0912 345 6789",
    "city": "تهران",
}


def test_a_customer_is_created(everywhere: Browser) -> None:
    response = everywhere.post("/admin/customers/new/", NEW)
    assert response.status_code == 303
    kit = everywhere.kit
    customer = kit.rows(Customer)[-1]
    assert (customer.name, customer.city) == ("شرکت آریا", "تهران")
    numbers = [phone.number for phone in kit.rows(CustomerPhone, customer_id=customer.id)]
    assert numbers == ["+982188776655", "+989123456789"]


def test_a_phone_that_is_none_is_said_beside_the_field(browser: Browser, kit: Kit) -> None:
    page = browser.post("/admin/customers/new/", NEW | {"phones": "123"})
    assert page.status_code == 422
    assert "تلفن‌ها: شمارهٔ «123» درست نیست" in text_of(page)
    assert kit.rows(Customer) == []


def test_a_form_without_a_name_links_to_the_field(browser: Browser) -> None:
    page = browser.post("/admin/customers/new/", NEW | {"name": " "})
    assert page.status_code == 422
    assert '<a href="#name">' in page.text
    assert 'aria-invalid="true"' in page.text


def test_a_form_sent_twice_creates_one_customer(browser: Browser, kit: Kit) -> None:
    form = NEW | {"idempotency_key": hidden(browser.get("/admin/customers/new/"), "idempotency_key")}
    first, second = browser.post("/admin/customers/new/", form), browser.post("/admin/customers/new/", form)
    assert first.headers["Location"] == second.headers["Location"]
    assert len(kit.rows(Customer)) == 1


def test_a_customer_is_changed(browser: Browser, kit: Kit) -> None:
    key = kit.customer()
    page = browser.get(f"/admin/customers/{key}/edit/")
    form = {"name": "شرکت دیگر", "city": "شیراز", "phones": "", "version": hidden(page, "version")}
    assert browser.post(f"/admin/customers/{key}/edit/", form).status_code == 303
    assert kit.row(Customer, key).name == "شرکت دیگر"


def test_phones_are_edited_as_people_write_them(browser: Browser, kit: Kit) -> None:
    key = kit.customer(phones=("09123456789",))
    assert ">۰۹۱۲۳۴۵۶۷۸۹</textarea>" in browser.get(f"/admin/customers/{key}/edit/").text


def test_whoever_was_slower_sees_both_versions(everywhere: Browser) -> None:
    key = everywhere.kit.customer(name="نام نخست")
    browser = everywhere
    browser.post(f"/admin/customers/{key}/edit/", {"name": "نام همکار", "version": "1"})
    page = browser.post(f"/admin/customers/{key}/edit/", {"name": "نام من", "version": "1"})
    assert page.status_code == 409
    assert "نام همکار" in text_of(page)
    assert "نام من" in text_of(page)
    assert everywhere.kit.row(Customer, key).name == "نام همکار"


def test_only_what_differs_between_the_versions_is_marked(browser: Browser, kit: Kit) -> None:
    key = kit.customer(name="نام نخست", phones=("09123456789",))
    browser.post(f"/admin/customers/{key}/edit/", {"name": "نام همکار", "phones": "09123456789", "version": "1"})
    mine = {"name": "نام من", "phones": "۰۹۱۲۳۴۵۶۷۸۹", "version": "1"}
    page = browser.post(f"/admin/customers/{key}/edit/", mine)
    assert re.findall(r'class="changed">([^<]*)<', page.text) == ["نام همکار", "نام من"]


def test_whoever_was_slower_may_insist(browser: Browser, kit: Kit) -> None:
    key = kit.customer(name="نام نخست", phones=("09123456789",))
    browser.post(f"/admin/customers/{key}/edit/", {"name": "نام همکار", "version": "1"})
    page = browser.post(f"/admin/customers/{key}/edit/", {"name": "نام من", "version": "1"})
    again = {"name": hidden(page, "name"), "version": hidden(page, "version")}
    assert browser.post(f"/admin/customers/{key}/edit/", again).status_code == 303
    assert kit.row(Customer, key).name == "نام من"


def test_a_version_that_is_none_is_a_conflict_and_no_crash(browser: Browser, kit: Kit) -> None:
    key = kit.customer()
    assert browser.post(f"/admin/customers/{key}/edit/", {"name": "x", "version": "abc"}).status_code == 409


def test_a_site_is_added_with_its_distance_in_kilometres(browser: Browser, kit: Kit) -> None:
    key = kit.customer()
    form = {"title": "انبار", "distance_metres": "۳۹٫۵", "measured_on": "۱۴۰۵/۰۱/۱۵"}
    assert browser.post(f"/admin/customers/{key}/sites/new/", form).status_code == 303
    assert [site.title for site in kit.rows(Site, customer_id=key)] == ["انبار"]
    assert "۳۹٫۵ کیلومتر" in text_of(browser.get(f"/admin/customers/{key}/"))


def test_the_page_shows_devices_with_what_is_left_and_the_story(browser: Browser, kit: Kit) -> None:
    key = kit.customer(name="علی کریمی")
    asset = kit.purchase(customer_id=key, serial_number="PDR-E-001779")
    kit.done(asset)
    page = text_of(browser.get(f"/admin/customers/{key}/"))
    for expected in ("علی کریمی", "PDR-E-001779", "۱ از ۲ باقی", "روز مانده", "سهمیهٔ نصب از راه دور: این بار ۱ از ۲."):
        assert expected in page


def test_customers_are_found_by_name_phone_and_serial_in_any_letters(everywhere: Browser) -> None:
    kit = everywhere.kit
    key = kit.customer(name="علی کریمی", phones=("09123456789",))
    kit.purchase(customer_id=key, serial_number="PDR-E-001779")
    kit.customer(name="شرکت دیگر")
    for typed in ("علي كريمي", "۰۹۱۲۳۴۵۶۷۸۹", "+989123456789", "pdr-e-۰۰۱۷۷۹"):
        page = text_of(everywhere.get(f"/admin/customers/?q={quote(typed)}"))
        assert "علی کریمی" in page
        assert "شرکت دیگر" not in page


def test_a_name_with_markup_is_shown_as_text(browser: Browser, kit: Kit) -> None:
    key = kit.customer(name="<script>alert(1)</script>")
    for address in ("/admin/customers/", f"/admin/customers/{key}/", "/admin/palette/?q=alert"):
        assert "<script>alert" not in browser.get(address).text
