"""Tariffs in the admin: a file with mistakes, mended, compared, stored as a draft, approved by somebody else."""

import io
import re

import pytest
from werkzeug.test import TestResponse

from backoffice.models import TariffEdition, TariffMapping, TaxRate
from tests.admin.conftest import Browser, hidden, text_of

FILE = """سال,1405,
نسخه,3,
اجرا از,۱۴۰۵/۱۰/۰۱,
منبع,نرخ‌های ساختگی,
,,
کد,واحد,نرخ (ریال)
hour,ساعت,{hour}
session,جلسه,15000000
callout,اعزام,۲٬۴۷۵٬۰۰۰
km,کیلومتر,{km}
"""
GOOD = FILE.format(hour="10430000", km="52000")
BAD = FILE.format(hour="گران", km="")


def send(browser: Browser, address: str, content: str | bytes, name: str = "tariff.csv") -> TestResponse:
    raw = content.encode() if isinstance(content, str) else content
    return browser.post(address, {"file": (io.BytesIO(raw), name)})


def confirm(browser: Browser, address: str, preview: TestResponse) -> TestResponse:
    """What the preview's button sends."""
    given = {name: hidden(preview, name) for name in ("file_name", "file_content")}
    return browser.post(address, {**given, "save": "yes"})


@pytest.fixture
def finance(browser: Browser) -> Browser:
    browser.sign_in("finance")
    return browser


def imported(browser: Browser) -> str:
    """The address of a draft that finance has imported."""
    browser.sign_in("finance")
    stored = confirm(browser, "/admin/tariffs/import/", send(browser, "/admin/tariffs/import/", GOOD))
    assert stored.status_code == 303
    return stored.headers["Location"]


def test_mistakes_are_told_with_their_rows_and_nothing_is_stored(finance: Browser) -> None:
    before = len(finance.kit.rows(TariffEdition))
    page = send(finance, "/admin/tariffs/import/", BAD)
    assert page.status_code == 422
    assert "ردیف ۷، ستون «نرخ (ریال)»: «گران» مبلغی به ریال بدون اعشار نیست." in text_of(page)
    assert "ردیف ۱۰، ستون «نرخ (ریال)»: مقداری لازم است." in text_of(page)
    assert len(finance.kit.rows(TariffEdition)) == before


def test_the_preview_compares_each_line_and_stores_nothing(finance: Browser) -> None:
    page = send(finance, "/admin/tariffs/import/", GOOD)
    assert page.status_code == 200
    assert "۱٬۰۴۳٬۰۰۰" in text_of(page)
    assert "هنوز چیزی ذخیره نشده است" in text_of(page)
    assert finance.kit.rows(TariffEdition, version=3) == []


def test_what_the_preview_showed_is_stored_as_a_draft(finance: Browser) -> None:
    page = finance.get(imported(finance))
    assert "پیش‌نویس" in text_of(page)
    assert "نرخ‌های ساختگی" in text_of(page)
    assert finance.kit.rows(TariffEdition, version=3)[0].approved_at is None


def test_a_form_without_a_file_asks_for_one(finance: Browser) -> None:
    page = finance.post("/admin/tariffs/import/")
    assert page.status_code == 422
    assert "فایلی برگزیده نشده است" in text_of(page)


def test_a_workbook_that_is_none_is_refused(finance: Browser) -> None:
    page = send(finance, "/admin/tariffs/import/", b"not a workbook", "tariff.xlsx")
    assert page.status_code == 422
    assert "فایل خوانده نشد" in text_of(page)


def test_a_carried_file_that_was_tampered_with_is_no_file(finance: Browser) -> None:
    sent = {"file_name": "tariff.csv", "file_content": "é", "save": "yes"}
    assert finance.post("/admin/tariffs/import/", sent).status_code == 400


def test_whoever_imported_a_tariff_may_not_approve_it(browser: Browser) -> None:
    address = imported(browser) + "approve/"
    page = browser.post(address, {"reviewed": hidden(browser.get(address), "reviewed")})
    assert page.status_code == 422
    assert "کس دیگری باید تأیید کند" in text_of(page)


def test_another_person_approves_it(browser: Browser) -> None:
    address = imported(browser)
    browser.sign_in("admin")
    sent = {"reviewed": hidden(browser.get(address + "approve/"), "reviewed")}
    assert browser.post(address + "approve/", sent).headers["Location"] == address
    assert browser.kit.rows(TariffEdition, version=3)[0].approved_by_id == browser.kit.staff("admin").staff_id


def test_lines_imported_since_they_were_looked_at_are_not_approved(browser: Browser) -> None:
    address = imported(browser)
    browser.sign_in("admin")
    sent = {"reviewed": hidden(browser.get(address + "approve/"), "reviewed")}
    browser.sign_in("finance")
    other = send(browser, "/admin/tariffs/import/", GOOD.replace("52000", "53000"))
    confirm(browser, "/admin/tariffs/import/", other)
    browser.sign_in("admin")
    assert browser.post(address + "approve/", sent).status_code == 409
    assert browser.kit.rows(TariffEdition, version=3)[0].approved_at is None


def test_lines_that_a_service_needs_and_the_file_lacks_are_warned_of(finance: Browser) -> None:
    page = send(finance, "/admin/tariffs/import/", GOOD.replace("callout", "visit"))
    assert "«callout» در این تعرفه نیست" in text_of(page)


def test_a_service_gets_lines_of_its_own(finance: Browser) -> None:
    line = finance.kit.rows(TariffMapping, service_type="*")[0].labour
    address = "/admin/tariffs/mapping/edit/?service=guidance"
    assert finance.post(address, {"labour": line, "call_out": "", "kilometre": ""}).status_code == 303
    own = finance.kit.rows(TariffMapping, service_type="guidance")[0]
    assert (own.labour, own.call_out, own.kilometre) == (line, None, None)


def test_a_service_loses_its_own_lines_when_asked_twice(finance: Browser) -> None:
    line = finance.kit.rows(TariffMapping, service_type="*")[0].labour
    finance.post("/admin/tariffs/mapping/edit/?service=guidance", {"labour": line})
    address = "/admin/tariffs/mapping/remove/?service=guidance"
    assert finance.get(address).status_code == 200
    assert finance.kit.rows(TariffMapping, service_type="guidance") != []
    assert finance.post(address).status_code == 303
    assert finance.kit.rows(TariffMapping, service_type="guidance") == []


def test_the_lines_of_all_services_stay(finance: Browser) -> None:
    page = finance.post("/admin/tariffs/mapping/remove/?service=*")
    assert page.status_code == 409
    assert finance.kit.rows(TariffMapping, service_type="*") != []


def test_taxes_are_shown_before_they_are_stored(finance: Browser) -> None:
    file = "از,تا پایان,درصد\n1410/01/01,,11\n"
    preview = send(finance, "/admin/taxes/import/", file, "taxes.csv")
    assert "۱۱٪ ۱۴۱۰/۰۱/۰۱" in text_of(preview)
    assert finance.kit.rows(TaxRate, basis_points=1100) == []
    assert confirm(finance, "/admin/taxes/import/", preview).status_code == 303
    assert len(finance.kit.rows(TaxRate, basis_points=1100)) == 1


def test_a_wrong_percentage_is_told_with_its_row(finance: Browser) -> None:
    page = send(finance, "/admin/taxes/import/", "از,درصد\n1410/01/01,0.1\n", "taxes.csv")
    assert page.status_code == 422
    assert re.search("ردیف ۲، ستون «درصد»", text_of(page))
