"""Addenda in the admin: terms uploaded or written, findings at their lines, a look at what they promise, then added."""

import io
from datetime import date
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from backoffice.models import AuditEntry, PlanAddendum, SupportPlan
from tests.admin.conftest import Browser, hidden, text_of

EXAMPLE = (Path(__file__).parents[3] / "docs" / "examples" / "addendum.toml").read_text(encoding="utf-8")
WRITTEN = {"terms": EXAMPLE, "effective_from": "۱۴۰۵/۰۷/۰۱", "reason": "خدمت تازه", "idempotency_key": "once"}
TAKEN = EXAMPLE.replace('outside.outcome = "tariff"', 'outside.outcome = "not_offered"', 1)


@pytest.fixture
def supervisor(browser: Browser) -> Browser:
    browser.sign_in("supervisor")
    return browser


def address(browser: Browser) -> str:
    return f"/admin/plans/{browser.kit.rows(SupportPlan)[0].id}/addendum/"


def send(browser: Browser, **given: object) -> TestResponse:
    return browser.post(address(browser), WRITTEN | given)


def test_the_plans_page_leads_whoever_may_to_the_form(supervisor: Browser) -> None:
    page = supervisor.get(address(supervisor).removesuffix("addendum/"))
    assert f'href="{address(supervisor)}"' in page.text
    supervisor.sign_in("agent")
    assert "افزودن متمم" not in text_of(supervisor.get(address(supervisor).removesuffix("addendum/")))


def test_the_form_begins_today(supervisor: Browser) -> None:
    assert hidden(supervisor.get(address(supervisor)), "effective_from") == "۱۴۰۵/۰۵/۱۰"


def test_the_preview_shows_what_is_promised_and_stores_nothing(supervisor: Browser) -> None:
    page = send(supervisor)
    assert page.status_code == 200
    assert "از ۱ مهر ۱۴۰۵ به «" in text_of(page)
    assert "در محل شرکت رایگان" in text_of(page)
    assert "۱ بار رایگان در هر بازه سهمیهٔ «مراجعه" in text_of(page)
    assert "هنوز در سامانه نصب نیست" in text_of(page)
    assert supervisor.kit.rows(PlanAddendum) == []


def test_what_the_preview_showed_is_added_and_shown_with_its_day(everywhere: Browser) -> None:
    everywhere.sign_in("supervisor")
    preview = send(everywhere)
    carried = {name: hidden(preview, name) for name in WRITTEN}
    added = everywhere.post(address(everywhere), carried | {"save": "yes"})
    assert added.status_code == 303
    row = everywhere.kit.rows(PlanAddendum)[0]
    assert (row.effective_from, row.reason, len(row.terms)) == (date(2026, 9, 23), "خدمت تازه", 4)
    assert "از ۱ مهر ۱۴۰۵ برای «calibration» (نصب نیست): خدمت تازه supervisor" in text_of(
        everywhere.get(added.headers["Location"])
    )
    assert [one.actor for one in everywhere.kit.rows(AuditEntry, entity="PlanAddendum")] == ["supervisor"]


def test_a_preview_may_be_written_on(supervisor: Browser) -> None:
    page = send(supervisor, edit="yes")
    assert page.status_code == 200
    assert "service_type = &#34;calibration&#34;" in page.text
    assert hidden(page, "idempotency_key") == "once"


def test_a_file_takes_the_place_of_what_was_written(supervisor: Browser) -> None:
    page = send(supervisor, terms="", file=(io.BytesIO(EXAMPLE.encode()), "addendum.toml"))
    assert hidden(page, "terms").replace("\r\n", "\n") == EXAMPLE


def test_sent_twice_it_is_added_once(supervisor: Browser) -> None:
    assert [send(supervisor, save="yes").status_code for _ in range(2)] == [303, 303]
    assert len(supervisor.kit.rows(PlanAddendum)) == 1


@pytest.mark.parametrize("step", ["preview", "save"])
def test_what_speaks_against_a_term_is_told_at_its_line_beside_the_terms(supervisor: Browser, step: str) -> None:
    page = send(supervisor, terms=TAKEN, **{step: "yes"})
    assert page.status_code == 422
    assert "سطر ۱۰: بند «calibration.at_company.outside» حقی را می‌گیرد" in text_of(page)
    assert "outside.outcome = &#34;not_offered&#34;" in page.text
    assert supervisor.kit.rows(PlanAddendum) == []


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"terms": "[[terms"}, "نوشتار درست نیست"),
        ({"terms": " "}, "بندها: "),
        ({"terms": "", "file": (io.BytesIO(b"\xff"), "addendum.toml")}, "UTF-8"),
        ({"effective_from": "۱۴۰۵/۱۳/۰۱"}, "چنین روزی در تقویم شمسی نیست"),
        ({"reason": ""}, "دلیل: این را بنویسید"),
    ],
)
def test_what_cannot_be_read_is_told(supervisor: Browser, given: dict[str, object], told: str) -> None:
    page = send(supervisor, **given)
    assert page.status_code == 422
    assert told in text_of(page)


def test_an_addendum_before_the_one_before_is_told_at_the_day(supervisor: Browser) -> None:
    send(supervisor, save="yes")
    other = EXAMPLE.replace("calibration", "washing")
    page = send(supervisor, terms=other, effective_from="۱۴۰۵/۰۶/۳۱", idempotency_key="again")
    assert page.status_code == 422
    assert 'id="effective_from-error"' in page.text


def test_a_draft_gets_no_addendum(supervisor: Browser) -> None:
    with supervisor.kit.desk.database.writing() as session:
        plan = supervisor.kit.rows(SupportPlan)[0]
        draft = SupportPlan(
            code="draft", version=1, name="x", document_hash=plan.document_hash, created_at=supervisor.kit.clock.now
        )
        session.add(draft)
    assert supervisor.get(f"/admin/plans/{draft.id}/addendum/").status_code == 404
