"""Suggestions to decide again in the admin: their cause, both decisions, accepted or dismissed together."""

import pytest

from backoffice.models import Charge, ChargeStatus, RatingSuggestion, ServiceRecord, SuggestionStatus
from tests.admin.conftest import Browser, text_of
from tests.admin.counting import selects
from tests.operations.reratable import late_edition, provisional, trained, void

LIST = "/admin/suggestions/"


@pytest.fixture
def finance(browser: Browser) -> Browser:
    browser.sign_in("finance")
    return browser


def suggested(browser: Browser) -> str:
    """What ticking the suggestion of a late edition adds to an address."""
    provisional(browser.kit)
    late_edition(browser.kit)
    return f"?suggestion={browser.kit.rows(RatingSuggestion)[0].id}"


def freed(browser: Browser) -> tuple[list[int], str]:
    """Two records that wait for one slot, and what ticking both adds to an address."""
    holder, *paid = trained(browser.kit, browser.kit.purchase(), 3)
    assert void(browser.kit, holder).problems == ()
    ids = [one.id for one in browser.kit.rows(RatingSuggestion)]
    return paid, "?" + "&".join(f"suggestion={one}" for one in ids)


def statuses(browser: Browser) -> list[SuggestionStatus]:
    return [one.status for one in browser.kit.rows(RatingSuggestion)]


def test_both_prices_are_shown_before_anything_is_accepted(finance: Browser) -> None:
    suggested(finance)
    page = text_of(finance.get(LIST))
    record = finance.kit.rows(ServiceRecord)[0]
    assert f"SR-{record.id:06d}" in page
    assert page.count("تومان") == 3
    assert statuses(finance) == [SuggestionStatus.SUGGESTED]


def test_each_suggestion_says_which_edition_led_to_it(finance: Browser) -> None:
    suggested(finance)
    assert "تعرفهٔ ۱۴۰۵، نسخهٔ ۳ پس از این خدمت تأیید شد" in text_of(finance.get(LIST))


def test_each_suggestion_says_whose_slot_was_given_back(finance: Browser) -> None:
    (older, younger), _ = freed(finance)
    page = text_of(finance.get(LIST))
    holder = finance.kit.rows(ServiceRecord)[0].id
    assert page.count(f"یک نوبت «آموزش از راه دور» آزاد شد از خدمت SR-{holder:06d} ، ابطال‌شده") == 2
    assert page.count("از سهمیه") == 1
    assert f"نخست نوبت SR-{older:06d} است" in page
    assert f"نخست نوبت SR-{younger:06d} است" not in page


def test_a_tab_shows_what_waits_for_one_cause(finance: Browser) -> None:
    suggested(finance)
    (older, _), _ = freed(finance)
    edition = finance.kit.rows(RatingSuggestion)[0].edition_id
    whole = text_of(finance.get(LIST))
    assert "سهمیهٔ آزادشده ۲" in whole
    assert "تعرفهٔ ۱۴۰۵، نسخهٔ ۳ ۱" in whole
    of_edition, of_slots = (text_of(finance.get(f"{LIST}?cause={cause}")) for cause in (edition, "slots"))
    number = f"SR-{older:06d}"
    assert [number in page for page in (whole, of_edition, of_slots)] == [True, False, True]


def test_ticked_suggestions_are_accepted_after_a_question(finance: Browser) -> None:
    ticked = suggested(finance)
    assert "۱ خدمت دوباره حساب می‌شود" in text_of(finance.get(LIST + "accept/" + ticked))
    assert statuses(finance) == [SuggestionStatus.SUGGESTED]
    assert finance.post(LIST + "accept/" + ticked).status_code == 303
    assert statuses(finance) == [SuggestionStatus.ACCEPTED]
    assert [one.status for one in finance.kit.rows(Charge)] == [ChargeStatus.REVERSED, ChargeStatus.PROPOSED]


def test_what_came_of_each_is_told(finance: Browser) -> None:
    _, ticked = freed(finance)
    assert finance.post(LIST + "accept/" + ticked + "&cause=slots").headers["Location"] == LIST + "?cause=slots"
    assert statuses(finance) == [SuggestionStatus.ACCEPTED, SuggestionStatus.OBSOLETE]
    page = text_of(finance.get(LIST))
    assert "۱ خدمت دوباره حساب شد" in page
    assert "۱ پیشنهاد دیگر چیزی را عوض نمی‌کرد" in page


def test_the_younger_alone_is_refused_with_the_older_ones_number(finance: Browser) -> None:
    (older, _), ticked = freed(finance)
    younger_alone = "?" + ticked.partition("&")[2]
    page = finance.post(LIST + "accept/" + younger_alone)
    assert page.status_code == 409
    assert f"سابقهٔ قدیمی‌تر SR-{older:06d}" in text_of(page)


def test_accepting_twice_changes_nothing_more(finance: Browser) -> None:
    ticked = suggested(finance)
    finance.post(LIST + "accept/" + ticked)
    assert finance.post(LIST + "accept/" + ticked).status_code == 409
    assert len(finance.kit.rows(Charge)) == 2


def test_nothing_ticked_is_refused(finance: Browser) -> None:
    page = finance.post(LIST + "accept/")
    assert page.status_code == 422
    assert "۱ تا ۲۰۰ پیشنهاد" in text_of(page)


def test_dismissing_needs_a_reason(finance: Browser) -> None:
    ticked = suggested(finance)
    assert finance.post(LIST + "dismiss/" + ticked, {"reason": " "}).status_code == 422
    assert finance.post(LIST + "dismiss/" + ticked, {"reason": "توافق شده است"}).status_code == 303
    assert statuses(finance) == [SuggestionStatus.DISMISSED]


def test_what_can_come_to_nothing_any_more_is_not_listed(finance: Browser) -> None:
    suggested(finance)
    void(finance.kit, finance.kit.rows(ServiceRecord)[0].id)
    holder, *_ = trained(finance.kit, asset := finance.kit.purchase(), 2)
    void(finance.kit, holder)
    trained(finance.kit, asset)
    assert statuses(finance) == [SuggestionStatus.SUGGESTED] * 2
    assert "پیشنهادی نمانده است" in text_of(finance.get(LIST))


def test_the_page_of_a_record_says_that_a_suggestion_waits(finance: Browser) -> None:
    (older, _), _ = freed(finance)
    address, told = f"/admin/records/{older}/", "پیشنهاد شده است که این خدمت دوباره حساب شود"
    page = finance.get(address)
    assert told in text_of(page)
    assert f"{LIST}?q=SR-{older:06d}" in page.text
    finance.sign_in("agent")
    assert told not in text_of(finance.get(address))


def test_the_list_finds_the_suggestion_of_a_record(finance: Browser) -> None:
    (_, younger), _ = freed(finance)
    page = text_of(finance.get(f"{LIST}?q=SR-{younger:06d}"))
    assert "نخست نوبت" in page
    assert page.count("از خدمت") == 1


def test_the_statements_of_the_list_do_not_grow_with_the_suggestions(everywhere: Browser) -> None:
    everywhere.sign_in("finance")
    freed(everywhere)
    everywhere.get(LIST)  # which remembers the frozen plan and tariff book
    counted = []
    for more in (1, 4):
        for _ in range(more):
            freed(everywhere)
        with selects(everywhere.kit) as seen:
            page = text_of(everywhere.get(LIST))
        assert page.count("از خدمت") == len(everywhere.kit.rows(RatingSuggestion))
        counted.append(len(seen))
    assert counted[0] == counted[1] <= 14
