"""Staff, tokens and the audit trail in the admin."""

import re
from html import unescape

import pytest
from werkzeug.test import TestResponse

from backoffice.access.tokens import is_well_formed, token_hash
from backoffice.models import ApiToken, AuditEntry, Staff
from tests.admin.conftest import Browser, text_of
from tests.builders import OTHER_OFFICE


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in("admin")
    return browser


def member(browser: Browser, username: str) -> Staff:
    return browser.kit.rows(Staff, username=username)[0]


def secret(page: TestResponse) -> str:
    """What the page shows once."""
    found = re.search(r'<output class="secret"[^>]*>(.*?)</output>', page.text)
    assert found is not None, text_of(page)
    return unescape(found[1])


def new_member(browser: Browser, **given: str) -> TestResponse:
    usual = {"name": "نسرین صالحی", "username": "nasrin", "role": "agent", "office": "HQ"}
    return browser.post("/admin/staff/new/", usual | given)


def test_a_new_member_gets_a_password_that_is_shown_once(admin: Browser) -> None:
    page = new_member(admin)
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    password = secret(page)
    assert len(password) >= 12
    added = member(admin, "nasrin")
    assert password not in admin.get(f"/admin/staff/{added.id}/").text


def test_a_taken_user_name_is_told_at_its_field(admin: Browser) -> None:
    page = new_member(admin, username="agent")
    assert page.status_code == 422
    assert re.search(r'id="username-error".*?نام کاربری «agent» گرفته شده است', page.text, re.DOTALL)


def test_roles_are_set_together(admin: Browser) -> None:
    key = member(admin, "agent").id
    sent = {"roles": ["finance", "supervisor"]}
    assert admin.post(f"/admin/staff/{key}/roles/", sent).status_code == 303
    page = text_of(admin.get(f"/admin/staff/{key}/"))
    assert "مالی" in page
    assert "سرپرست" in page


def test_a_member_without_a_role_is_refused(admin: Browser) -> None:
    key = member(admin, "agent").id
    assert admin.post(f"/admin/staff/{key}/roles/").status_code == 422


def test_a_member_moves_to_another_office(admin: Browser) -> None:
    key = member(admin, "agent").id
    assert re.findall(r'<option value="(\w*)"', admin.get(f"/admin/staff/{key}/office/").text) == [OTHER_OFFICE]
    assert admin.post(f"/admin/staff/{key}/office/", {"office": OTHER_OFFICE}).status_code == 303
    assert "نمایندگی تبریز" in text_of(admin.get(f"/admin/staff/{key}/"))
    assert admin.post(f"/admin/staff/{key}/office/", {"office": OTHER_OFFICE}).status_code == 422


def test_the_last_manager_stays(admin: Browser) -> None:
    key = member(admin, "admin").id
    page = admin.post(f"/admin/staff/{key}/deactivate/", {"reason": ""})
    assert page.status_code == 409
    assert "کسی نمی‌ماند که کارکنان را مدیریت کند" in text_of(page)


def test_a_member_is_deactivated_after_a_question_and_comes_back(admin: Browser) -> None:
    key = member(admin, "agent").id
    assert "نشست‌های باز او بسته" in text_of(admin.get(f"/admin/staff/{key}/deactivate/"))
    assert member(admin, "agent").active
    assert admin.post(f"/admin/staff/{key}/deactivate/", {"reason": "رفت"}).status_code == 303
    assert not member(admin, "agent").active
    assert admin.post(f"/admin/staff/{key}/reactivate/").status_code == 303
    assert member(admin, "agent").active


def test_who_left_is_offered_to_come_back_and_nothing_else(admin: Browser) -> None:
    key = member(admin, "agent").id
    admin.post(f"/admin/staff/{key}/deactivate/", {"reason": "رفت"})
    offered = re.findall(rf"/admin/staff/{key}/(\w+)/", admin.get(f"/admin/staff/{key}/").text)
    assert offered == ["reactivate", "roles"]


def test_a_new_password_takes_the_place_of_the_old_one(admin: Browser) -> None:
    before = member(admin, "agent")
    page = admin.post(f"/admin/staff/{before.id}/password/")
    assert len(secret(page)) >= 12
    after = member(admin, "agent")
    assert after.password != before.password
    assert after.fs_uniquifier != before.fs_uniquifier


def test_the_matrix_says_which_role_may_what(admin: Browser) -> None:
    page = text_of(admin.get("/admin/staff/roles/"))
    assert "تأیید تعرفه tariff.approve ندارد ندارد ندارد دارد دارد" in page


def test_a_token_is_shown_once_and_listed_by_its_beginning(admin: Browser) -> None:
    sent = {"name": "سایت", "username": "agent", "days": "۳۰", "scopes": ["customer.read"]}
    made = secret(admin.post("/admin/tokens/new/", sent))
    assert is_well_formed(made)
    assert admin.kit.rows(ApiToken, token_hash=token_hash(made)) != []
    listed = admin.get("/admin/tokens/").text
    assert made not in listed
    assert made[:9] in listed


def test_a_token_is_made_for_one_of_those_who_work_here(admin: Browser) -> None:
    key = member(admin, "agent").id
    assert '<option value="agent">' in admin.get("/admin/tokens/new/").text
    admin.post(f"/admin/staff/{key}/deactivate/", {"reason": "رفت"})
    assert '<option value="agent">' not in admin.get("/admin/tokens/new/").text


def test_a_token_for_nobody_is_told_at_its_field(admin: Browser) -> None:
    page = admin.post("/admin/tokens/new/", {"name": "سایت", "username": "nobody", "days": "30"})
    assert page.status_code == 422
    assert re.search(r'id="username-error"', page.text)


def test_a_token_is_revoked_once(admin: Browser) -> None:
    admin.post("/admin/tokens/new/", {"name": "سایت", "username": "agent", "days": "30"})
    address = f"/admin/tokens/{admin.kit.rows(ApiToken)[0].id}/revoke/"
    assert admin.get(address).status_code == 200
    assert admin.post(address).status_code == 303
    assert admin.post(address).status_code == 409
    assert "باطل‌شده" in text_of(admin.get("/admin/tokens/"))


def test_the_trail_shows_a_change_before_and_after(admin: Browser) -> None:
    key = member(admin, "agent").id
    admin.post(f"/admin/staff/{key}/roles/", {"roles": ["viewer"]})
    entry = admin.kit.rows(AuditEntry, operation="set_staff_roles")[0]
    page = text_of(admin.get(f"/admin/audit/{entry.id}/"))
    assert "نقش‌ها کارشناس بیننده" in page
    assert "۱ مقدار بی‌تغییر" in page


def test_an_entry_leads_to_what_it_is_about(admin: Browser) -> None:
    key = member(admin, "agent").id
    admin.post(f"/admin/staff/{key}/roles/", {"roles": ["viewer"]})
    entry = admin.kit.rows(AuditEntry, operation="set_staff_roles")[0]
    assert f'<a href="/admin/staff/{key}/">صفحهٔ آن</a>' in admin.get(f"/admin/audit/{entry.id}/").text


def test_what_the_command_line_did_is_told_so(admin: Browser) -> None:
    entry = admin.kit.rows(AuditEntry, operation="add_staff")[0]
    assert "کاربر خط فرمان" in text_of(admin.get(f"/admin/audit/{entry.id}/"))


def test_the_trail_is_filtered_by_all_that_is_asked(admin: Browser) -> None:
    key = member(admin, "agent").id
    admin.post(f"/admin/staff/{key}/roles/", {"roles": ["viewer"]})
    who = admin.kit.staff("admin").staff_id
    page = admin.get(f"/admin/audit/?operation=set_staff_roles&entity=Staff&staff_id={who}&q={key}&from=۱۴۰۵/۰۵/۱۰")
    assert "گزارش تغییرات ۱" in text_of(page)
    assert "گزارش تغییرات ۰" in text_of(admin.get("/admin/audit/?operation=set_staff_roles&to=۱۴۰۵/۰۵/۰۹"))


def test_a_day_that_is_none_is_told_and_filters_nothing(admin: Browser) -> None:
    page = admin.get("/admin/audit/?from=دیروز")
    assert page.status_code == 422
    assert "چنین روزی در تقویم شمسی نیست" in text_of(page)


def test_every_operation_and_every_subject_of_the_trail_has_words(admin: Browser) -> None:
    found = re.findall(
        r'<a class="name" href="/admin/audit/\d+/">(.*?)</a></td>\s*<td>(\w+)', admin.get("/admin/audit/").text
    )
    assert found
    assert [pair for pair in found if re.search("[a-z]", "".join(pair))] == []
