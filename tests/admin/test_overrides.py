"""Overriding coverage by forms: alone, and with a second supervisor."""

from backoffice.domain.coverage import Outcome
from backoffice.models import OverrideRequest, OverrideStatus, ServiceRecord
from tests.admin.conftest import Browser, hidden, override_waiting, text_of
from tests.builders import Kit


def _override(browser: Browser, record: int, **given: str) -> int:
    form = {"version": "1", "outcome": "tariff", "amount": "۲۰۰٬۰۰۰", "reason": "توافق با مشتری"} | given
    return browser.post(f"/admin/records/{record}/override/", form).status_code


def test_an_amount_is_written_in_toman_and_payable_in_rials(everywhere: Browser) -> None:
    kit = everywhere.kit
    record = kit.recorded(kit.purchase())
    everywhere.sign_in("supervisor")
    assert _override(everywhere, record) == 303
    overridden = kit.row(ServiceRecord, record)
    assert (overridden.outcome, overridden.amount) == (Outcome.TARIFF, 2_000_000)


def test_the_engines_decision_stays_beside_the_supervisors(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.sign_in("supervisor")
    assert "رایگان از سهمیه، بار ۱ از ۲" in text_of(browser.get(f"/admin/records/{record}/override/"))
    _override(browser, record)
    page = text_of(browser.get(f"/admin/records/{record}/"))
    in_force, engines = page.split("تصمیم سامانه", 1)
    assert "هزینه‌دار: ۲۰۰٬۰۰۰ تومان" in in_force
    assert "توافق با مشتری" in in_force
    assert "رایگان از سهمیه، بار ۱ از ۲" in engines


def test_a_tariff_needs_an_amount_and_nothing_else_takes_one(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.sign_in("supervisor")
    assert _override(browser, record, amount="") == 422
    assert _override(browser, record, outcome="free") == 422
    assert _override(browser, record, outcome="allowance") == 422
    assert _override(browser, record, amount="رایگان") == 422
    assert kit.row(ServiceRecord, record).version == 1


def test_an_agent_may_not_override(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    assert _override(browser, record) == 403
    assert "جایگزین" not in text_of(browser.get(f"/admin/records/{record}/"))


def test_beyond_the_limit_it_waits_and_says_so(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.sign_in("supervisor")
    assert _override(browser, record, amount=f"{kit.desk.override_limit:,}") == 303
    page = text_of(browser.get(f"/admin/records/{record}/"))
    assert "پس از تأیید سرپرست دیگری برقرار می‌شود" in page
    assert "در انتظار تأیید" in page
    assert kit.row(ServiceRecord, record).outcome is Outcome.ALLOWANCE


def test_another_supervisor_finds_it_on_the_dashboard_and_approves(everywhere: Browser) -> None:
    kit = everywhere.kit
    record = override_waiting(kit, kit.purchase())
    everywhere.sign_in("admin")
    assert "بیرون از قرارداد" in text_of(everywhere.get("/admin/"))
    page = everywhere.get(f"/admin/records/{record}/override/approve/")
    form = {"id": hidden(page, "id")}
    assert everywhere.post(f"/admin/records/{record}/override/approve/", form).status_code == 303
    assert kit.row(ServiceRecord, record).outcome is Outcome.TARIFF
    assert "بیرون از قرارداد" not in text_of(everywhere.get("/admin/"))


def test_whoever_asked_is_offered_to_withdraw_and_not_to_approve(browser: Browser, kit: Kit) -> None:
    record = override_waiting(kit, kit.purchase())
    browser.sign_in("supervisor")
    assert "بیرون از قرارداد" not in text_of(browser.get("/admin/"))
    page = browser.get(f"/admin/records/{record}/")
    assert "پس‌گرفتن" in text_of(page)
    assert "override/approve" not in page.text
    form = {"id": str(kit.rows(OverrideRequest)[0].id)}
    refused = browser.post(f"/admin/records/{record}/override/approve/", form)
    assert refused.status_code == 422
    assert "شخص دیگری باید تأیید کند" in text_of(refused)


def test_a_request_is_declined_for_a_reason_and_stays_in_the_story(browser: Browser, kit: Kit) -> None:
    record = override_waiting(kit, kit.purchase())
    browser.sign_in("admin")
    page = browser.get(f"/admin/records/{record}/override/decline/")
    form = {"id": hidden(page, "id"), "reason": ""}
    assert browser.post(f"/admin/records/{record}/override/decline/", form).status_code == 422
    assert browser.post(f"/admin/records/{record}/override/decline/", form | {"reason": "زیاد است"}).status_code == 303
    assert kit.rows(OverrideRequest)[0].status is OverrideStatus.DECLINED
    assert "ردشده" in text_of(browser.get(f"/admin/records/{record}/"))


def test_what_somebody_else_settled_meanwhile_is_a_conflict(browser: Browser, kit: Kit) -> None:
    record = override_waiting(kit, kit.purchase())
    browser.sign_in("admin")
    form = {"id": str(kit.rows(OverrideRequest)[0].id)}
    browser.post(f"/admin/records/{record}/override/approve/", form)
    again = browser.post(f"/admin/records/{record}/override/approve/", form)
    assert again.status_code == 409
    assert "درخواست در وضعیت «تأییدشده»" in text_of(again).replace("این ", "")


def test_there_is_nothing_to_settle_where_nothing_waits(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.sign_in("admin")
    assert browser.get(f"/admin/records/{record}/override/approve/").status_code == 404


def test_another_offices_requests_are_not_on_the_dashboard(browser: Browser, kit: Kit) -> None:
    override_waiting(kit, kit.purchase())
    browser.sign_in("other_agent")
    assert "بیرون از قرارداد" not in text_of(browser.get("/admin/"))
