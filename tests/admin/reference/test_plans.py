"""Support plans in the admin: what a version promises, findings at their lines, a draft, its publication."""

import re
from pathlib import Path

import pytest

from backoffice.models import SupportPlan
from tests.admin.conftest import Browser, hidden, text_of
from tests.admin.reference.test_tariffs import confirm, send

SHIPPED = (Path(__file__).parents[3] / "backoffice" / "data" / "padra-standard.toml").read_text(encoding="utf-8")
NEXT = SHIPPED.replace("version = 1\n", "").replace('fa = "پشتیبانی استاندارد پادرا"', 'fa = "پشتیبانی تازه"')
WITHOUT_A_LIMIT = NEXT.replace('inside.when_condition_fails = "tariff"', "")


@pytest.fixture
def supervisor(browser: Browser) -> Browser:
    browser.sign_in("supervisor")
    return browser


def shown(browser: Browser) -> str:
    """The shipped plan's page."""
    return text_of(browser.get(f"/admin/plans/{browser.kit.rows(SupportPlan)[0].id}/"))


def draft(browser: Browser, content: str = NEXT) -> str:
    """The address of a draft that was imported."""
    preview = send(browser, "/admin/plans/import/", content, "plan.toml")
    assert preview.status_code == 200, text_of(preview)
    return confirm(browser, "/admin/plans/import/", preview).headers["Location"]


def test_a_plan_tells_what_it_gives_inside_used_up_and_outside(browser: Browser) -> None:
    assert (
        "از راه دور ۲ بار رایگان در هر بازه سهمیهٔ «نصب از راه دور» «نصب نرم افزار به صورت ریموتی 2 مرتبه» "
        "در انتظار تأیید: پس از دو بار، نصب از راه دور طبق تعرفه حساب می‌شود. طبق تعرفه طبق تعرفه"
    ) in shown(browser)


def test_a_visit_tells_its_distance(browser: Browser) -> None:
    page = shown(browser)
    assert "فقط برای فاصلهٔ کمتر از ۴۰ کیلومتر" in page
    assert "از ۴۰ کیلومتر به بالا: طبق تعرفه" in page


def test_subjects_that_are_answered_differently_stand_apart(browser: Browser) -> None:
    page = shown(browser)
    reinstallation = page[page.index("نصب مجدد") :]
    assert "نرم‌افزار ۲ بار رایگان" in reinstallation
    assert "دستگاه طبق تعرفه" in reinstallation


def test_any_other_service_has_its_own_lines(browser: Browser) -> None:
    assert "هر خدمت دیگر" in shown(browser)


def test_terms_that_wait_for_the_vendor_are_counted(browser: Browser) -> None:
    assert "بند از متن منتشرشدهٔ شرکت برداشت شده و در انتظار تأیید است" in shown(browser)


def test_a_finding_is_told_at_its_line(supervisor: Browser) -> None:
    page = send(supervisor, "/admin/plans/import/", WITHOUT_A_LIMIT, "plan.toml")
    line = 1 + next(
        number
        for number, text in enumerate(WITHOUT_A_LIMIT.splitlines())
        if text == 'inside.allowance = "on_site_visit"'
    )
    persian = str(line - 1).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert f"سطر {persian}: بند «on_site_visit.inside» نمی‌گوید اگر شرط فاصله برقرار نباشد چه می‌شود." in text_of(page)


def test_a_draft_with_findings_is_stored_and_not_published(supervisor: Browser) -> None:
    address = draft(supervisor, WITHOUT_A_LIMIT)
    page = supervisor.get(address)
    assert "ایراد جلوی انتشار را گرفته است" in text_of(page)
    sent = {"reviewed": hidden(supervisor.get(address + "publish/"), "reviewed")}
    assert supervisor.post(address + "publish/", sent).status_code == 422


def test_a_file_that_is_no_plan_is_refused(supervisor: Browser) -> None:
    page = send(supervisor, "/admin/plans/import/", "code = ", "plan.toml")
    assert page.status_code == 422
    assert "سطر ۱، ستون ۱: نوشتار درست نیست" in text_of(page)


def test_every_mistake_in_a_file_is_told_in_persian_at_its_line(supervisor: Browser) -> None:
    content = NEXT.replace("quantity = 2", "quantity = 0", 1).replace('"free"', '"gratis"', 1)
    page = send(supervisor, "/admin/plans/import/", content, "plan.toml")
    assert page.status_code == 422
    told = text_of(page)
    assert re.search(
        r"سطر [۰-۹]+: در «allowances 1 \(.*?\) › quantity» عدد ۰ آمده است، ولی باید دست‌کم ۱ باشد. quantity = 0", told
    )
    assert re.search(
        r"سطر [۰-۹]+: در «terms .*? › outcome» مقدار gratis آمده است؛ می‌تواند یکی از این‌ها باشد: free,", told
    )


def test_the_shipped_plan_is_there_to_write_another_by(supervisor: Browser) -> None:
    offered = re.search(r'href="([^"]+)" download', supervisor.get("/admin/plans/import/").text)
    assert offered is not None
    file = supervisor.get(offered[1])
    assert file.text == SHIPPED
    assert file.headers["Content-Disposition"] == "attachment; filename=padra-standard.toml"


def test_a_draft_is_published_after_a_look(supervisor: Browser) -> None:
    address = draft(supervisor)
    sent = {"reviewed": hidden(supervisor.get(address + "publish/"), "reviewed")}
    assert supervisor.post(address + "publish/", sent).headers["Location"] == address
    assert "منتشرشده" in text_of(supervisor.get(address))


def test_a_draft_imported_since_it_was_looked_at_is_not_published(supervisor: Browser) -> None:
    address = draft(supervisor)
    sent = {"reviewed": hidden(supervisor.get(address + "publish/"), "reviewed")}
    draft(supervisor, NEXT.replace("support = 12", "support = 24"))
    assert supervisor.post(address + "publish/", sent).status_code == 409
    assert supervisor.kit.rows(SupportPlan, version=2)[0].published_at is None
