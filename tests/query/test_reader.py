"""What a reading of each kind of object gives."""

from datetime import timedelta
from decimal import Decimal

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.money import Component, PriceUnit
from backoffice.domain.period import PeriodKind, PeriodStatus, Track
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.models import CustomerKind, CustomerStage, SlotState, TariffEdition
from backoffice.query.denied import Denied
from backoffice.query.global_id import to_global_id
from backoffice.query.selection import Field, Selection, asked, listing, page, want
from tests.query.building import NOW, SUPERVISOR, TODAY, World, viewer_with


def test_a_customer_has_its_columns(world: World):
    customer = world.add_customer("علی رضایی", code="C-900", city=None)

    assert world.reader().one(
        "Customer",
        {"id": customer.id},
        want("id", "code", "name", "kind", "stage", "city", "created_at", "updated_at", "version"),
    ) == {
        "id": to_global_id("Customer", customer.id),
        "code": "C-900",
        "name": "علی رضایی",
        "kind": CustomerKind.PERSON,
        "stage": CustomerStage.CUSTOMER,
        "city": None,
        "created_at": customer.created_at,
        "updated_at": NOW,
        "version": 1,
    }


@pytest.mark.parametrize(
    ("type_name", "by"),
    [
        ("Customer", {"code": " C-۹۰۰ "}),
        ("Product", {"sku": "PD-٩٠٠"}),
        ("Asset", {"serial_number": "sn-۹۰۰"}),
    ],
)
def test_a_business_key_is_found_in_any_digits(world: World, type_name: str, by: dict[str, object]):
    customer = world.add_customer(code="C-900")
    world.add_product("PD-900", "چاپگر")
    world.add_asset(customer, "SN-900")

    assert world.reader().one(type_name, by, want("id")) is not None


def test_a_record_is_found_by_its_number_in_any_digits(world: World):
    record = world.add_record(world.add_customer())

    found = world.reader().one("ServiceRecord", {"number": f"sr-{record.id:06d}"}, want("id", "number"))

    assert found == {
        "__typename": "TrainingRecord",
        "id": to_global_id("ServiceRecord", record.id),
        "number": f"SR-{record.id:06d}",
    }


@pytest.mark.parametrize(
    "key", ["", "nonsense", to_global_id("Product", 1), 2**70, to_global_id("Customer", 2**70), None]
)
def test_what_is_no_id_of_the_type_finds_nothing(world: World, key: object):
    world.add_customer()

    assert world.reader().one("Customer", {"id": key, "code": None} if key else {"id": ""}, want("id")) is None


def test_phones_come_in_their_order_and_sites_with_their_distance_from_the_origin(world: World):
    customer = world.add_customer(phones=("+989121111111", "+982188888888"))
    world.add_site(customer, "مطب", branch=1_000, head=21_400)
    world.add_site(customer, "خانه", branch=1_000)

    found = world.reader().one(
        "Customer",
        {"id": customer.id},
        want("phones", sites=want("title", "distance_metres", "distance_source", "measured_on")),
    )

    assert found == {
        "phones": ["+989121111111", "+982188888888"],
        "sites": [
            {"title": "مطب", "distance_metres": 21_400, "distance_source": "map", "measured_on": TODAY},
            {"title": "خانه", "distance_metres": None, "distance_source": None, "measured_on": None},
        ],
    }


def test_a_products_plan_is_the_newest_published_version(world: World):
    world.add_plan(version=2)
    world.add_plan(version=3, published=False)
    wanted = want(support_plan=want("code", "version", "name", "published"))

    assert world.reader().one("Product", {"id": world.product.id}, wanted) == {
        "support_plan": {"code": "padra-standard", "version": 2, "name": "طرح پشتیبانی", "published": True}
    }


def test_a_product_of_an_unknown_plan_has_none(world: World):
    product = world.add_product("PD-2", "چاپگر", plan="other")

    assert world.reader().one("Product", {"id": product.id}, want(support_plan=want("id"))) == {"support_plan": None}


def test_an_asset_has_its_periods_with_their_status_today(world: World):
    asset = world.add_asset(world.add_customer())
    world.add_period(asset, -400, -35)
    world.add_period(asset, -35, 1, kind=PeriodKind.RENEWAL)
    world.add_period(asset, 1, 366, kind=PeriodKind.RENEWAL)
    world.add_period(asset, -400, 366, track=Track.WARRANTY, cancelled_at=NOW)
    wanted = want("track", "kind", "status", "starts_on", "last_day")

    found = world.reader().one(
        "Asset", {"id": asset.id}, want(support_periods=wanted, current_periods=want("last_day"))
    )

    assert found is not None
    assert found["current_periods"] == [{"last_day": TODAY}]
    assert found["support_periods"][1] == {
        "track": Track.WARRANTY,
        "kind": PeriodKind.INITIAL,
        "status": PeriodStatus.CANCELLED,
        "starts_on": TODAY - timedelta(days=400),
        "last_day": TODAY + timedelta(days=365),
    }
    assert [period["status"] for period in found["support_periods"]] == [
        PeriodStatus.EXPIRED,
        PeriodStatus.CANCELLED,
        PeriodStatus.ACTIVE,
        PeriodStatus.SCHEDULED,
    ]


def test_an_allowance_counts_its_live_slots(world: World):
    allowance = world.add_allowance(world.add_period(world.add_asset(world.add_customer()), -1, 1), quantity=5)
    world.take_slot(allowance, 1, SlotState.COMMITTED)
    world.take_slot(allowance, 2, SlotState.RESERVED)
    world.take_slot(allowance, 3, SlotState.RESERVED)
    world.take_slot(allowance, 4, SlotState.COMMITTED, released=True)
    wanted = want("key", "modes", "limit", "used", "reserved", "remaining", label=asked(language="en"))

    assert world.reader().one("SupportPeriod", {"id": allowance.period_id}, want(allowances=wanted)) == {
        "allowances": [
            {
                "key": "on_site_visit",
                "label": "Visit",
                "modes": [Mode.ON_SITE],
                "limit": 5,
                "used": 1,
                "reserved": 2,
                "remaining": 2,
            }
        ]
    }


def test_a_record_has_everything_it_refers_to(world: World):
    customer = world.add_customer("سارا")
    asset = world.add_asset(customer, "SN-1")
    period = world.add_period(asset, -1, 300)
    record = world.add_record(customer, asset, minutes=30, decision={"period_id": period.id})
    wanted = want(
        "mode", "subject", "status", "requested_at", "scheduled_at", "minutes", "amount",
        customer=want("name"),
        asset=want("serial_number", product=want("sku"), customer=want("name")),
        site=want("title"),
        office=want("code", "name", "kind"),
        assignee=want("name"),
        channel=want("code", "label", "active"),
        coverage=want("outcome", period=want("track", plan=want("version"))),
    )  # fmt: skip

    assert world.reader().one("ServiceRecord", {"id": record.id}, wanted) == {
        "__typename": "TrainingRecord",
        "mode": Mode.REMOTE,
        "subject": Subject.SOFTWARE,
        "status": RecordStatus.REQUESTED,
        "requested_at": record.requested_at,
        "scheduled_at": None,
        "minutes": 30,
        "amount": 0,
        "customer": {"name": "سارا"},
        "asset": {"serial_number": "SN-1", "product": {"sku": "PD-100"}, "customer": {"name": "سارا"}},
        "site": None,
        "office": {"code": "hq", "name": "دفتر مرکزی", "kind": "head_office"},
        "assignee": None,
        "channel": {"code": "phone", "label": "تلفن", "active": True},
        "coverage": {"outcome": Outcome.FREE, "period": {"track": Track.SUPPORT, "plan": {"version": 1}}},
    }


def test_a_stored_decision_has_its_lines_its_reasons_and_its_allowance(world: World):
    edition = world.add(
        TariffEdition, jalali_year=1405, version=2, effective_from=TODAY, source="-", approved_at=NOW, created_at=NOW
    )
    line = {
        "component": "labour",
        "quantity": "1.5",
        "unit": "hour",
        "rate": 4_000_000,
        "amount": 6_000_000,
        "covered": True,
    }
    record = world.add_record(
        world.add_customer(),
        decision={
            "edition_id": edition.id,
            "lines": [line],
            "reasons": [{"code": "free_inside", "params": {}}],
            "missing_inputs": ["distance_metres"],
            "allowance_key": "on_site_visit",
            "allowance_limit": 3,
            "allowance_used": 2,
            "shadow_amount": 6_600_000,
        },
    )
    wanted = want(
        "vat", "billed_minutes", "provisional", "overridden", "shadow_amount", "missing_inputs", "fingerprint",
        lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
        reasons=want("code", "params", message=asked(language="en")),
        allowance=want("key", "limit", "used"),
        tariff_edition=want("jalali_year", "version", "effective_from", "approved"),
        period=want("id"),
    )  # fmt: skip

    found = world.reader().one("ServiceRecord", {"id": record.id}, want(estimate=wanted))

    assert found is not None
    assert found["estimate"] == {
        "vat": 0,
        "billed_minutes": None,
        "provisional": False,
        "overridden": False,
        "shadow_amount": 6_600_000,
        "missing_inputs": ["distance_metres"],
        "fingerprint": "f",
        "lines": [
            {
                "component": Component.LABOUR,
                "quantity": Decimal("1.5"),
                "unit": PriceUnit.HOUR,
                "rate": 4_000_000,
                "amount": 6_000_000,
                "covered": True,
            }
        ],
        "reasons": [
            {"code": "free_inside", "params": {}, "message": "This service is free inside the support period."}
        ],
        "allowance": {"key": "on_site_visit", "limit": 3, "used": 2},
        "tariff_edition": {"jalali_year": 1405, "version": 2, "effective_from": TODAY, "approved": True},
        "period": None,
    }


def test_one_field_is_asked_twice_under_two_names_with_other_arguments(world: World):
    customer = world.add_customer()
    world.add_asset(customer, "SN-1", purchased_on=TODAY)
    world.add_asset(customer, "SN-2", purchased_on=TODAY - timedelta(days=1))
    wanted = Selection(
        {
            "Customer": (
                Field("assets", "one", {"first": 1}, listing(want("serial_number"))),
                Field("assets", "both", {"first": 2}, listing(want(product=want("sku")))),
                Field("name", "called"),
                Field("__typename", "kind"),
            )
        }
    )

    found = world.reader().one("Customer", {"id": customer.id}, wanted)

    assert found is not None
    assert (found["kind"], found["called"]) == ("Customer", customer.name)
    assert found["one"]["nodes"] == [{"serial_number": "SN-1"}]
    assert found["both"]["nodes"] == [{"product": {"sku": "PD-100"}}] * 2


def test_labels_come_in_the_viewers_language_unless_another_is_asked_for(world: World):
    wanted = Selection(
        {"Channel": (Field("label", "own"), Field("label", "english", {"language": "EN"}), Field("code", "code"))}
    )

    assert world.reader().list("Channel", wanted) == [
        {"own": "پورتال", "english": "Portal", "code": "portal"},
        {"own": "تلفن", "english": "Phone", "code": "phone"},
    ]


def test_plans_and_editions_are_listed(world: World):
    world.add_plan(version=2, published=False)
    for year in (1404, 1405):
        world.add(TariffEdition, jalali_year=year, version=1, effective_from=TODAY, source="-", created_at=NOW)

    assert world.reader().list("SupportPlan", want("version", "published")) == [
        {"version": 1, "published": True},
        {"version": 2, "published": False},
    ]
    assert world.reader().list("TariffEdition", want("jalali_year", "approved")) == [
        {"jalali_year": 1405, "approved": False},
        {"jalali_year": 1404, "approved": False},
    ]


def test_service_types_are_those_installed_and_those_that_records_remain_of(world: World):
    world.add_record(world.add_customer(), service_type="gone")
    world.add_record(world.add_customer(), service_type="gone")
    wanted = want("code", "label", "modes", "subjects", "needs_asset", "installed", "request_json_schema")

    types = world.reader().list("ServiceType", wanted)

    assert [one["code"] for one in types] == ["lock_removal", "training", "gone"]
    assert types[1]["modes"] == [Mode.REMOTE, Mode.AT_COMPANY]
    assert types[1]["label"] == "آموزش"
    assert types[1]["request_json_schema"]["type"] == "object"
    assert types[2] == {
        "code": "gone",
        "label": "gone",
        "modes": [],
        "subjects": [],
        "needs_asset": False,
        "installed": False,
        "request_json_schema": None,
    }


@pytest.mark.parametrize(
    ("type_name", "of"),
    [
        ("Site", lambda world, customer: world.add_site(customer)),
        ("SupportPeriod", lambda world, customer: world.add_period(world.add_asset(customer), -1, 1)),
        ("Staff", lambda world, customer: world.staff[world.head.id]),
        ("Office", lambda world, customer: world.head),
        ("SupportPlan", lambda world, customer: world.plan),
    ],
)
def test_every_object_with_an_id_is_found_again_by_it(world: World, type_name: str, of):
    row = of(world, world.add_customer())
    key = to_global_id(type_name, row.id)

    assert world.reader().one(type_name, {"id": key}, Selection({"Node": (Field("id", "id"),)})) == {"id": key}


def test_what_needs_a_permission_the_viewer_lacks_is_denied(world: World):
    customer = world.add_customer()
    asset = world.add_asset(customer)
    reader = world.reader(viewer_with("asset.read"))

    found = reader.one(
        "Asset",
        {"id": asset.id},
        want("serial_number", customer=want("name"), service_records=page(want("id"), "total_count")),
    )

    assert found == {
        "serial_number": asset.serial_number,
        "customer": Denied("customer.read"),
        "service_records": Denied("record.read"),
    }
    assert not found["customer"]


def test_nothing_is_read_that_nobody_asked_for(world: World):
    world.add_desk(1)
    reader = world.reader(SUPERVISOR)

    reader.page("Customer", {}, want("total_count_is_exact"))

    assert reader.statements == 0


def test_an_object_of_which_only_the_type_is_asked_is_read_nonetheless(world: World):
    wanted = Selection({"Office": (Field("__typename", "type"),)})

    assert world.reader().one("Office", {"id": world.head.id}, wanted) == {"type": "Office"}
    assert world.reader().one("Office", {"id": 0}, wanted) is None
    assert world.reader().list("Office", wanted) == [{"type": "Office"}] * 2
