"""What was used before the desk was introduced, entered by the page of an asset."""

import pytest

from backoffice.models import AllowanceSlot, AuditEntry
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit

REMOTE, TRAINING = "used-support-installation.remote", "used-support-training.remote"
WHY = {"reason": "کارت خدمات ۱۴۰۴"}


@pytest.fixture
def supervisor(browser: Browser) -> Browser:
    browser.sign_in("supervisor")
    return browser


def test_several_are_entered_in_one_change_and_taken_from_what_is_left(everywhere: Browser) -> None:
    kit = everywhere.kit
    asset = kit.purchase()
    everywhere.sign_in("supervisor")
    address = f"/admin/assets/{asset}/opening/"
    assert everywhere.post(address, {REMOTE: "۱", TRAINING: "1", **WHY}).status_code == 303
    page = everywhere.get(address)
    assert (hidden(page, REMOTE), hidden(page, TRAINING)) == ("۱", "۱")
    assert "۱ از ۲ باقی" in text_of(everywhere.get(f"/admin/assets/{asset}/"))
    (entry,) = kit.rows(AuditEntry, operation="set_opening_balances")
    assert (entry.entity_id, entry.actor, entry.reason) == (asset, "supervisor", WHY["reason"])


def test_more_than_the_allowance_has_is_refused_at_its_field_and_nothing_is_saved(supervisor: Browser) -> None:
    asset = supervisor.kit.purchase()
    page = supervisor.post(f"/admin/assets/{asset}/opening/", {REMOTE: "2", TRAINING: "9", **WHY})
    assert page.status_code == 409
    assert f'id="{TRAINING}-error"' in page.text
    assert "حداکثر ۱ بار" in text_of(page)
    assert (hidden(page, REMOTE), hidden(page, TRAINING)) == ("۲", "۹")
    assert supervisor.kit.rows(AllowanceSlot) == []


def test_a_number_that_is_none_saves_nothing(supervisor: Browser) -> None:
    asset = supervisor.kit.purchase()
    page = supervisor.post(f"/admin/assets/{asset}/opening/", {REMOTE: "یک", TRAINING: "1", **WHY})
    assert page.status_code == 422
    assert supervisor.kit.rows(AllowanceSlot) == []


def test_it_takes_a_reason(supervisor: Browser) -> None:
    page = supervisor.post(f"/admin/assets/{supervisor.kit.purchase()}/opening/", {REMOTE: "1"})
    assert page.status_code == 422
    assert "دلیل: این را بنویسید" in text_of(page)


def test_the_form_sent_twice_enters_once_and_says_that_nothing_changed(supervisor: Browser) -> None:
    asset = supervisor.kit.purchase()
    for said in ("ذخیره شد", "چیزی عوض نشد"):
        supervisor.post(f"/admin/assets/{asset}/opening/", {REMOTE: "1", **WHY})
        assert said in text_of(supervisor.get(f"/admin/assets/{asset}/"))
    assert len(supervisor.kit.rows(AllowanceSlot)) == 1


def test_the_trail_shows_the_numbers_in_words(browser: Browser) -> None:
    browser.sign_in("admin")
    asset = browser.kit.purchase()
    browser.post(f"/admin/assets/{asset}/opening/", {REMOTE: "1", **WHY})
    (entry,) = browser.kit.rows(AuditEntry, operation="set_opening_balances")
    page = text_of(browser.get(f"/admin/audit/{entry.id}/"))
    assert "ثبت مصرف پیشین سهمیه‌ها" in page
    assert "مصرف پیشین ‹ پشتیبانی ‹ installation ‹ remote ۰ ۱" in page


def test_an_asset_out_of_support_has_nothing_to_enter(supervisor: Browser) -> None:
    asset = supervisor.kit.purchase()
    supervisor.kit.clock.move(days=400)
    assert "اکنون سهمیه‌ای ندارد" in text_of(supervisor.get(f"/admin/assets/{asset}/opening/"))
    assert "مصرف پیشین" not in text_of(supervisor.get(f"/admin/assets/{asset}/"))


def test_who_may_not_enter_openings_is_not_offered_to(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    assert browser.get(f"/admin/assets/{asset}/opening/").status_code == 403
    assert "مصرف پیشین" not in text_of(browser.get(f"/admin/assets/{asset}/"))
