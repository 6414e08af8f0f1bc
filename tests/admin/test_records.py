"""Service records: their page, completing, cancelling and voiding them by forms."""

from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.models import AllowanceSlot, Charge, ServiceRecord, SupportPlan
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit


def _complete(browser: Browser, record: int, **given: str) -> int:
    """Open the form, fill it in, look at the answer, send it."""
    page = browser.get(f"/admin/records/{record}/complete/")
    form = given | {name: hidden(page, name) for name in ("version", "idempotency_key")}
    seen = browser.post(f"/admin/records/{record}/complete/answer/", form)
    form["expected_fingerprint"] = hidden(seen, "expected_fingerprint")
    return browser.post(f"/admin/records/{record}/complete/", form).status_code


def test_a_record_is_recorded_completed_and_voided_by_forms(everywhere: Browser) -> None:
    kit = everywhere.kit
    record = kit.recorded(kit.purchase())
    assert _complete(everywhere, record, **{"minutes": "۴۵", "result-software_version": "12"}) == 303
    done = kit.row(ServiceRecord, record)
    assert (done.status, done.minutes, done.result_data) == (RecordStatus.DONE, 45, {"software_version": "12"})

    everywhere.sign_in("supervisor")
    page = everywhere.get(f"/admin/records/{record}/void/")
    form = {"version": hidden(page, "version"), "reason": "دوباره ثبت شده بود"}
    assert everywhere.post(f"/admin/records/{record}/void/", form).status_code == 303
    voided = kit.row(ServiceRecord, record)
    assert (voided.status, voided.end_reason) == (RecordStatus.VOIDED, "دوباره ثبت شده بود")
    assert all(slot.released_at for slot in kit.rows(AllowanceSlot, record_id=record))


def test_a_record_that_was_not_done_is_cancelled_with_a_reason(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    assert browser.post(f"/admin/records/{record}/cancel/", {"version": "1", "reason": "منصرف شد"}).status_code == 303
    assert kit.row(ServiceRecord, record).status is RecordStatus.CANCELLED
    assert "منصرف شد" in text_of(browser.get(f"/admin/records/{record}/"))


def test_without_a_reason_nothing_ends(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    page = browser.post(f"/admin/records/{record}/cancel/", {"version": "1", "reason": "  "})
    assert page.status_code == 422
    assert "دلیل: این را بنویسید." in text_of(page)
    assert kit.row(ServiceRecord, record).status is RecordStatus.REQUESTED


def test_ending_needs_a_post(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.get(f"/admin/records/{record}/cancel/?version=1&reason=x")
    assert kit.row(ServiceRecord, record).status is RecordStatus.REQUESTED


def test_an_old_version_is_a_conflict(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    page = browser.post(f"/admin/records/{record}/cancel/", {"version": "7", "reason": "منصرف شد"})
    assert page.status_code == 409


def test_a_record_that_ended_cannot_end_again(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.post(f"/admin/records/{record}/cancel/", {"version": "1", "reason": "منصرف شد"})
    again = browser.post(f"/admin/records/{record}/cancel/", {"version": "2", "reason": "منصرف شد"})
    assert again.status_code == 409
    assert "لغوشده" in text_of(again)


def test_completing_shows_the_answer_for_what_really_happened(browser: Browser, kit: Kit) -> None:
    customer = kit.customer()
    asset = kit.purchase(customer_id=customer, site_id=kit.site(customer, 60_000))
    record = kit.recorded(asset, mode=Mode.ON_SITE, minutes=60)
    short = browser.post(f"/admin/records/{record}/complete/answer/", {"version": "1", "minutes": "60"})
    long = browser.post(f"/admin/records/{record}/complete/answer/", {"version": "1", "minutes": "600"})
    assert "هزینه‌دار" in text_of(short)
    assert int(hidden(short, "shown_amount")) < int(hidden(long, "shown_amount"))


def test_its_own_slot_is_not_counted_when_completing(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    kit.recorded(asset)
    second = kit.recorded(asset)
    assert "بار ۲ از ۲" in text_of(browser.get(f"/admin/records/{second}/complete/"))


def test_completing_what_turned_out_otherwise_shows_the_new_answer_first(browser: Browser, kit: Kit) -> None:
    customer = kit.customer()
    record = kit.recorded(kit.purchase(customer_id=customer, site_id=kit.site(customer, 60_000)), mode=Mode.ON_SITE)
    page = browser.get(f"/admin/records/{record}/complete/")
    form = {"version": "1", "minutes": "600", "expected_fingerprint": hidden(page, "expected_fingerprint")}
    changed = browser.post(f"/admin/records/{record}/complete/", form)
    assert changed.status_code == 409
    assert hidden(changed, "expected_fingerprint") != form["expected_fingerprint"]
    assert kit.row(ServiceRecord, record).status is RecordStatus.REQUESTED


def test_nothing_is_completed_before_its_answer_was_seen(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    page = browser.post(f"/admin/records/{record}/complete/", {"version": "1"})
    assert page.status_code == 200
    assert kit.row(ServiceRecord, record).status is RecordStatus.REQUESTED


def test_the_page_tells_what_was_asked_decided_and_done(browser: Browser, kit: Kit) -> None:
    record = kit.done(kit.purchase(), minutes=25, request={"note": "نصب دوباره"})
    page = text_of(browser.get(f"/admin/records/{record}/"))
    for expected in ("انجام‌شده", "یادداشت نصب دوباره", "۲۵ دقیقه", "رایگان از سهمیه، بار ۱ از ۲", "تلفن"):
        assert expected in page


def test_the_page_offers_what_its_state_allows(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    requested, done = (
        browser.get(f"/admin/records/{record}/").text for record in (kit.recorded(asset), kit.done(asset))
    )
    assert "/complete/" in requested
    assert "/cancel/" in requested
    assert "/complete/" not in done
    assert "/cancel/" not in done


def test_a_decision_leads_to_its_plan_and_tariff_and_for_finance_to_its_charge(browser: Browser) -> None:
    kit = browser.kit
    record = kit.done(kit.purchase(), service_type="reinstallation", subject=Subject.DEVICE, minutes=60)
    plan, edition = kit.rows(SupportPlan)[0].id, kit.rows(Charge)[0].edition_id
    browser.sign_in("agent")
    seen = browser.get(f"/admin/records/{record}/").text
    assert f'href="/admin/plans/{plan}/"' in seen
    assert f'href="/admin/tariffs/{edition}/"' in seen
    assert "/admin/charges/" not in seen
    browser.sign_in("finance")
    assert f'href="/admin/charges/?q=SR-{record:06d}"' in browser.get(f"/admin/records/{record}/").text
