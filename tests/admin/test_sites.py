"""A site's form: prefilled, judged, saved, and what is shown when somebody else was faster."""

import re
from datetime import date
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backoffice.models import AuditEntry, Site, SiteDistance
from backoffice.operations.customers.update_site import UpdateSite, update_site
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit

MEASURED_ON = date(2026, 4, 4)
WRITTEN = {
    "title": "انبار",
    "city": "کرج",
    "address": "خیابان یکم",
    "distance_metres": "۳۹۰",
    "distance_source": "نقشه",
    "measured_on": "۱۴۰۵/۰۱/۱۵",
    "version": "1",
}
"""The form as it is when it is opened."""


@pytest.fixture
def site(kit: Kit) -> int:
    return measured(kit)


def measured(kit: Kit) -> int:
    given = {"title": "انبار", "city": "کرج", "address": "خیابان یکم", "distance_source": "نقشه"}
    return kit.site(kit.customer(name="علی کریمی"), 390_000, measured_on=MEASURED_ON, **given)


def edit(site: int) -> str:
    return f"/admin/customers/sites/{site}/edit/"


def written(page: TestResponse) -> dict[str, str]:
    """What a page's form would send."""
    address = re.search(r'<textarea[^>]*name="address"[^>]*>(.*?)</textarea>', page.text)
    assert address is not None
    return {name: hidden(page, name) for name in set(WRITTEN) - {"address"}} | {"address": address[1]}


def known(kit: Kit, site: int) -> list[tuple[Any, ...]]:
    return [(row.metres, row.source, row.measured_on) for row in kit.rows(SiteDistance, site_id=site)]


def test_the_customers_page_leads_to_the_form(browser: Browser, kit: Kit, site: int) -> None:
    customer = kit.row(Site, site).customer_id
    assert f'href="{edit(site)}"' in browser.get(f"/admin/customers/{customer}/").text


def test_whoever_may_change_nothing_is_led_nowhere(browser: Browser, kit: Kit, site: int) -> None:
    browser.sign_in("viewer")
    assert edit(site) not in browser.get(f"/admin/customers/{kit.row(Site, site).customer_id}/").text


def test_the_form_begins_with_what_is_there(browser: Browser, site: int) -> None:
    assert written(browser.get(edit(site))) == WRITTEN


def test_a_distance_is_mended(everywhere: Browser) -> None:
    kit = everywhere.kit
    site = measured(kit)
    answer = everywhere.post(edit(site), WRITTEN | {"distance_metres": "۳۹٫۵"})
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/admin/customers/{kit.row(Site, site).customer_id}/"
    assert known(kit, site) == [(39_500, "نقشه", MEASURED_ON)]
    assert "۳۹٫۵ کیلومتر" in text_of(everywhere.get(answer.headers["Location"]))


def test_title_city_and_address_are_changed_and_emptied(browser: Browser, kit: Kit, site: int) -> None:
    browser.post(edit(site), WRITTEN | {"title": "دفتر", "city": "", "address": " "})
    row = kit.row(Site, site)
    assert (row.title, row.city, row.address, row.version) == ("دفتر", None, None, 2)


def test_an_emptied_distance_takes_its_source_and_day_along(browser: Browser, kit: Kit, site: int) -> None:
    assert browser.post(edit(site), WRITTEN | {"distance_metres": ""}).status_code == 303
    assert known(kit, site) == []


def test_a_source_written_anew_needs_a_distance(browser: Browser, kit: Kit, site: int) -> None:
    page = browser.post(edit(site), WRITTEN | {"distance_metres": "", "distance_source": "پیمایش"})
    assert page.status_code == 422
    assert '<a href="#distance_metres">' in page.text
    assert known(kit, site) == [(390_000, "نقشه", MEASURED_ON)]


@pytest.mark.parametrize(
    ("field", "text"),
    [("title", " "), ("distance_metres", "دور"), ("distance_metres", "۹۹۹۹۹"), ("measured_on", "۱۴۰۵/۱۲/۰۱")],
    ids=["no title", "no number", "too far", "in the future"],
)
def test_a_problem_is_said_at_its_field(browser: Browser, kit: Kit, site: int, field: str, text: str) -> None:
    page = browser.post(edit(site), WRITTEN | {field: text})
    assert page.status_code == 422
    assert f'<a href="#{field}">' in page.text
    assert kit.row(Site, site).version == 1


def test_whoever_was_slower_sees_both_versions(everywhere: Browser) -> None:
    kit = everywhere.kit
    site = measured(kit)
    everywhere.post(edit(site), WRITTEN | {"distance_metres": "۴۱"})
    page = everywhere.post(edit(site), WRITTEN | {"distance_metres": "۳۹"})
    assert page.status_code == 409
    assert '<span class="changed">۴۱</span>' in page.text
    assert '<span class="changed">۳۹</span>' in page.text
    assert known(kit, site) == [(41_000, "نقشه", MEASURED_ON)]


def test_whoever_was_slower_may_insist(browser: Browser, kit: Kit, site: int) -> None:
    browser.post(edit(site), WRITTEN | {"distance_metres": "۴۱", "address": "خیابان دوم"})
    page = browser.post(edit(site), WRITTEN | {"distance_metres": "۳۹"})
    again = written(page)
    assert again == WRITTEN | {"distance_metres": "۳۹", "version": "2"}
    assert browser.post(edit(site), again).status_code == 303
    assert (known(kit, site)[0][0], kit.row(Site, site).address) == (39_000, "خیابان یکم")


def test_a_version_that_is_none_is_a_conflict_and_no_crash(browser: Browser, site: int) -> None:
    assert browser.post(edit(site), WRITTEN | {"version": "abc"}).status_code == 409


def test_a_form_sent_twice_changes_the_site_once(browser: Browser, kit: Kit, site: int) -> None:
    form = WRITTEN | {"distance_metres": "۳۹"}
    answers = [browser.post(edit(site), form).status_code for _ in range(2)]
    assert (answers, kit.row(Site, site).version) == ([303, 409], 2)
    assert len(kit.rows(AuditEntry, operation="update_site", entity_id=site)) == 1


def test_a_site_that_is_not_there_is_no_page(browser: Browser) -> None:
    assert browser.get(edit(999_999)).status_code == 404


def test_the_change_is_told_in_words(browser: Browser, kit: Kit, site: int) -> None:
    update_site(kit.desk, kit.agent, UpdateSite(id=site, version=1, distance_metres=39_000))
    (entry,) = kit.rows(AuditEntry, operation="update_site", entity_id=site)
    browser.sign_in("admin")
    page = text_of(browser.get(f"/admin/audit/{entry.id}/"))
    for told in ("ویرایش محل", "فاصلهٔ جاده‌ای (متر)", "منبع فاصله", "تاریخ اندازه‌گیری"):
        assert told in page


def test_the_next_answer_goes_by_the_new_distance(browser: Browser, kit: Kit, site: int) -> None:
    customer = kit.row(Site, site).customer_id
    kit.purchase(customer_id=customer, site_id=site)
    visit = f"/admin/records/new/?customer={customer}&service=on_site_visit"
    assert "فاصلهٔ مشتری ۳۹۰ کیلومتر است" in text_of(browser.get(visit))
    browser.post(edit(site), WRITTEN | {"distance_metres": "۳۹"})
    assert "رایگان از سهمیه" in text_of(browser.get(visit))
