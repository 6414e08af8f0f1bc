"""What a viewer may not see is nowhere: not by id, not nested, not counted, not found, not paged past."""

import pytest

from backoffice.models import CoverageDecision, SlotState
from backoffice.query.registry import Entities, Entity, Unregistrable
from backoffice.query.selection import listing, page, want
from tests.query.building import World, customer_viewer


@pytest.fixture
def desk(world: World) -> World:
    """One customer with one asset, and records of the head office (one) and of the branch (two) about it."""
    customer = world.add_customer("علی")
    asset = world.add_asset(customer, "SN-1")
    world.add_record(customer, asset)
    world.add_record(customer, asset, office=world.branch)
    world.add_record(customer, asset, office=world.branch)
    return world


def test_an_agent_sees_the_records_of_their_own_office_only(desk: World):
    found = desk.reader(desk.agent_of(desk.head)).page(
        "ServiceRecord", {}, listing(want(office=want("code")), "total_count")
    )

    assert found["total_count"] == 1
    assert [record["office"] for record in found["nodes"]] == [{"code": "hq"}]


@pytest.mark.parametrize("type_name", ["Customer", "Asset"])
def test_records_of_other_offices_are_neither_nested_nor_counted(desk: World, type_name: str):
    wanted = listing(want(service_records=page(want(office=want("code")), "total_count", first=1)))

    found = desk.reader(desk.agent_of(desk.head)).page(type_name, {}, wanted)

    records = found["nodes"][0]["service_records"]
    assert (records["total_count"], len(records["nodes"]), records["page_info"]["has_next_page"]) == (1, 1, False)
    assert records["nodes"][0]["office"] == {"code": "hq"}


def test_a_record_of_another_office_is_not_found_by_id_nor_number(desk: World):
    record = desk.add_record(desk.add_customer(), office=desk.branch)
    reader = desk.reader(desk.agent_of(desk.head))

    assert reader.one("ServiceRecord", {"id": record.id}, want("id")) is None
    assert reader.one("ServiceRecord", {"number": f"SR-{record.id:06d}"}, want("id")) is None
    assert desk.reader(desk.agent_of(desk.branch)).one("ServiceRecord", {"id": record.id}, want("id")) is not None


def test_the_first_of_a_nested_page_are_the_first_that_the_viewer_sees(desk: World):
    """A limit before the rule would leave an agent an empty page below newer records of other offices."""
    wanted = want(
        service_records=page(want(office=want("code")), first=1, order_by={"field": "number", "direction": "desc"})
    )

    found = desk.reader(desk.agent_of(desk.head)).page("Asset", {}, listing(wanted))

    assert [record["office"]["code"] for record in found["nodes"][0]["service_records"]["nodes"]] == ["hq"]


def test_statistics_count_only_what_the_viewer_sees(desk: World):
    stats = desk.reader(desk.agent_of(desk.branch)).stats({"group_by": ()}, want("count"))

    assert stats == [{"count": 2}]


def test_service_types_of_other_offices_records_do_not_show(desk: World):
    desk.add_record(desk.add_customer(), office=desk.branch, service_type="gone")

    types = desk.reader(desk.agent_of(desk.head)).list("ServiceType", want("code"))

    assert {"code": "gone"} not in types


def test_an_allowance_counts_the_uses_of_every_office(desk: World):
    """Otherwise an agent would promise a slot that is taken."""
    allowance = desk.add_allowance(desk.add_period(desk.add_asset(desk.add_customer(), "SN-2"), -1, 1), quantity=2)
    desk.take_slot(allowance, 1, SlotState.COMMITTED)

    found = desk.reader(desk.agent_of(desk.head)).one(
        "Asset", {"serial_number": "SN-2"}, want(current_periods=want(allowances=want("remaining")))
    )

    assert found == {"current_periods": [{"allowances": [{"remaining": 1}]}]}


def test_a_customer_sees_only_what_is_theirs(desk: World):
    other = desk.add_customer("زهرا")
    site, asset = desk.add_site(other, head=1), desk.add_asset(other, "SN-9")
    period = desk.add_period(asset, -1, 1)
    desk.add_record(other, asset)
    reader = desk.reader(customer_viewer(other))

    counts = {
        name: reader.page(name, {}, want("total_count"))["total_count"]
        for name in ("Customer", "Asset", "ServiceRecord")
    }
    assert counts == {"Customer": 1, "Asset": 1, "ServiceRecord": 1}
    wanted = want("title", "distance_metres")
    assert reader.one("Site", {"id": site.id}, wanted) == {"title": "مطب", "distance_metres": 1}
    assert reader.one("SupportPeriod", {"id": period.id}, want("kind")) is not None
    assert (
        desk.reader(customer_viewer(desk.add_customer())).one("SupportPeriod", {"id": period.id}, want("kind")) is None
    )
    assert desk.reader(customer_viewer(desk.add_customer())).one("Site", {"id": site.id}, wanted) is None


def test_a_customer_is_not_found_by_the_serial_number_of_anothers_asset(desk: World):
    viewer = customer_viewer(desk.add_customer())

    assert desk.reader(viewer).page("Customer", {"search": "SN-1"}, want("total_count")) == {"total_count": 0}


def test_a_nullable_object_that_a_rule_hides_is_null_with_all_that_hangs_on_it(desk: World):
    """An asset that changed hands: its old records stay with the old customer, the asset does not."""
    old, new = desk.add_customer("قدیم"), desk.add_customer("جدید")
    asset = desk.add_asset(new)
    record = desk.add_record(old, asset)
    wanted = want(customer=want("name"), asset=want("id", product=want("sku"), support_periods=want("id")))

    assert desk.reader(customer_viewer(old)).one("ServiceRecord", {"id": record.id}, wanted) == {
        "__typename": "TrainingRecord",
        "customer": {"name": "قدیم"},
        "asset": None,
    }


def test_who_sees_a_record_sees_all_that_it_cannot_be_without(desk: World):
    wanted = want(
        customer=want("id"), office=want("id"), channel=want("code"), estimate=want("outcome"), coverage=want("outcome")
    )
    customer = desk.add_customer()
    desk.add_record(customer, office=desk.branch)

    for viewer in (desk.agent_of(desk.branch), customer_viewer(customer)):
        found = desk.reader(viewer).page("ServiceRecord", {}, listing(wanted, "total_count"))
        assert len(found["nodes"]) == found["total_count"] > 0


def test_an_entity_without_a_row_rule_cannot_be_registered():
    entity = Entity(name="Secret", model=CoverageDecision, visible=None, fields={})  # type: ignore[arg-type]

    with pytest.raises(Unregistrable, match=r"Secret: give it a row rule"):
        Entities([entity])
