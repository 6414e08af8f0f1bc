"""Products with their released versions and what they can be upgraded to."""

from typing import Any

from backoffice import models
from backoffice.query.denied import Denied
from backoffice.query.selection import Selection, want
from tests.query.building import TODAY, World, customer_viewer, viewer_with


def read(world: World, selection: Selection, product: models.Product | None = None) -> Any:
    return world.reader().one("Product", {"id": (product or world.product).id}, selection)


def test_versions_come_newest_first_with_the_withdrawn_among_them(world: World):
    world.add_version(world.product, "5.1", days_ago=200, notes="آغاز")
    world.add_version(world.product, "5.0", days_ago=300)
    world.add_version(world.product, "5.2", days_ago=100, withdrawn_on=TODAY, withdrawal_reason="ثبت اشتباه")
    world.add_version(world.product, "5.2b", days_ago=100)

    wanted = want(versions=want("label", "notes", "withdrawn_on", "withdrawal_reason"))
    assert read(world, wanted)["versions"] == [
        {"label": "5.2b", "notes": None, "withdrawn_on": None, "withdrawal_reason": None},
        {"label": "5.2", "notes": None, "withdrawn_on": TODAY, "withdrawal_reason": "ثبت اشتباه"},
        {"label": "5.1", "notes": "آغاز", "withdrawn_on": None, "withdrawal_reason": None},
        {"label": "5.0", "notes": None, "withdrawn_on": None, "withdrawal_reason": None},
    ]


def test_the_latest_version_is_the_last_that_stands(world: World):
    world.add_version(world.product, "5.1", days_ago=200)
    world.add_version(world.product, "5.2", days_ago=100, withdrawn_on=TODAY, withdrawal_reason="ثبت اشتباه")
    other = world.add_product("PD-2", "چاپگر")
    world.add_version(other, "9.0")

    assert read(world, want(latest_version=want("label"))) == {"latest_version": {"label": "5.1"}}


def test_of_two_versions_of_one_day_the_one_entered_last_is_the_latest(world: World):
    for label in ("5.2", "5.1"):
        world.add_version(world.product, label, days_ago=100)

    assert read(world, want(latest_version=want("label"))) == {"latest_version": {"label": "5.1"}}


def test_a_product_without_a_standing_version_has_no_latest(world: World):
    world.add_version(world.product, "5.2", withdrawn_on=TODAY, withdrawal_reason="ثبت اشتباه")

    assert read(world, want(latest_version=want("label"))) == {"latest_version": None}


def test_upgrades_come_by_name_and_lead_one_way(world: World):
    printer, scanner, cutter = (
        world.add_product(sku, name) for sku, name in (("PD-2", "چاپگر"), ("PD-3", "اسکنر ۲"), ("PD-4", "حکاک"))
    )
    for target in (cutter, printer, scanner):
        world.add(models.ProductUpgrade, product_id=world.product.id, target_id=target.id)

    wanted = want(upgrades_to=want("sku"))
    assert read(world, wanted) == {"upgrades_to": [{"sku": "PD-3"}, {"sku": "PD-2"}, {"sku": "PD-4"}]}
    assert read(world, wanted, printer) == {"upgrades_to": []}


def test_what_an_upgrade_leads_to_is_read_with_what_is_its_own(world: World):
    printer = world.add_product("PD-2", "چاپگر")
    world.add_version(printer, "2.0")
    world.add(models.ProductUpgrade, product_id=world.product.id, target_id=printer.id)
    world.add(models.ProductUpgrade, product_id=printer.id, target_id=world.product.id)

    wanted = want(upgrades_to=want("sku", latest_version=want("label"), upgrades_to=want("sku")))
    expected = {"sku": "PD-2", "latest_version": {"label": "2.0"}, "upgrades_to": [{"sku": "PD-100"}]}
    assert read(world, wanted) == {"upgrades_to": [expected]}


def test_a_customer_sees_them_too(world: World):
    world.add_version(world.product, "5.1")
    reader = world.reader(customer_viewer(world.add_customer()))

    assert reader.one("Product", {"id": world.product.id}, want(versions=want("label"))) == {
        "versions": [{"label": "5.1"}]
    }


def test_they_are_denied_without_the_permission(world: World):
    asset = world.add_asset(world.add_customer())
    reader = world.reader(viewer_with("asset.read"))
    found: Any = reader.one("Asset", {"id": asset.id}, want(product=want("sku")))
    assert isinstance(found["product"], Denied)

    product: Any = reader.one(
        "Product", {"id": world.product.id}, want(upgrades_to=want("sku"), versions=want("label"))
    )
    assert {type(value) for value in product.values()} == {Denied}
