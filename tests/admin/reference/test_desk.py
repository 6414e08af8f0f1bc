"""Offices, channels and charges in the admin."""

import re

import pytest

from backoffice.domain.service import Subject
from backoffice.models import Channel, Charge, ChargeStatus, Office
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from tests.admin.conftest import Browser, text_of
from tests.builders import Kit


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in("admin")
    return browser


def charged(kit: Kit) -> int:
    """The id of a charge that a decision proposed."""
    record = kit.done(kit.purchase(), service_type="reinstallation", subject=Subject.DEVICE, minutes=60)
    return kit.rows(Charge, record_id=record)[0].id


def statuses(kit: Kit) -> list[ChargeStatus]:
    return [charge.status for charge in kit.rows(Charge)]


def test_a_new_office_is_listed(admin: Browser) -> None:
    sent = {"code": "SHIRAZ", "name": "شعبهٔ شیراز", "kind": "branch"}
    assert admin.post("/admin/offices/new/", sent).status_code == 303
    assert "شعبهٔ شیراز SHIRAZ شعبه" in text_of(admin.get("/admin/offices/"))


def test_a_taken_code_is_told_at_its_field(admin: Browser) -> None:
    page = admin.post("/admin/offices/new/", {"code": "HQ", "name": "دیگر", "kind": "branch"})
    assert page.status_code == 422
    assert 'id="code-error"' in page.text


def test_the_origin_moves_after_a_question(admin: Browser) -> None:
    tabriz = admin.kit.rows(Office, code="TABRIZ")[0]
    address = f"/admin/offices/{tabriz.id}/origin/"
    assert "فاصلهٔ ۰ محل از این دفتر ثبت شده است" in text_of(admin.get(address))
    assert not admin.kit.rows(Office, code="TABRIZ")[0].is_origin
    assert admin.post(address).status_code == 303
    assert [office.code for office in admin.kit.rows(Office, is_origin=True)] == ["TABRIZ"]


def test_an_office_is_renamed(admin: Browser) -> None:
    tabriz = admin.kit.rows(Office, code="TABRIZ")[0]
    sent = {"name": "شعبهٔ تبریز", "kind": "branch"}
    assert admin.post(f"/admin/offices/{tabriz.id}/edit/", sent).status_code == 303
    assert admin.kit.row(Office, tabriz.id).name == "شعبهٔ تبریز"


def test_a_channel_is_added_and_switched_off(admin: Browser) -> None:
    sent = {"code": "sms", "label_fa": "پیامک", "label_en": "SMS"}
    assert admin.post("/admin/channels/new/", sent).status_code == 303
    kept = {"label_fa": "پیامک", "label_en": "SMS", "position": "۰"}
    assert admin.post("/admin/channels/edit/?code=sms", kept).status_code == 303
    channel = admin.kit.rows(Channel, code="sms")[0]
    assert (channel.active, channel.position) == (False, 0)


def test_a_channel_code_in_capitals_is_told_at_its_field(admin: Browser) -> None:
    page = admin.post("/admin/channels/new/", {"code": "SMS", "label_fa": "پیامک", "label_en": "SMS"})
    assert page.status_code == 422
    assert 'id="code-error"' in page.text


def test_ticked_charges_are_shown_with_their_sum_before_they_are_confirmed(admin: Browser) -> None:
    keys = [charged(admin.kit), charged(admin.kit)]
    page = admin.get("/admin/charges/confirm/?" + "&".join(f"charge={key}" for key in keys))
    assert "جمع ۲ هزینه" in text_of(page)
    assert set(statuses(admin.kit)) == {ChargeStatus.PROPOSED}


def test_ticked_charges_are_confirmed_together(admin: Browser) -> None:
    keys = [charged(admin.kit), charged(admin.kit)]
    assert admin.post("/admin/charges/confirm/", {"charge": [str(key) for key in keys]}).status_code == 303
    assert statuses(admin.kit) == [ChargeStatus.CONFIRMED] * 2
    assert "۲ هزینه تأیید شد" in text_of(admin.get("/admin/charges/"))


def test_confirming_twice_confirms_once(admin: Browser) -> None:
    sent = {"charge": [str(charged(admin.kit))]}
    admin.post("/admin/charges/confirm/", sent)
    again = admin.post("/admin/charges/confirm/", sent)
    assert again.status_code == 409
    assert "۱ هزینه دیگر پیشنهادی نیست" in text_of(again)


def test_a_charge_that_another_confirmed_keeps_no_other_back(admin: Browser) -> None:
    kit = admin.kit
    keys = [charged(kit), charged(kit)]
    assert confirm_charge(kit.desk, kit.staff("finance"), ConfirmCharge(id=keys[0])).problems == ()
    admin.post("/admin/charges/confirm/", {"charge": [str(key) for key in keys]})
    assert statuses(kit) == [ChargeStatus.CONFIRMED] * 2


@pytest.mark.parametrize("text", ["", "x", "۱", "9" * 30, "-1"])
def test_a_charge_that_is_none_is_not_confirmed(admin: Browser, text: str) -> None:
    charged(admin.kit)
    assert "هزینه‌ای برگزیده نشده است" in text_of(admin.get(f"/admin/charges/confirm/?charge={text}"))


def test_charges_are_listed_by_their_status(admin: Browser) -> None:
    charged(admin.kit)
    assert "هزینه‌ها ۱" in text_of(admin.get("/admin/charges/?status=proposed"))
    assert "هزینه‌ها ۰" in text_of(admin.get("/admin/charges/?status=reversed"))


def test_only_a_proposed_charge_can_be_ticked(admin: Browser) -> None:
    key = charged(admin.kit)
    assert re.search(rf'name="charge" value="{key}"', admin.get("/admin/charges/").text)
    admin.post("/admin/charges/confirm/", {"charge": [str(key)]})
    assert not re.search(r'type="checkbox" form="ticked"', admin.get("/admin/charges/").text)
