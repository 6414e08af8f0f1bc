"""Recording a service by its form: the answer before saving, the saving, and what stands in its way."""

from typing import Any

import pytest
from werkzeug.test import TestResponse

from backoffice.domain.record import RecordStatus
from backoffice.models import AllowanceSlot, Asset, ServiceRecord
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit


def _form(asset: int, **given: Any) -> dict[str, Any]:
    usual = {"asset_id": str(asset), "service": "installation", "mode": "remote", "channel": "phone"}
    return usual | {"shown": f"{given.get('service', 'installation')}|"} | given


def _address(kit: Kit, asset: int, end: str = "") -> str:
    return f"/admin/records/new/{end}?customer={kit.row(Asset, asset).customer_id}"


def _answer(browser: Browser, asset: int, **given: Any) -> TestResponse:
    return browser.post(_address(browser.kit, asset, "answer/"), _form(asset, **given), HX_Request="true")


def _sent(browser: Browser, asset: int, **given: Any) -> TestResponse:
    """Fill in the form, look at the answer, send it."""
    seen = _answer(browser, asset, **given)
    form = _form(asset, **given) | {"expected_fingerprint": hidden(seen, "expected_fingerprint")}
    return browser.post(_address(browser.kit, asset), form)


def _recorded(browser: Browser, response: TestResponse) -> ServiceRecord:
    assert response.status_code == 303, text_of(response)
    return browser.kit.row(ServiceRecord, int(response.headers["Location"].strip("/").split("/")[-1]))


@pytest.fixture
def asset(kit: Kit) -> int:
    return kit.purchase()


def test_the_answer_says_which_use_of_the_allowance_it_would_be(everywhere: Browser) -> None:
    answer = text_of(_answer(everywhere, everywhere.kit.purchase()))
    assert "رایگان از سهمیه، بار ۱ از ۲" in answer
    assert "سهمیهٔ نصب از راه دور: این بار ۱ از ۲." in answer


def test_the_answer_says_what_it_costs_line_by_line(browser: Browser, kit: Kit) -> None:
    site = kit.customer()
    far = kit.purchase(customer_id=site, site_id=kit.site(site, 60_000))
    answer = text_of(_answer(browser, far, mode="on_site"))
    assert "هزینه‌دار:" in answer
    assert "فاصلهٔ مشتری ۶۰ کیلومتر است" in answer
    assert "رفت‌وآمد" in answer
    assert "مالیات بر ارزش افزوده" in answer


def test_the_answer_names_the_input_it_lacks(browser: Browser, asset: int) -> None:
    answer = text_of(_answer(browser, asset, mode="on_site"))
    assert "برای پاسخ لازم است: فاصلهٔ محل مشتری" in answer


def test_the_answer_announces_a_quote(browser: Browser, asset: int) -> None:
    assert "با اعلام هزینه" in text_of(_answer(browser, asset, service="customization"))


def test_a_free_service_says_why(browser: Browser, asset: int) -> None:
    answer = text_of(_answer(browser, asset, service="troubleshooting"))
    assert "رایگان" in answer
    assert "این خدمت در بازهٔ پشتیبانی رایگان است" in answer


def test_without_a_service_there_is_no_answer_yet(browser: Browser, asset: int) -> None:
    assert "خدمت را برگزینید" in text_of(_answer(browser, asset, service=""))


def test_input_that_cannot_be_gives_problems_in_the_place_of_an_answer(browser: Browser, asset: int) -> None:
    answer = _answer(browser, asset, done="y", performed_on="۱۴۰۵/۱۲/۰۱", shown="installation|done")
    assert "نمی‌تواند در آینده باشد" in text_of(answer)
    assert "expected_fingerprint" not in answer.text


def test_choosing_another_type_brings_its_fields(browser: Browser, asset: int) -> None:
    other = _answer(browser, asset, service="training", shown="installation|")
    assert 'id="service-fields" hx-swap-oob="true"' in other.text
    assert "request-topic" in other.text


def test_changing_what_the_fields_do_not_depend_on_leaves_them_alone(browser: Browser, asset: int) -> None:
    assert "service-fields" not in _answer(browser, asset, mode="at_company").text


def test_a_mode_that_another_type_left_behind_gives_way(browser: Browser, asset: int) -> None:
    answer = _answer(browser, asset, service="success_call", mode="remote", shown="installation|")
    assert "رایگان" in text_of(answer)


def test_what_was_seen_is_recorded(everywhere: Browser) -> None:
    kit = everywhere.kit
    record = _recorded(everywhere, _sent(everywhere, kit.purchase(), **{"request-note": "نصب دوباره"}))
    assert record.status is RecordStatus.REQUESTED
    assert record.request_data == {"note": "نصب دوباره"}
    assert len(kit.rows(AllowanceSlot, record_id=record.id)) == 1


def test_a_call_just_answered_is_one_step(browser: Browser, asset: int) -> None:
    call = {
        "service": "troubleshooting",
        "mode": "phone",
        "done": "y",
        "minutes": "۱۲",
        "shown": "troubleshooting|done",
    }
    record = _recorded(browser, _sent(browser, asset, **call))
    assert record.status is RecordStatus.DONE
    assert record.minutes == 12


def test_nothing_is_saved_before_its_answer_was_seen(browser: Browser, kit: Kit, asset: int) -> None:
    page = browser.post(_address(kit, asset), _form(asset))
    assert page.status_code == 200
    assert "پاسخ را ببینید" in text_of(page)
    assert "رایگان از سهمیه، بار ۱ از ۲" in text_of(page)
    assert kit.rows(ServiceRecord) == []


def test_without_scripts_the_second_sending_records(browser: Browser, kit: Kit, asset: int) -> None:
    first = browser.post(_address(kit, asset), _form(asset))
    again = _form(asset, expected_fingerprint=hidden(first, "expected_fingerprint"), shown=hidden(first, "shown"))
    _recorded(browser, browser.post(_address(kit, asset), again))


def test_a_decision_that_changed_is_shown_beside_the_one_that_was_seen(everywhere: Browser) -> None:
    kit = everywhere.kit
    asset = kit.purchase()
    seen = _answer(everywhere, asset)
    kit.recorded(asset)
    kit.recorded(asset)
    page = everywhere.post(
        _address(kit, asset),
        _form(asset) | {name: hidden(seen, name) for name in ("expected_fingerprint", "shown_outcome", "shown_amount")},
    )
    shown = text_of(page)
    assert page.status_code == 409
    assert "آنچه دیدید از سهمیه" in shown
    assert "پاسخ کنونی هزینه‌دار:" in shown
    assert len(kit.rows(ServiceRecord)) == 2


def test_the_new_decision_may_then_be_accepted(browser: Browser, kit: Kit, asset: int) -> None:
    seen = _answer(browser, asset)
    kit.recorded(asset)
    kit.recorded(asset)
    form = _form(asset, expected_fingerprint=hidden(seen, "expected_fingerprint"))
    changed = browser.post(_address(kit, asset), form)
    accepted = form | {"expected_fingerprint": hidden(changed, "expected_fingerprint")}
    record = _recorded(browser, browser.post(_address(kit, asset), accepted))
    assert record.amount


def test_sending_a_form_twice_records_once(browser: Browser, kit: Kit, asset: int) -> None:
    seen = _answer(browser, asset)
    form = _form(asset, idempotency_key="one", expected_fingerprint=hidden(seen, "expected_fingerprint"))
    first, second = (browser.post(_address(kit, asset), form) for _ in range(2))
    assert first.headers["Location"] == second.headers["Location"]
    assert len(kit.rows(ServiceRecord)) == 1


def test_a_refusal_is_explained_and_leaves_nothing(browser: Browser, kit: Kit, asset: int) -> None:
    page = _sent(browser, asset, mode="on_site")
    assert page.status_code == 422
    assert "فاصلهٔ محل مشتری" in text_of(page)
    assert kit.rows(ServiceRecord) == []


def test_a_service_that_needs_an_asset_says_so_beside_the_field(browser: Browser, kit: Kit, asset: int) -> None:
    seen = _answer(browser, asset, asset_id="")
    form = _form(asset, asset_id="", expected_fingerprint=hidden(seen, "expected_fingerprint"))
    page = browser.post(_address(kit, asset), form)
    assert page.status_code == 422
    assert "دستگاه: این مقدار لازم است." in text_of(page)


def test_what_was_typed_wrong_stays_in_the_form(browser: Browser, kit: Kit, asset: int) -> None:
    page = browser.post(_address(kit, asset), _form(asset, minutes="بیست"))
    assert page.status_code == 422
    assert 'value="بیست"' in page.text


def test_a_posted_service_that_is_none_is_refused(browser: Browser, kit: Kit, asset: int) -> None:
    assert browser.post(_address(kit, asset), _form(asset, service="magic")).status_code == 422


def test_opened_over_a_page_the_form_comes_without_its_frame(browser: Browser, kit: Kit, asset: int) -> None:
    part = browser.get(_address(kit, asset), HX_Request="true")
    assert "<html" not in part.text
    assert 'id="drawer-title"' in part.text


def test_the_first_step_is_to_find_the_customer(browser: Browser, kit: Kit) -> None:
    kit.customer(name="علی کریمی", phones=("۰۹۱۲۳۴۵۶۷۸۹",))
    for typed in ("علي كريمي", "09123456789", "۰۹۱۲۳۴۵"):
        assert "علی کریمی" in text_of(browser.get(f"/admin/records/new/?q={typed}"))


def test_another_customers_asset_cannot_be_named(browser: Browser, kit: Kit, asset: int) -> None:
    page = browser.post(_address(kit, asset), _form(asset, asset_id=str(kit.purchase())))
    assert page.status_code == 422
