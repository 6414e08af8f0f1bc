"""Changing by GraphQL, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backoffice.models import Customer, ServiceRecord
from backoffice.plugins import load
from backoffice.query.global_id import from_global_id, to_global_id
from backoffice.schema import fitting
from tests.builders import NOW, PURCHASED_ON, Kit
from tests.schema.conftest import Answer, Api, app_of
from tests.strangers import Install

RECORD = (
    "serviceRecord { id number status version amount coverage { outcome } } coverage { outcome amount fingerprint }"
)


def recorded(api: Api, asset: int, **given: object) -> Answer:
    """The payload of recording a remote installation."""
    usual = {
        "assetId": to_global_id("Asset", asset),
        "mode": "REMOTE",
        "channel": "phone",
        "request": {"installation": {}},
    }
    return api.change("recordService", usual | given, RECORD)


def test_a_customer_is_created_changed_and_read_back(api: Api):
    created = api.change(
        "createCustomer",
        {"name": "آقای راد", "kind": "PERSON", "phones": ["۰۹۱۲ ۳۴۵ ۶۷۸۹"], "city": "تهران"},
        "customer { id name phones city stage version }",
    )
    assert created["errors"] == []
    customer = created["customer"]
    assert customer["phones"] == ["+989123456789"]
    assert customer["stage"] == "CUSTOMER"
    changed = api.change(
        "updateCustomer",
        {"id": customer["id"], "version": customer["version"], "city": None},
        "customer { name city version }",
    )
    assert changed["customer"] == {"name": "آقای راد", "city": None, "version": 2}


def test_what_an_update_leaves_out_stays(api: Api):
    customer = api.kit.customer(name="مشتری", city="یزد")
    changed = api.change(
        "updateCustomer",
        {"id": to_global_id("Customer", customer), "version": 1, "name": "مشتری نو"},
        "customer { name city }",
    )
    assert changed["customer"] == {"name": "مشتری نو", "city": "یزد"}


def test_an_old_version_is_stale_and_the_unchanged_object_is_shown(api: Api):
    customer = api.kit.customer(name="مشتری")
    answer = api.change(
        "updateCustomer",
        {"id": to_global_id("Customer", customer), "version": 7, "name": "دیگری"},
        "customer { name version }",
    )
    assert [error["code"] for error in answer["errors"]] == ["STALE"]
    assert answer["customer"] == {"name": "مشتری", "version": 1}


SITE = "site { title city distanceMetres distanceSource measuredOn version }"
MEASURED = {"distanceMetres": 39_000, "distanceSource": "نقشه", "measuredOn": "2026-07-01"}


def changed_site(api: Api, version: int = 1, **given: object) -> Answer:
    """The payload of changing a measured site."""
    site = api.kit.site(api.kit.customer(), 39_000, city="کرج", distance_source="نقشه", measured_on=date(2026, 7, 1))
    return api.change("updateSite", {"id": to_global_id("Site", site), "version": version, **given}, SITE)


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ({"title": "انبار"}, {"title": "انبار"}),
        ({"city": None}, {"city": None}),
        ({"measuredOn": None}, {"measuredOn": None}),
        ({"distanceMetres": 93_000}, {"distanceMetres": 93_000, "distanceSource": None, "measuredOn": None}),
        ({"distanceMetres": None}, {"distanceMetres": None, "distanceSource": None, "measuredOn": None}),
    ],
    ids=["title", "no city", "no day", "a new distance", "no distance"],
)
def test_a_site_is_changed_in_what_is_given(api: Api, given: Answer, then: Answer):
    before = {"title": "کارگاه", "city": "کرج", "version": 2, **MEASURED}
    assert changed_site(api, **given) == {"site": before | then, "errors": []}


def test_a_site_of_another_version_is_stale_and_shown_as_it_is(api: Api):
    answer = changed_site(api, version=7, title="دیگری")
    assert [error["code"] for error in answer["errors"]] == ["STALE"]
    assert answer["site"] == {"title": "کارگاه", "city": "کرج", "version": 1, **MEASURED}


def test_what_is_wrong_with_a_distance_is_said_at_its_field(api: Api):
    answer = changed_site(api, measuredOn="2026-08-02")
    assert [(error["code"], error["path"]) for error in answer["errors"]] == [("INVALID", ["measuredOn"])]
    assert answer["site"] is None


def test_a_purchase_brings_support_and_a_site_its_distance(api: Api):
    customer = to_global_id("Customer", api.kit.customer())
    site = api.change(
        "createSite", {"customerId": customer, "title": "انبار", "distanceMetres": 39_999}, "site { id distanceMetres }"
    )["site"]
    product = api.change(
        "createProduct",
        {"sku": "P-1", "name": "دستگاه", "supportPlan": "padra-standard"},
        "product { id sku }",
        by="supervisor",
    )["product"]
    bought = api.change(
        "registerPurchase",
        {
            "customerId": customer,
            "productId": product["id"],
            "serialNumber": "S-1",
            "purchasedOn": PURCHASED_ON.isoformat(),
            "siteId": site["id"],
        },
        "asset { id site { distanceMetres } supportPeriods { track kind startsOn lastDay status } }",
    )["asset"]
    assert bought["site"] == {"distanceMetres": 39_999}
    assert {period["track"] for period in bought["supportPeriods"]} == {"SUPPORT", "WARRANTY"}
    assert {period["kind"] for period in bought["supportPeriods"]} == {"INITIAL"}
    renewed = api.change(
        "renewSupport",
        {"assetId": bought["id"], "startsOn": "2026-08-06"},
        "asset { supportPeriods { kind startsOn } }",
    )["asset"]
    assert {"kind": "RENEWAL", "startsOn": "2026-08-06"} in renewed["supportPeriods"]


def test_a_service_is_recorded_completed_and_voided(api: Api):
    asset = api.kit.purchase()
    payload = recorded(api, asset)
    record = payload["serviceRecord"]
    assert payload["errors"] == []
    assert (record["status"], payload["coverage"]["outcome"]) == ("REQUESTED", "ALLOWANCE")
    done = api.change(
        "completeService",
        {
            "id": record["id"],
            "version": record["version"],
            "minutes": 30,
            "result": {"installation": {"softwareVersion": "5.2", "note": "نصب شد"}},
        },
        "serviceRecord { status version minutes ... on InstallationRecord { result { softwareVersion note } } }",
    )["serviceRecord"]
    assert (done["status"], done["minutes"]) == ("DONE", 30)
    assert done["result"] == {"softwareVersion": "5.2", "note": "نصب شد"}
    voided = api.change(
        "voidService",
        {"id": record["id"], "version": done["version"], "reason": "اشتباه ثبت شد"},
        "serviceRecord { status amount endReason }",
        by="supervisor",
    )["serviceRecord"]
    assert voided == {"status": "VOIDED", "amount": 0, "endReason": "اشتباه ثبت شد"}


def test_a_scheduled_service_is_cancelled(api: Api):
    record = recorded(api, api.kit.purchase())["serviceRecord"]
    cancelled = api.change(
        "cancelService",
        {"id": record["id"], "version": record["version"], "reason": "مشتری منصرف شد"},
        "serviceRecord { status }",
    )
    assert cancelled == {"serviceRecord": {"status": "CANCELLED"}, "errors": []}


def test_a_call_already_answered_is_recorded_done_in_one_step(api: Api):
    payload = recorded(
        api,
        api.kit.purchase(),
        mode="PHONE",
        request={"troubleshooting": {}},
        performedAt=NOW.isoformat(),
        minutes=10,
        result={"troubleshooting": {}},
    )
    assert payload["errors"] == []
    assert payload["serviceRecord"]["status"] == "DONE"
    assert payload["serviceRecord"]["coverage"]["outcome"] == "FREE"


def test_a_refusal_comes_with_its_decision_and_leaves_nothing_behind(api: Api):
    asset = api.kit.purchase()
    payload = recorded(api, asset, mode="ON_SITE")
    assert payload["serviceRecord"] is None
    assert payload["coverage"]["outcome"] == "NEEDS_INPUT"
    assert [error["code"] for error in payload["errors"]] == ["NEEDS_INPUT"]
    assert api.kit.rows(ServiceRecord, asset_id=asset) == []


def test_a_changed_decision_is_refused_and_shown(api: Api):
    payload = recorded(api, api.kit.purchase(), expectedFingerprint="of another day")
    assert [error["code"] for error in payload["errors"]] == ["DECISION_CHANGED"]
    assert payload["coverage"]["fingerprint"]


def test_what_preview_sees_is_what_commit_sees(api: Api):
    asset = to_global_id("Asset", api.kit.purchase())
    preview = api.data(
        """query ($input: CoverageInput!) { coverage(input: $input) {
            outcome amount fingerprint allowance { key limit used } reasons { code message(language: EN) }
            period { track plan { code } } shadowAmount lines { component amount covered } } }""",
        {
            "input": {
                "assetId": asset,
                "serviceType": "installation",
                "mode": "REMOTE",
                "requestedAt": NOW.isoformat(),
                "performedAt": NOW.isoformat(),
                "minutes": 60,
                "request": {"installation": {"note": "x"}},
            }
        },
    )["coverage"]
    assert preview["allowance"] == {"key": "installation.remote", "limit": 2, "used": 1}
    assert preview["reasons"]
    assert preview["period"] == {"track": "SUPPORT", "plan": {"code": "padra-standard"}}
    payload = api.change(
        "recordService",
        {
            "assetId": asset,
            "mode": "REMOTE",
            "channel": "phone",
            "request": {"installation": {}},
            "requestedAt": NOW.isoformat(),
            "performedAt": NOW.isoformat(),
            "minutes": 60,
            "expectedFingerprint": preview["fingerprint"],
        },
        RECORD,
    )
    assert payload["errors"] == []
    assert payload["coverage"]["fingerprint"] == preview["fingerprint"]


def test_the_same_key_and_input_give_the_same_payload_and_one_effect(api: Api):
    asset = api.kit.purchase()
    given = {"idempotencyKey": f"key-{asset}", "requestedAt": NOW.isoformat()}
    assert recorded(api, asset, **given) == recorded(api, asset, **given)
    assert len(api.kit.rows(ServiceRecord, asset_id=asset)) == 1


def test_the_same_key_with_other_input_is_a_conflict(api: Api):
    asset = api.kit.purchase()
    recorded(api, asset, idempotencyKey=f"other-{asset}")
    payload = recorded(api, asset, idempotencyKey=f"other-{asset}", minutes=5)
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("CONFLICT", ["idempotencyKey"])]


def test_the_problems_of_a_request_name_its_field(api: Api):
    payload = recorded(api, api.kit.purchase(), request={"installation": {"note": "x" * 100_000}})
    (error,) = payload["errors"]
    assert error["code"] == "INVALID"
    assert error["path"] == ["request", "installation", "note"]


def test_request_and_result_are_of_one_service_type(api: Api):
    payload = recorded(api, api.kit.purchase(), performedAt=NOW.isoformat(), result={"training": {}})
    (error,) = payload["errors"]
    assert (error["code"], error["path"]) == ("INVALID", ["result", "training"])


def test_a_coverage_request_of_another_service_type_is_refused(api: Api):
    answer = api.answer(
        "query ($input: CoverageInput!) { coverage(input: $input) { outcome } }",
        {
            "input": {
                "serviceType": "installation",
                "mode": "REMOTE",
                "requestedAt": NOW.isoformat(),
                "request": {"training": {}},
            }
        },
    )
    (error,) = answer["errors"]
    assert error["extensions"]["code"] == "BAD_REQUEST"
    assert error["extensions"]["errors"][0]["path"] == ["request", "training"]


def test_a_visit_in_the_future_cannot_be_done(api: Api):
    payload = recorded(api, api.kit.purchase(), performedAt=(NOW + timedelta(days=1)).isoformat())
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("INVALID", ["performedAt"])]


@pytest.mark.parametrize("id_", ["nonsense", to_global_id("Product", 1), to_global_id("Asset", 999_999), ""])
def test_an_id_of_another_type_looks_like_one_of_nothing(api: Api, id_: str):
    payload = api.change("renewSupport", {"assetId": id_, "startsOn": "2026-01-01"}, "asset { id }")
    assert payload["asset"] is None
    assert [(error["code"], error["path"]) for error in payload["errors"]] == [("NOT_FOUND", ["assetId"])]


def test_a_record_of_another_office_looks_like_none(api: Api):
    record = recorded(api, api.kit.purchase())["serviceRecord"]
    ending = {"id": record["id"], "version": record["version"], "reason": "نه"}
    foreign = api.change("cancelService", ending, "serviceRecord { id }", by="other_agent")
    nothing = api.change(
        "cancelService",
        ending | {"id": to_global_id("ServiceRecord", 999_999)},
        "serviceRecord { id }",
        by="other_agent",
    )
    assert foreign == nothing
    assert [error["code"] for error in foreign["errors"]] == ["NOT_FOUND"]


def test_messages_are_in_the_language_that_the_request_accepts(api: Api):
    given = {"name": "", "kind": "PERSON"}
    english = api.change("createCustomer", given, "")["errors"][0]["message"]
    persian = api.change("createCustomer", given, "", headers={"Accept-Language": "fa"})["errors"][0]["message"]
    assert english.isascii()
    assert not persian.isascii()


def test_mutations_of_one_document_happen_in_order(api: Api):
    data = api.data(
        """mutation {
            b: createCustomer(input: {name: "یک", kind: PERSON, code: "ORDER-1"}) { customer { code } errors { code } }
            a: createCustomer(input: {name: "دو", kind: PERSON, code: "ORDER-1"}) { customer { code } errors { code } }
        }"""
    )
    assert data["b"] == {"customer": {"code": "ORDER-1"}, "errors": []}
    assert data["a"] == {"customer": None, "errors": [{"code": "DUPLICATE"}]}
    assert len(api.kit.rows(Customer, code="ORDER-1")) == 1


def test_an_id_survives_every_payload(api: Api):
    record = recorded(api, api.kit.purchase())["serviceRecord"]
    parsed = from_global_id(record["id"])
    assert parsed is not None
    assert parsed[0] == "ServiceRecord"
    assert record["number"] == f"SR-{parsed[1]:06d}"


CODED = """
from enum import Enum


class CodeKind(Enum):
    SERIAL = Label("کد سریال", "Serial code")
    SYSTEM = Label("کد سیستم", "System code")


class Asked(Noted):
    code_kind = fields.Enum(CodeKind, metadata={"label": Label("نوع کد", "Kind of code")})
    other_kind = fields.Enum(CodeKind, metadata={"label": Label("نوع دیگر", "Other kind")})


class Kind(ServiceType):
    code = "coded"
    label = Label("کددار", "Coded")
    modes = frozenset({Mode.REMOTE})
    request = Asked
    result = Noted


@hookimpl
def service_types():
    return [Kind]
"""


def test_enums_of_a_plugin_go_both_ways(api: Api, install: Install):
    install("coded", source=CODED)
    registry = fitting(load(("coded",), strict=True))
    kit = Kit(replace(api.kit.desk, registry=registry), api.kit.clock)
    payload = Api(kit, app_of(kit).test_client()).change(
        "recordService",
        {
            "assetId": to_global_id("Asset", kit.purchase()),
            "mode": "REMOTE",
            "channel": "phone",
            "request": {"coded": {"codeKind": "SERIAL"}},
        },
        "serviceRecord { ... on CodedRecord { request { codeKind otherKind } } }",
    )
    assert payload["errors"] == []
    assert payload["serviceRecord"]["request"] == {"codeKind": "SERIAL", "otherKind": None}


def test_a_null_stands_for_an_input_left_out(api: Api):
    created = api.change(
        "createCustomer",
        {"name": "بی‌تلفن", "kind": "PERSON", "phones": None, "stage": None, "code": None},
        "customer { phones stage }",
    )
    assert created == {"customer": {"phones": [], "stage": "CUSTOMER"}, "errors": []}
