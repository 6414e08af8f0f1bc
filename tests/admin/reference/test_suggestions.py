"""Pricing again in the admin: both prices side by side, accepted or dismissed together."""

import pytest

from backoffice.models import Charge, ChargeStatus, RatingSuggestion, ServiceRecord, SuggestionStatus
from tests.admin.conftest import Browser, text_of
from tests.operations.test_reratings import done, late_edition


@pytest.fixture
def finance(browser: Browser) -> Browser:
    browser.sign_in("finance")
    return browser


def suggested(browser: Browser) -> tuple[str, str]:
    """The page of an edition with a suggestion, and what ticking that one adds to an address."""
    done(browser.kit)
    edition = late_edition(browser.kit)
    return f"/admin/suggestions/{edition}/", f"?suggestion={browser.kit.rows(RatingSuggestion)[0].id}"


def statuses(browser: Browser) -> list[SuggestionStatus]:
    return [one.status for one in browser.kit.rows(RatingSuggestion)]


def test_both_prices_are_shown_before_anything_is_accepted(finance: Browser) -> None:
    address, _ = suggested(finance)
    page = text_of(finance.get(address))
    record = finance.kit.rows(ServiceRecord)[0]
    assert f"SR-{record.id:06d}" in page
    assert page.count("تومان") == 3
    assert statuses(finance) == [SuggestionStatus.SUGGESTED]


def test_the_list_counts_what_waits_for_an_edition(finance: Browser) -> None:
    suggested(finance)
    assert "تعرفهٔ ۱۴۰۵، نسخهٔ ۳" in text_of(finance.get("/admin/suggestions/"))
    assert "۱ پیشنهاد" in text_of(finance.get("/admin/suggestions/"))


def test_ticked_suggestions_are_accepted_after_a_question(finance: Browser) -> None:
    address, ticked = suggested(finance)
    assert "برای ۱ خدمت" in text_of(finance.get(address + "accept/" + ticked))
    assert statuses(finance) == [SuggestionStatus.SUGGESTED]
    assert finance.post(address + "accept/" + ticked).status_code == 303
    assert statuses(finance) == [SuggestionStatus.ACCEPTED]
    assert [one.status for one in finance.kit.rows(Charge)] == [ChargeStatus.REVERSED, ChargeStatus.PROPOSED]


def test_accepting_twice_changes_nothing_more(finance: Browser) -> None:
    address, ticked = suggested(finance)
    finance.post(address + "accept/" + ticked)
    assert finance.post(address + "accept/" + ticked).status_code == 409
    assert len(finance.kit.rows(Charge)) == 2


def test_nothing_ticked_is_refused(finance: Browser) -> None:
    address, _ = suggested(finance)
    page = finance.post(address + "accept/")
    assert page.status_code == 422
    assert "۱ تا ۲۰۰ پیشنهاد" in text_of(page)


def test_dismissing_needs_a_reason(finance: Browser) -> None:
    address, ticked = suggested(finance)
    assert finance.post(address + "dismiss/" + ticked, {"reason": " "}).status_code == 422
    assert finance.post(address + "dismiss/" + ticked, {"reason": "توافق شده است"}).status_code == 303
    assert statuses(finance) == [SuggestionStatus.DISMISSED]
