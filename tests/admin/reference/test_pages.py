"""Every page of reference data: it opens for who may, for nobody else, in Persian and within its statements."""

import re

import pytest

from backoffice.domain.service import Subject
from backoffice.models import ApiToken, AuditEntry, Charge, Office, Staff, SupportPlan, TariffEdition
from backoffice.operations.staff.create_token import CreateToken, create_token
from tests.admin.conftest import Browser, text_of
from tests.admin.counting import selects
from tests.builders import ROLES, Kit

WHO = {
    "/admin/plans/": ROLES,
    "/admin/plans/{plan}/": ROLES,
    "/admin/plans/import/": ("supervisor", "admin"),
    "/admin/plans/{plan}/publish/": ("supervisor", "admin"),
    "/admin/plans/{plan}/addendum/": ("supervisor", "admin"),
    "/admin/tariffs/": ROLES,
    "/admin/tariffs/{edition}/": ROLES,
    "/admin/tariffs/{edition}/approve/": ("finance", "admin"),
    "/admin/tariffs/import/": ("finance", "admin"),
    "/admin/tariffs/mapping/": ROLES,
    "/admin/tariffs/mapping/edit/?service=*": ("finance", "admin"),
    "/admin/tariffs/mapping/remove/?service=installation": ("finance", "admin"),
    "/admin/taxes/": ROLES,
    "/admin/taxes/import/": ("finance", "admin"),
    "/admin/offices/": ("admin",),
    "/admin/offices/new/": ("admin",),
    "/admin/offices/{office}/edit/": ("admin",),
    "/admin/offices/{office}/origin/": ("admin",),
    "/admin/channels/": ("admin",),
    "/admin/channels/new/": ("admin",),
    "/admin/channels/edit/?code=phone": ("admin",),
    "/admin/charges/": ("finance", "admin"),
    "/admin/charges/confirm/?charge={charge}": ("finance", "admin"),
    "/admin/suggestions/": ("supervisor", "finance", "admin"),
    "/admin/suggestions/accept/?suggestion=1": ("supervisor", "finance", "admin"),
    "/admin/suggestions/dismiss/?suggestion=1": ("supervisor", "finance", "admin"),
    "/admin/staff/": ("admin",),
    "/admin/staff/roles/": ("admin",),
    "/admin/staff/new/": ("admin",),
    "/admin/staff/{staff}/": ("admin",),
    "/admin/staff/{staff}/roles/": ("admin",),
    "/admin/staff/{staff}/office/": ("admin",),
    "/admin/staff/{staff}/deactivate/": ("admin",),
    "/admin/staff/{staff}/reactivate/": ("admin",),
    "/admin/staff/{staff}/password/": ("admin",),
    "/admin/tokens/": ("admin",),
    "/admin/tokens/new/": ("admin",),
    "/admin/tokens/{token}/revoke/": ("admin",),
    "/admin/audit/": ("admin",),
    "/admin/audit/?q=agent&operation=record_service&entity=ServiceRecord&from=۱۴۰۵/۰۱/۰۱": ("admin",),
    "/admin/audit/{entry}/": ("admin",),
}
FORBIDDEN = re.compile(
    r"""\sstyle=|\son[a-z]+=|javascript:|<style|<script(?![^>]*\ssrc=)|(?:src|href|action)="(?:https?:)?//"""
)
PERSIAN = re.compile("[\u0600-\u06ff]")


@pytest.fixture
def places(kit: Kit) -> dict[str, int]:
    """The key of one object of each kind."""
    return places_of(kit)


def places_of(kit: Kit) -> dict[str, int]:
    kit.done(kit.purchase(), service_type="reinstallation", subject=Subject.DEVICE, minutes=60)
    token = create_token(kit.desk, kit.staff("admin"), CreateToken(username="agent", name="سایت"))
    assert token.problems == ()
    return {
        "plan": kit.rows(SupportPlan)[0].id,
        "edition": kit.rows(TariffEdition)[0].id,
        "office": kit.rows(Office, code="TABRIZ")[0].id,
        "charge": kit.rows(Charge)[0].id,
        "staff": kit.rows(Staff, username="agent")[0].id,
        "token": kit.rows(ApiToken)[0].id,
        "entry": kit.rows(AuditEntry)[-1].id,
    }


def test_each_page_opens_for_whoever_may_and_for_nobody_else(browser: Browser, places: dict[str, int]) -> None:
    answers = {}
    for address in WHO:
        for role in ROLES:
            browser.sign_in(role)
            answers[address, role] = browser.get(address.format(**places)).status_code
    expected = {(address, role): 200 if role in roles else 403 for address, roles in WHO.items() for role in ROLES}
    assert answers == expected


def test_each_page_is_in_persian_with_nothing_that_the_security_policy_forbids(
    browser: Browser, places: dict[str, int]
) -> None:
    browser.sign_in("admin")
    for address in WHO:
        page = browser.get(address.format(**places))
        assert PERSIAN.search(text_of(page)), address
        assert FORBIDDEN.findall(page.text) == [], address


@pytest.mark.parametrize(
    "address",
    [
        "/admin/plans/999999/",
        "/admin/plans/999999/addendum/",
        "/admin/tariffs/999999/",
        "/admin/tariffs/999999/approve/",
        "/admin/tariffs/mapping/edit/?service=magic",
        "/admin/offices/999999/edit/",
        "/admin/channels/edit/?code=pigeon",
        "/admin/channels/edit/",
        "/admin/staff/999999/",
        "/admin/tokens/999999/revoke/",
        "/admin/audit/999999/",
    ],
)
def test_what_is_not_there_has_a_page_that_says_so(browser: Browser, address: str) -> None:
    browser.sign_in("admin")
    page = browser.get(address)
    assert page.status_code == 404
    assert "پیدا نشد" in text_of(page)


def test_the_menu_has_two_groups_for_who_manages(browser: Browser) -> None:
    browser.sign_in("admin")
    menu = re.search(r'<nav aria-label="بخش‌ها">.*?</nav>', browser.get("/admin/").text, re.DOTALL)
    assert menu is not None
    assert re.findall(r"<h2>(.*?)</h2>", menu[0]) == ["داده‌های پایه", "مدیریت"]


def test_the_menu_shows_an_agent_no_management(browser: Browser) -> None:
    menu = browser.get("/admin/").text
    assert "تعرفه‌ها" in menu
    for hidden in ("کارکنان", "توکن‌ها", "گزارش تغییرات", "روش‌های ارتباط", "هزینه‌ها"):
        assert hidden not in menu


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/admin/plans/", 1),
        ("/admin/plans/{plan}/", 2),
        ("/admin/tariffs/", 1),
        ("/admin/tariffs/{edition}/", 12),
        ("/admin/tariffs/mapping/", 1),
        ("/admin/taxes/", 1),
        ("/admin/offices/", 1),
        ("/admin/channels/", 1),
        ("/admin/staff/", 2),
        ("/admin/tokens/", 1),
        ("/admin/audit/", 4),
        ("/admin/audit/{entry}/", 1),
        ("/admin/charges/", 2),
        ("/admin/charges/confirm/?charge={charge}", 1),
        ("/admin/suggestions/", 14),
    ],
)
def test_statements_do_not_grow_with_the_rows(everywhere: Browser, address: str, most: int) -> None:
    kit = everywhere.kit
    place = address.format(**places_of(kit))
    everywhere.sign_in("admin")
    with selects(kit) as few:
        assert everywhere.get(place).status_code == 200
    for _ in range(3):
        places_of(kit)
    with selects(kit) as many:
        assert everywhere.get(place).status_code == 200
    assert len(many) == len(few) <= most, many
