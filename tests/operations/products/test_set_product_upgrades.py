"""The products that a product can be upgraded to."""

from backoffice.models import AuditEntry, Product, ProductUpgrade
from backoffice.operations.products.set_product_upgrades import MOST_UPGRADES, SetProductUpgrades, set_product_upgrades
from backoffice.operations.result import Result
from tests.builders import Kit, problem_codes


def upgrade(kit: Kit, product_id: int, *target_ids: int, version: int = 1) -> Result:
    command = SetProductUpgrades(id=product_id, version=version, target_ids=target_ids)
    return set_product_upgrades(kit.desk, kit.supervisor, command)


def targets(kit: Kit, product_id: int) -> set[int]:
    return {row.target_id for row in kit.rows(ProductUpgrade, product_id=product_id)}


def test_the_whole_set_takes_the_place_of_the_one_before(kit: Kit):
    product_id, first, second, third = (kit.product() for _ in range(4))
    assert upgrade(kit, product_id, first, second, second).id == product_id
    assert targets(kit, product_id) == {first, second}
    upgrade(kit, product_id, second, third, version=2)
    assert targets(kit, product_id) == {second, third}
    upgrade(kit, product_id, version=3)
    assert targets(kit, product_id) == set()
    assert kit.row(Product, product_id).version == 4


def test_an_upgrade_leads_one_way(kit: Kit):
    product_id, target_id = kit.product(), kit.product()
    upgrade(kit, product_id, target_id)
    assert targets(kit, target_id) == set()


def test_a_product_is_not_upgraded_to_itself(kit: Kit):
    product_id, other = kit.product(), kit.product()
    answer = upgrade(kit, product_id, other, product_id)
    assert problem_codes(answer) == [("INVALID", "upgrade_to_itself", ("target_ids",))]
    assert targets(kit, product_id) == set()


def test_there_are_so_many_upgrades_at_most(kit: Kit):
    product_id, *others = (kit.product() for _ in range(MOST_UPGRADES + 2))
    answer = upgrade(kit, product_id, *others)
    assert problem_codes(answer) == [("INVALID", "too_many_upgrades", ("target_ids",))]
    assert upgrade(kit, product_id, *others[1:]).changed


def test_an_old_version_is_stale_and_leaves_the_set_as_it_is(kit: Kit):
    product_id, first, second = (kit.product() for _ in range(3))
    upgrade(kit, product_id, first)
    answer = upgrade(kit, product_id, second)
    assert (problem_codes(answer), answer.id) == ([("STALE", None, ("version",))], product_id)
    assert targets(kit, product_id) == {first}


def test_the_audit_trail_has_both_sets(kit: Kit):
    product_id, first, second = kit.product(), kit.product(sku="UP-1"), kit.product(sku="UP-2")
    upgrade(kit, product_id, first)
    upgrade(kit, product_id, first, second, version=2)
    entry = kit.rows(AuditEntry, entity="Product", entity_id=product_id)[-1]
    assert (entry.before["upgrades_to"], entry.after["upgrades_to"]) == (["UP-1"], ["UP-1", "UP-2"])
