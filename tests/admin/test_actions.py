"""What a desk does with a record by its page: schedule, start, close, reopen."""

from datetime import UTC, datetime

import pytest

from backoffice.domain.record import RecordStatus
from backoffice.models import ServiceRecord
from backoffice.operations.services.start_service import StartService, start_service
from tests.admin.conftest import Browser, hidden, text_of
from tests.builders import Kit

SCHEDULED = {"scheduled_on": "۱۴۰۵/۰۵/۱۲", "scheduled_clock": "۰۹:۳۰"}


def _status(kit: Kit, record: int) -> RecordStatus:
    return kit.row(ServiceRecord, record).status


def _started_by_somebody_else(kit: Kit, record: int) -> None:
    assert start_service(kit.desk, kit.supervisor, StartService(id=record, version=1)).problems == ()


def test_a_record_is_scheduled_in_tehrans_time_and_given_to_somebody(everywhere: Browser) -> None:
    kit = everywhere.kit
    record, agent = kit.recorded(kit.purchase()), kit.agent.staff_id
    form = SCHEDULED | {"version": "1", "assignee_id": str(agent)}
    assert everywhere.post(f"/admin/records/{record}/schedule/", form).status_code == 303
    scheduled = kit.row(ServiceRecord, record)
    assert (scheduled.status, scheduled.assignee_id) == (RecordStatus.SCHEDULED, agent)
    assert scheduled.scheduled_at == datetime(2026, 8, 3, 6, 0, tzinfo=UTC)


def test_a_service_that_is_put_off_stays_with_its_assignee(browser: Browser, kit: Kit) -> None:
    record, agent = kit.recorded(kit.purchase()), str(kit.agent.staff_id)
    browser.post(f"/admin/records/{record}/schedule/", SCHEDULED | {"version": "1", "assignee_id": agent})
    again = browser.get(f"/admin/records/{record}/schedule/")
    assert (hidden(again, "scheduled_on"), hidden(again, "scheduled_clock")) == ("۱۴۰۵/۰۵/۱۲", "۰۹:۳۰")
    later = {"scheduled_on": "۱۴۰۵/۰۵/۱۳", "scheduled_clock": "10:00", "version": "2"}
    assert browser.post(f"/admin/records/{record}/schedule/", later).status_code == 303
    put_off = kit.row(ServiceRecord, record)
    assert str(put_off.assignee_id) == agent
    assert put_off.scheduled_at == datetime(2026, 8, 4, 6, 30, tzinfo=UTC)


def test_an_agent_is_offered_the_staff_of_their_own_office(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    page = browser.get(f"/admin/records/{record}/schedule/").text
    assert f'value="{kit.staff("supervisor").staff_id}"' in page
    assert f'value="{kit.staff("other_agent").staff_id}"' not in page
    browser.sign_in("supervisor")
    assert f'value="{kit.staff("other_agent").staff_id}"' in browser.get(f"/admin/records/{record}/schedule/").text


def test_a_time_that_is_none_is_said_beside_the_field(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    form = {"scheduled_on": "۱۴۰۵/۰۵/۱۲", "scheduled_clock": "25:00", "version": "1"}
    page = browser.post(f"/admin/records/{record}/schedule/", form)
    assert page.status_code == 422
    assert "ساعت را مانند" in text_of(page)
    assert _status(kit, record) is RecordStatus.REQUESTED


def test_somebody_who_was_faster_is_shown_beside_what_was_written(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    kit.clock.move(minutes=5)
    form = SCHEDULED | {"version": "1", "assignee_id": str(kit.agent.staff_id)}
    browser.post(f"/admin/records/{record}/schedule/", form)
    late = browser.post(f"/admin/records/{record}/schedule/", form | {"scheduled_clock": "11:15"})
    assert late.status_code == 409
    assert "کسی زودتر تغییر داده است" in text_of(late)
    assert "۱۲ مرداد ۱۴۰۵، ۰۹:۳۰" in text_of(late)
    assert (hidden(late, "scheduled_clock"), hidden(late, "version")) == ("۱۱:۱۵", "2")


def test_knowing_of_the_other_change_it_can_be_sent_again(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.post(f"/admin/records/{record}/schedule/", SCHEDULED | {"version": "1"})
    late = browser.post(f"/admin/records/{record}/schedule/", SCHEDULED | {"version": "1"})
    again = SCHEDULED | {"version": hidden(late, "version")}
    assert browser.post(f"/admin/records/{record}/schedule/", again).status_code == 303


def test_a_record_is_started_from_its_page(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    page = browser.get(f"/admin/records/{record}/")
    assert browser.post(f"/admin/records/{record}/start/", {"version": hidden(page, "version")}).status_code == 303
    assert _status(kit, record) is RecordStatus.IN_PROGRESS


def test_a_step_of_an_old_page_changes_nothing_and_shows_the_record_as_it_is(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    browser.post(f"/admin/records/{record}/schedule/", SCHEDULED | {"version": "1"})
    page = browser.post(f"/admin/records/{record}/start/", {"version": "1"})
    assert page.status_code == 409
    assert hidden(page, "version") == "2"
    assert _status(kit, record) is RecordStatus.SCHEDULED


def test_what_is_started_already_cannot_be_started(browser: Browser, kit: Kit) -> None:
    record = kit.recorded(kit.purchase())
    _started_by_somebody_else(kit, record)
    page = browser.post(f"/admin/records/{record}/start/", {"version": "2"})
    assert page.status_code == 409
    assert "سابقه در وضعیت «در حال انجام» است" in text_of(page)


def test_a_done_record_is_reopened_for_a_reason_completed_and_closed(everywhere: Browser) -> None:
    kit = everywhere.kit
    record = kit.done(kit.purchase())
    without = everywhere.post(f"/admin/records/{record}/reopen/", {"version": "1", "reason": " "})
    assert (without.status_code, _status(kit, record)) == (422, RecordStatus.DONE)
    reason = {"version": "1", "reason": "نصب ناتمام بود"}
    assert everywhere.post(f"/admin/records/{record}/reopen/", reason).status_code == 303
    assert _status(kit, record) is RecordStatus.IN_PROGRESS
    assert kit.complete(record, version=2, performed_at=kit.clock.now).problems == ()
    assert everywhere.post(f"/admin/records/{record}/close/", {"version": "3"}).status_code == 303
    assert _status(kit, record) is RecordStatus.CLOSED


@pytest.mark.parametrize("step", ["start", "close", "reopen", "schedule"])
def test_a_step_needs_a_post(browser: Browser, kit: Kit, step: str) -> None:
    record = kit.recorded(kit.purchase())
    browser.get(f"/admin/records/{record}/{step}/?version=1&reason=x")
    assert _status(kit, record) is RecordStatus.REQUESTED


def _offered(browser: Browser, record: int) -> set[str]:
    page = browser.get(f"/admin/records/{record}/").text
    every = ("schedule", "start", "complete", "close", "reopen", "cancel", "void", "override")
    return {one for one in every if f"/admin/records/{record}/{one}/" in page}


def test_the_page_offers_what_state_and_permissions_allow(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    requested, begun, done = kit.recorded(asset), kit.recorded(asset), kit.done(asset)
    _started_by_somebody_else(kit, begun)
    assert _offered(browser, requested) == {"schedule", "start", "complete", "cancel"}
    assert _offered(browser, begun) == {"complete", "cancel"}
    assert _offered(browser, done) == {"close", "reopen"}
    browser.sign_in("supervisor")
    assert _offered(browser, done) == {"close", "reopen", "void", "override"}
    browser.sign_in("viewer")
    assert _offered(browser, requested) == _offered(browser, done) == set()


def test_records_are_filtered_by_their_assignee(browser: Browser, kit: Kit) -> None:
    asset = kit.purchase()
    mine, _ = kit.recorded(asset), kit.recorded(asset)
    agent = str(kit.agent.staff_id)
    browser.post(f"/admin/records/{mine}/schedule/", SCHEDULED | {"version": "1", "assignee_id": agent})
    page = text_of(browser.get(f"/admin/records/?assignee={agent}"))
    assert "خدمات ۱" in page
    assert "کارشناس: خودم" in page
    assert f"SR-{mine:06d}" in page


def test_the_dashboard_tells_my_work_from_that_of_others(browser: Browser, kit: Kit) -> None:
    mine = kit.recorded(kit.purchase(customer_id=kit.customer(name="مشتری من")))
    kit.recorded(kit.purchase(customer_id=kit.customer(name="مشتری دیگران")))
    form = SCHEDULED | {"version": "1", "assignee_id": str(kit.agent.staff_id)}
    browser.post(f"/admin/records/{mine}/schedule/", form)
    page = text_of(browser.get("/admin/"))
    ours, others = page.split("صف من", 1)[1].split("پایان پشتیبانی", 1)[0].split("صف باز", 1)
    assert "مشتری من" in ours
    assert "مشتری من" not in others
    assert "مشتری دیگران" in others
