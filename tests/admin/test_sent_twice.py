"""Every form that makes something, sent twice: by a double click, or with the back button and once more."""

import io
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from backoffice import models
from backoffice.models.base import Base
from tests.admin.conftest import Browser, text_of
from tests.builders import Kit

DOCS = Path(__file__).parents[2] / "docs" / "examples"
TARIFF = (DOCS / "tariff.csv").read_bytes()
ELSEWHERE = "جای دیگر"


@dataclass(frozen=True)
class Made:
    """A form: its address, what is written in it, what it makes, and what the second sending says where it is no
    repetition: what it would make is there already."""

    address: str
    written: Mapping[str, str]
    model: type[Base]
    there: str = ""
    carried: tuple[str, ...] = field(default=("idempotency_key",))


CUSTOMER = Made(
    "/admin/customers/new/", {"name": "شرکت نمونه", "kind": "company", "stage": "customer"}, models.Customer
)
SITE = Made("/admin/customers/{customer}/sites/new/", {"title": "کارگاه"}, models.Site)
PURCHASE = Made(
    "/admin/assets/new/?customer={customer}",
    {"product_id": "{product}", "serial_number": "PD-7", "purchased_on": "۱۴۰۵/۰۴/۰۱"},
    models.Asset,
)
RENEWAL = Made("/admin/assets/{asset}/renew/", {"starts_on": "۱۴۰۵/۰۵/۱۵"}, models.SupportPeriod)
TOKEN = Made("/admin/tokens/new/", {"name": "سایت", "username": "agent", "days": "۳۰"}, models.ApiToken)
MEMBER = Made(
    "/admin/staff/new/", {"name": "نسرین", "username": "nasrin", "role": "agent", "office": "HQ"}, models.Staff
)
ADDENDUM = Made(
    "/admin/plans/1/addendum/",
    {
        "terms": (DOCS / "addendum.toml").read_text(encoding="utf-8"),
        "effective_from": "۱۴۰۵/۰۷/۰۱",
        "reason": "خدمت تازه",
        "save": "yes",
    },
    models.PlanAddendum,
)
OFFICE = Made(
    "/admin/offices/new/",
    {"code": "ISF", "name": "اصفهان", "kind": "branch"},
    models.Office,
    there="دفتر دیگری کد «ISF» را دارد",
    carried=(),
)
CHANNEL = Made(
    "/admin/channels/new/",
    {"code": "bale", "label_fa": "بله", "label_en": "Bale"},
    models.Channel,
    there="روش ارتباط دیگری کد «bale» را دارد",
    carried=(),
)
PRODUCT = Made(
    "/admin/products/new/",
    {"sku": "NEW", "name": "دستگاه", "support_plan": "padra-standard"},
    models.Product,
    there="«NEW»",
    carried=(),
)
BY_KEY = (CUSTOMER, SITE, PURCHASE, RENEWAL, TOKEN, MEMBER, ADDENDUM)
BY_NAME = (OFFICE, CHANNEL, PRODUCT)


def named(made: Made) -> str:
    return made.model.__name__


@pytest.fixture
def admin(browser: Browser) -> Browser:
    browser.sign_in("admin")
    return browser


@pytest.fixture
def places(kit: Kit) -> dict[str, int]:
    customer, product = kit.customer(), kit.product()
    return {
        "customer": customer,
        "product": product,
        "asset": kit.purchase(customer_id=customer, product_id=product),
    }


def filled(browser: Browser, made: Made, places: Mapping[str, int]) -> tuple[str, dict[str, str]]:
    """The address of a form, and what it sends: what is written into it and what the page carries itself."""
    address = made.address.format(**places)
    page = browser.get(address).text
    carried = {name: carries(page, name) for name in made.carried}
    return address, {name: value.format(**places) for name, value in made.written.items()} | carried


def carries(page: str, name: str) -> str:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]+)"', page)
    assert found is not None, f"the form carries no {name}"
    return unescape(found[1])


def count(browser: Browser, model: type[Base]) -> int:
    return len(browser.kit.rows(model))


@pytest.mark.parametrize("made", BY_KEY, ids=named)
def test_sent_twice_it_makes_one_and_leads_to_it_again(admin: Browser, places: dict[str, int], made: Made) -> None:
    before = count(admin, made.model)
    address, sent = filled(admin, made, places)
    first = admin.post(address, sent)
    one = count(admin, made.model)
    admin.kit.clock.move(seconds=3)
    second = admin.post(address, sent)
    assert one > before
    assert count(admin, made.model) == one
    assert (second.status_code, second.headers.get("Location")) == (first.status_code, first.headers.get("Location"))


@pytest.mark.parametrize("made", BY_NAME, ids=named)
def test_what_is_there_already_is_said_to_be(admin: Browser, places: dict[str, int], made: Made) -> None:
    before = count(admin, made.model)
    address, sent = filled(admin, made, places)
    first, second = (admin.post(address, sent) for _ in range(2))
    assert (first.status_code, second.status_code, count(admin, made.model)) == (303, 422, before + 1)
    assert made.there in text_of(second)


@pytest.mark.parametrize("made", [CUSTOMER, SITE], ids=named)
def test_another_one_from_a_form_that_was_sent_is_asked_about_and_then_made(
    admin: Browser, places: dict[str, int], made: Made
) -> None:
    address, sent = filled(admin, made, places)
    admin.post(address, sent)
    before = count(admin, made.model)
    other = sent | {name: ELSEWHERE for name in ("name", "title") if name in sent}
    asked = admin.post(address, other)
    assert (asked.status_code, count(admin, made.model)) == (422, before)
    assert "پیش‌تر با نوشته‌های دیگری فرستاده و ثبت شده است" in text_of(asked)
    again = other | {"idempotency_key": carries(asked.text, "idempotency_key")}
    assert admin.post(address, again).status_code == 303
    assert count(admin, made.model) == before + 1


def secret(page: TestResponse) -> str | None:
    found = re.search(r'<output class="secret"[^>]*>(.*?)</output>', page.text)
    return None if found is None else found[1]


@pytest.mark.parametrize("made", [TOKEN, MEMBER], ids=named)
def test_a_secret_is_shown_once_and_the_second_sending_says_so(
    admin: Browser, places: dict[str, int], made: Made
) -> None:
    address, sent = filled(admin, made, places)
    first, second = (admin.post(address, sent) for _ in range(2))
    assert secret(first)
    assert secret(second) is None
    assert "فقط بار نخست نشان داده شد" in text_of(second)


def test_a_new_password_sent_twice_is_the_first_one(admin: Browser) -> None:
    key = admin.kit.rows(models.Staff, username="agent")[0].id
    address, sent = filled(admin, Made(f"/admin/staff/{key}/password/", {}, models.Staff), {})
    first = admin.post(address, sent)
    set_once = admin.kit.rows(models.Staff, username="agent")[0].password
    second = admin.post(address, sent)
    assert (bool(secret(first)), secret(second)) == (True, None)
    assert admin.kit.rows(models.Staff, username="agent")[0].password == set_once


def imported(browser: Browser, address: str, name: str, content: bytes) -> Callable[[], TestResponse]:
    """The sending of a preview's form."""
    preview = browser.post(address, {"file": (io.BytesIO(content), name)}).text
    sent: dict[str, Any] = {field: carries(preview, field) for field in ("file_name", "file_content")}
    return lambda: browser.post(address, sent | {"save": "yes"})


@pytest.mark.parametrize(
    ("address", "name", "content", "model"),
    [
        ("/admin/plans/import/", "plan.toml", (DOCS / "plan.toml").read_bytes(), models.SupportPlan),
        ("/admin/tariffs/import/", "tariff.csv", TARIFF, models.TariffEdition),
        ("/admin/taxes/import/", "taxes.csv", (DOCS / "taxes.csv").read_bytes(), models.TaxRate),
    ],
)
def test_a_file_imported_twice_is_there_once(
    admin: Browser, address: str, name: str, content: bytes, model: type[Base]
) -> None:
    send = imported(admin, address, name, content)
    first = send()
    once = count(admin, model)
    second = send()
    assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    assert count(admin, model) == once


DONE_NOW = {"service": "installation", "mode": "remote", "channel": "phone", "done": "y", "shown": "installation|done"}


@pytest.mark.parametrize(
    "given",
    [{"done": "", "shown": "installation|"}, {}, {"performed_on": "۱۴۰۵/۰۵/۱۰"}, {"requested_on": "۱۴۰۵/۰۵/۱۰"}],
    ids=["to be done", "done now", "done today", "asked for today"],
)
def test_a_service_sent_twice_is_recorded_once_whatever_now_is(everywhere: Browser, given: dict[str, str]) -> None:
    kit = everywhere.kit
    asset = kit.purchase()
    address = f"/admin/records/new/?customer={kit.row(models.Asset, asset).customer_id}"
    page = everywhere.get(address).text
    form = DONE_NOW | {"asset_id": str(asset), "idempotency_key": carries(page, "idempotency_key")} | given
    seen = everywhere.post(address.replace("new/", "new/answer/"), form, HX_Request="true").text
    form |= {name: carries(seen, name) for name in ("expected_fingerprint", "seen_at")}
    kit.clock.move(minutes=1)
    first = everywhere.post(address, form)
    kit.clock.move(seconds=2)
    second = everywhere.post(address, form)
    assert first.status_code == 303, text_of(first)
    assert (second.status_code, second.headers["Location"]) == (303, first.headers["Location"])
    assert count(everywhere, models.ServiceRecord) == 1


@pytest.mark.parametrize("given", [{}, {"performed_on": "۱۴۰۵/۰۵/۱۰"}], ids=["now", "today"])
def test_a_completion_sent_twice_is_done_once_whatever_now_is(everywhere: Browser, given: dict[str, str]) -> None:
    kit = everywhere.kit
    record = kit.recorded(kit.purchase())
    address = f"/admin/records/{record}/complete/"
    page = everywhere.get(address).text
    names = ("version", "idempotency_key", "expected_fingerprint", "seen_at")
    form = {name: carries(page, name) for name in names} | given
    sent = []
    for _ in range(2):
        kit.clock.move(seconds=2)
        sent.append(everywhere.post(address, form))
    assert [answer.status_code for answer in sent] == [303, 303]
    assert kit.row(models.ServiceRecord, record).version == 2


def test_an_answer_that_was_seen_too_long_ago_is_shown_again_before_now_is_recorded(browser: Browser) -> None:
    kit = browser.kit
    asset = kit.purchase()
    address = f"/admin/records/new/?customer={kit.row(models.Asset, asset).customer_id}"
    form = DONE_NOW | {"asset_id": str(asset)}
    seen = browser.post(address.replace("new/", "new/answer/"), form, HX_Request="true").text
    form |= {name: carries(seen, name) for name in ("expected_fingerprint", "seen_at")}
    kit.clock.move(minutes=31)
    page = browser.post(address, form)
    assert page.status_code == 200
    assert "پاسخ را ببینید" in text_of(page)
    assert count(browser, models.ServiceRecord) == 0
    form |= {name: carries(page.text, name) for name in ("expected_fingerprint", "seen_at")}
    assert browser.post(address, form).status_code == 303
