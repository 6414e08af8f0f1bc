"""What only the admin reads of the desk: ends of support, earlier owners, overrides that wait."""

from datetime import timedelta
from typing import Any

import pytest

from backoffice import models
from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.period import Track
from backoffice.models import OverrideStatus, SlotState
from backoffice.query.entities.admin import admin_entities
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import listing, want
from tests.query.building import NOW, REGISTRY, SUPERVISOR, TODAY, World, customer_viewer

SOON = {"gte": TODAY, "lt": TODAY + timedelta(days=30)}


def _reader(world: World, viewer: Viewer = SUPERVISOR) -> Reader:
    return Reader(world.session, viewer, today=TODAY, plans=Plans(admin_entities(), REGISTRY))


def _ending(world: World, **chosen: object) -> list[str]:
    arguments = {"filter": {"ends_on": SOON, **chosen}, "order_by": {"field": "ENDS_BEFORE", "direction": "ASC"}}
    found = _reader(world).page("SupportPeriod", arguments, listing(want(asset=want("serial_number"))))
    return [str(row["asset"]["serial_number"]) for row in found["nodes"]]


def test_periods_come_in_the_order_in_which_they_end(world: World):
    customer = world.add_customer()
    for serial, ends in (("LATER", 20), ("SOONER", 5), ("LONG", 300), ("OVER", 0), ("TODAY", 1)):
        world.add_period(world.add_asset(customer, serial), -100, ends)
    assert _ending(world) == ["TODAY", "SOONER", "LATER"]


def test_what_was_renewed_is_told_from_what_was_not(world: World):
    customer = world.add_customer()
    renewed, cancelled, other_track = (world.add_asset(customer, name) for name in ("RENEWED", "CANCELLED", "TRACK"))
    for asset in (renewed, cancelled, other_track):
        world.add_period(asset, -100, 10)
    world.add_period(renewed, 10, 300)
    world.add_period(cancelled, 10, 300, cancelled_at=NOW)
    world.add_period(other_track, 10, 300, track=Track.WARRANTY)
    assert _ending(world, renewed=True) == ["RENEWED"]
    assert sorted(_ending(world, renewed=False)) == ["CANCELLED", "TRACK"]


def test_cancelled_periods_and_other_tracks_stay_out(world: World):
    customer = world.add_customer()
    world.add_period(world.add_asset(customer, "CANCELLED"), -100, 10, cancelled_at=NOW)
    world.add_period(world.add_asset(customer, "WARRANTY"), -100, 10, track=Track.WARRANTY)
    assert _ending(world, track=(Track.SUPPORT,)) == []


def test_an_opening_balance_is_counted_beside_all_that_is_used(world: World):
    asset = world.add_asset(world.add_customer(), "SN-1")
    allowance = world.add_allowance(world.add_period(asset, -10, 100))
    world.take_slot(allowance, 1, SlotState.COMMITTED)
    world.take_slot(allowance, 2, SlotState.COMMITTED, released=True)
    wanted = want(support_periods=want(allowances=want("used", "opening")))
    found: Any = _reader(world).one("Asset", {"id": asset.id}, wanted)
    assert found["support_periods"][0]["allowances"] == [{"used": 1, "opening": 1}]


def test_earlier_owners_are_told_to_staff_and_not_to_a_customer(world: World):
    seller, buyer = world.add_customer("فروشنده"), world.add_customer("خریدار")
    asset = world.add_asset(buyer, "SN-1")
    world.add(
        models.AssetTransfer,
        asset_id=asset.id,
        from_customer_id=seller.id,
        to_customer_id=buyer.id,
        transferred_on=TODAY,
        reason="فروش",
        at=NOW,
    )
    wanted = want(transfers=want("reason", former_owner=want("name")))
    told: Any = _reader(world).one("Asset", {"id": asset.id}, wanted)
    assert told["transfers"] == [{"reason": "فروش", "former_owner": {"name": "فروشنده"}}]
    assert _reader(world, customer_viewer(buyer)).one("Asset", {"id": asset.id}, wanted) == {"transfers": []}


@pytest.fixture
def requests(world: World) -> World:
    """An override that waits in each office, asked for by its member of staff."""
    for office in (world.head, world.branch):
        record = world.add_record(world.add_customer(), office=office)
        world.add(
            models.OverrideRequest,
            record_id=record.id,
            against_id=record.coverage_id,
            outcome=Outcome.FREE,
            reason=f"دلیل {office.code}",
            status=OverrideStatus.WAITING,
            requested_by_id=world.staff[office.id].id,
            requested_at=NOW,
        )
    return world


def _reasons(world: World, viewer: Viewer, **chosen: object) -> list[object]:
    arguments = {"filter": {"status": (OverrideStatus.WAITING,), **chosen}}
    found = _reader(world, viewer).page("OverrideRequest", arguments, listing(want("reason", record=want("number"))))
    return [row["reason"] for row in found["nodes"]]


def test_overrides_that_wait_are_seen_with_their_record(requests: World):
    assert _reasons(requests, SUPERVISOR) == ["دلیل hq", "دلیل b1"]
    assert _reasons(requests, requests.agent_of(requests.branch)) == ["دلیل b1"]


def test_ones_own_requests_are_left_out(requests: World):
    mine = requests.staff[requests.head.id].id
    assert _reasons(requests, SUPERVISOR, by_others_than=mine) == ["دلیل b1"]


def test_records_of_others_include_those_of_nobody(world: World):
    member = world.staff[world.head.id]
    records = [world.add_record(world.add_customer(), assignee_id=key) for key in (member.id, None)]
    records.append(world.add_record(world.add_customer(), assignee_id=world.staff[world.branch.id].id))
    arguments = {"filter": {"not_assignee_id": member.id}, "order_by": {"field": "NUMBER", "direction": "ASC"}}
    found = _reader(world).page("ServiceRecord", arguments, listing(want("number")))
    assert [row["number"] for row in found["nodes"]] == [f"SR-{record.id:06d}" for record in records[1:]]
