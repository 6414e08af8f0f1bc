"""A mutation sent twice under one key: the same bytes and one effect, whatever the mutation."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from backoffice.models import AuditEntry, Customer, ProductVersion, ServiceRecord
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.query.global_id import to_global_id
from tests.builders import NOW, Kit
from tests.schema.conftest import SHARED_INPUTS, Api

Given = dict[str, Any]
COVERAGE = """coverage { outcome amount vat billedMinutes shadowAmount missingInputs fingerprint
    lines { component quantity unit rate amount covered } allowance { key limit used }
    period { id } tariffEdition { version } reasons { code params message(language: FA) } }"""
RECORD = f"serviceRecord {{ id number status version amount updatedAt {COVERAGE} }} {COVERAGE}"
PRODUCT = "product { id version name family versions { label withdrawnOn } upgradesTo { id } }"
PERIODS = "asset { id version supportPeriods { id startsOn allowances { key used reserved } } }"


def a_customer(kit: Kit) -> tuple[Given, Given]:
    return {"name": "شرکت نمونه", "kind": "COMPANY", "phones": ["۰۹۱۲۱۱۱۲۲۳۳"]}, {"city": "تبریز"}


def a_site(kit: Kit) -> tuple[Given, Given]:
    return {"customerId": to_global_id("Customer", kit.customer()), "title": "انبار"}, {"distanceMetres": 1200}


def a_purchase(kit: Kit) -> tuple[Given, Given]:
    sold = {
        "customerId": to_global_id("Customer", kit.customer()),
        "productId": to_global_id("Product", kit.product()),
        "serialNumber": uuid4().hex,
        "purchasedOn": "2026-07-01",
    }
    return sold, {"serialNumber": uuid4().hex}


def a_renewal(kit: Kit) -> tuple[Given, Given]:
    asset = to_global_id("Asset", kit.purchase())
    return {"assetId": asset, "startsOn": date(2026, 8, 6).isoformat()}, {"supportMonths": 6}


def a_recording(kit: Kit) -> tuple[Given, Given]:
    asked = {"assetId": to_global_id("Asset", kit.purchase()), "mode": "REMOTE", "channel": "phone"}
    done = {"performedAt": NOW.isoformat(), "minutes": 30, "request": {"installation": {"note": "x"}}}
    return asked | done, {"minutes": 31}


def a_completion(kit: Kit) -> tuple[Given, Given]:
    record = to_global_id("ServiceRecord", kit.recorded(kit.purchase(), service_type="training"))
    return {"id": record, "version": 1, "minutes": 45}, {"minutes": 46}


def a_step(kit: Kit) -> tuple[Given, Given]:
    record = kit.recorded(kit.purchase(), service_type="training")
    return {"id": to_global_id("ServiceRecord", record), "version": 1}, {"version": 2}


def a_closing(kit: Kit) -> tuple[Given, Given]:
    return _of_what_is_done(kit), {"version": 2}


def a_scheduling(kit: Kit) -> tuple[Given, Given]:
    return a_step(kit)[0] | {"scheduledAt": NOW.isoformat()}, {"assigneeId": None}


def a_cancelling(kit: Kit) -> tuple[Given, Given]:
    return a_step(kit)[0] | {"reason": "نشد"}, {"reason": "شد"}


def a_voiding(kit: Kit) -> tuple[Given, Given]:
    return _of_what_is_done(kit) | {"reason": "اشتباه بود"}, {"reason": "درست بود"}


def an_override(kit: Kit) -> tuple[Given, Given]:
    return a_step(kit)[0] | {"outcome": "TARIFF", "amount": 1_000, "reason": "توافق شد"}, {"amount": 1_001}


def a_change_of_a_customer(kit: Kit) -> tuple[Given, Given]:
    return {"id": to_global_id("Customer", kit.customer()), "version": 1, "name": "نام نو"}, {"city": None}


def a_change_of_a_site(kit: Kit) -> tuple[Given, Given]:
    return {"id": to_global_id("Site", kit.site(kit.customer())), "version": 1, "title": "کارگاه نو"}, {"city": None}


def a_product(kit: Kit) -> tuple[Given, Given]:
    return {"sku": uuid4().hex, "name": "نام", "supportPlan": "padra-standard"}, {"family": "پرداز"}


def a_change_of_a_product(kit: Kit) -> tuple[Given, Given]:
    return {"id": to_global_id("Product", kit.product()), "version": 1, "name": "نام نو"}, {"family": None}


def a_release(kit: Kit) -> tuple[Given, Given]:
    product = to_global_id("Product", kit.product())
    return {"productId": product, "label": "5.2", "releasedOn": "2026-01-10"}, {"label": "5.3"}


def a_withdrawal(kit: Kit) -> tuple[Given, Given]:
    (version,) = kit.rows(ProductVersion, product_id=kit.version(kit.product()))
    return {"productVersionId": to_global_id("ProductVersion", version.id), "reason": "اشتباه"}, {"reason": "دیگر"}


def a_set_of_upgrades(kit: Kit) -> tuple[Given, Given]:
    product, target = (to_global_id("Product", kit.product()) for _ in range(2))
    return {"id": product, "version": 1, "targetIds": [target]}, {"targetIds": []}


def a_transfer(kit: Kit) -> tuple[Given, Given]:
    asset, owner = to_global_id("Asset", kit.purchase()), to_global_id("Customer", kit.customer())
    given = {"assetId": asset, "version": 1, "customerId": owner, "transferredOn": "2026-07-31", "reason": "فروخت"}
    return given, {"reason": "بخشید"}


def _of_what_is_done(kit: Kit) -> Given:
    record = kit.done(kit.purchase(), service_type="training")
    return {"id": to_global_id("ServiceRecord", record), "version": 1}


MUTATIONS: Mapping[str, tuple[Callable[[Kit], tuple[Given, Given]], str]] = {
    "createCustomer": (a_customer, "customer { id code version phones createdAt }"),
    "updateCustomer": (a_change_of_a_customer, "customer { id name city version }"),
    "createSite": (a_site, "site { id title distanceMetres }"),
    "updateSite": (a_change_of_a_site, "site { id title city version }"),
    "createProduct": (a_product, PRODUCT),
    "updateProduct": (a_change_of_a_product, PRODUCT),
    "releaseProductVersion": (a_release, PRODUCT),
    "withdrawProductVersion": (a_withdrawal, PRODUCT),
    "setProductUpgrades": (a_set_of_upgrades, PRODUCT),
    "transferAsset": (a_transfer, "asset { id version customer { id } }"),
    "registerPurchase": (a_purchase, PERIODS),
    "renewSupport": (a_renewal, PERIODS),
    "recordService": (a_recording, RECORD),
    "completeService": (a_completion, RECORD),
    "scheduleService": (a_scheduling, RECORD),
    "startService": (a_step, RECORD),
    "closeService": (a_closing, RECORD),
    "reopenService": (a_voiding, RECORD),
    "overrideCoverage": (an_override, RECORD),
    "cancelService": (a_cancelling, RECORD),
    "voidService": (a_voiding, RECORD),
}
EVERY = pytest.mark.parametrize("mutation", MUTATIONS)
ID = "customer { id }"
BY = "supervisor"
"""Who may do all of it: a key belongs to whoever used it."""
REUSED = [("CONFLICT", "idempotency_key_reused", ["idempotencyKey"])]


def keyed(given: Given) -> Given:
    return given | {"idempotencyKey": uuid4().hex}


def sent(api: Api, mutation: str, given: Given, wanted: str, by: str = BY) -> bytes:
    """The bytes of an answer."""
    kind = SHARED_INPUTS.get(mutation, f"{mutation[0].upper()}{mutation[1:]}Input")
    document = f"mutation ($input: {kind}!) {{ {mutation}(input: $input) {{ {wanted} errors {{ code }} }} }}"
    return api.post({"query": document, "variables": {"input": given}}, by=by).data


def codes(payload: Given) -> list[tuple[str, str | None, list[str] | None]]:
    return [(error["code"], error["detail"], error["path"]) for error in payload["errors"]]


def changes(api: Api) -> int:
    return len(api.kit.rows(AuditEntry))


def test_every_mutation_is_here(api: Api):
    fields = api.data("{ __schema { mutationType { fields { name } } } }")["__schema"]["mutationType"]["fields"]
    assert set(MUTATIONS) == {field["name"] for field in fields}


@EVERY
def test_the_same_key_and_input_give_the_same_bytes_and_one_effect(api: Api, mutation: str):
    make, wanted = MUTATIONS[mutation]
    given = keyed(make(api.kit)[0])
    first = sent(api, mutation, given, wanted)
    after = changes(api)
    assert b'"errors":[]' in first.replace(b" ", b"")
    assert [sent(api, mutation, given, wanted) for _ in range(2)] == [first, first]
    assert changes(api) == after


@EVERY
def test_the_same_key_with_other_input_is_a_conflict_and_changes_nothing(api: Api, mutation: str):
    make, wanted = MUTATIONS[mutation]
    plain, other = make(api.kit)
    given = keyed(plain)
    sent(api, mutation, given, wanted)
    after = changes(api)
    assert codes(api.change(mutation, given | other, wanted, by=BY)) == REUSED
    assert changes(api) == after


@EVERY
def test_a_key_of_another_mutation_is_a_conflict(api: Api, mutation: str):
    make, wanted = MUTATIONS[mutation]
    used = keyed({"name": "x", "kind": "PERSON"})
    other = used | {"kind": "COMPANY"} if mutation == "createCustomer" else used
    api.change("createCustomer", other, ID, by=BY)
    given = make(api.kit)[0] | {"idempotencyKey": used["idempotencyKey"]}
    assert codes(api.change(mutation, given, wanted, by=BY)) == REUSED


def test_a_key_is_its_owners(api: Api):
    given = keyed({"name": "دو نفر", "kind": "PERSON"})
    ids = [api.change("createCustomer", given, ID, by=by)["customer"]["id"] for by in ("agent", "supervisor", "agent")]
    assert ids[0] == ids[2] != ids[1]


@pytest.mark.parametrize(
    ("key", "detail"),
    [("", "required"), (" \u200c ", "required"), (uuid4().hex * 400, "too_long"), ("ک" * 256, "too_long")],
    ids=["empty", "blank", "12,800 characters", "256 characters"],
)
def test_a_key_that_cannot_be_one_is_refused_at_its_field(api: Api, key: str, detail: str):
    before = len(api.kit.rows(Customer))
    payload = api.change("createCustomer", {"name": "x", "kind": "PERSON", "idempotencyKey": key}, ID)
    assert (payload["customer"], codes(payload)) == (None, [("INVALID", detail, ["idempotencyKey"])])
    assert len(api.kit.rows(Customer)) == before


@pytest.mark.parametrize("key", ["\U0001f600" * 255, "a\u00a0b'\";--", "K" * 255])
def test_any_other_text_of_up_to_255_characters_is_a_key(api: Api, key: str):
    given = {"name": "x", "kind": "PERSON", "idempotencyKey": key + "" if len(key) == 255 else key + uuid4().hex}
    first, again = (api.change("createCustomer", given, ID) for _ in range(2))
    assert first == again
    assert first["customer"]


def test_nul_in_a_key_is_no_request(api: Api):
    given = {"name": "x", "kind": "PERSON", "idempotencyKey": "a\0b"}
    document = "mutation ($input: CreateCustomerInput!) { createCustomer(input: $input) { errors { code } } }"
    assert api.codes(document, {"input": given}) == ["BAD_REQUEST"]


def test_what_was_refused_may_be_mended_under_the_same_key(api: Api):
    taken, other = a_purchase(api.kit)
    api.change("registerPurchase", taken, PERIODS)
    given = keyed(taken)
    assert [code for code, _, _ in codes(api.change("registerPurchase", given, PERIODS))] == ["DUPLICATE"]
    mended = api.change("registerPurchase", given | other, PERIODS)
    assert (codes(mended), codes(api.change("registerPurchase", given, PERIODS))) == ([], REUSED)


def test_a_repeated_key_answers_with_the_record_as_it_is_by_now_and_with_the_first_decision(api: Api):
    given = keyed(a_recording(api.kit)[0])
    first = api.change("recordService", given, RECORD)
    end = {"id": first["serviceRecord"]["id"], "version": first["serviceRecord"]["version"], "reason": "اشتباه"}
    api.change("voidService", end, "serviceRecord { id }", by="supervisor")
    again = api.change("recordService", given, RECORD)
    assert (again["serviceRecord"]["status"], again["serviceRecord"]["version"]) == ("VOIDED", 2)
    assert (again["coverage"], again["errors"]) == (first["coverage"], [])


def test_a_record_that_went_to_another_office_is_not_there_for_the_key_either(api: Api):
    given = keyed(a_recording(api.kit)[0] | {"performedAt": None})
    first = api.change("recordService", given, "serviceRecord { id }")
    key = api.kit.rows(ServiceRecord)[-1].id
    assert first["serviceRecord"]["id"] == to_global_id("ServiceRecord", key)
    elsewhere = ScheduleService(id=key, version=1, scheduled_at=NOW, assignee_id=api.kit.staff("other_agent").staff_id)
    assert schedule_service(api.kit.desk, api.kit.supervisor, elsewhere).problems == ()
    again = api.change("recordService", given, RECORD)
    assert (again["serviceRecord"], again["coverage"]) == (None, None)
    assert codes(again) == [("NOT_FOUND", None, ["idempotencyKey"])]
