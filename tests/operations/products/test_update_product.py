"""Changing products."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.models import AuditEntry, Product
from backoffice.operations.products.update_product import UpdateProduct, update_product
from backoffice.operations.result import Result
from tests.builders import Kit, problem_codes


def update(kit: Kit, product_id: int, version: int = 1, **given) -> Result:
    return update_product(kit.desk, kit.supervisor, UpdateProduct(id=product_id, version=version, **given))


def test_what_is_left_out_stays_as_it_is(kit: Kit):
    product_id = kit.product(name="پیش", family="پرداز")
    assert update(kit, product_id, name="پس").id == product_id
    product = kit.row(Product, product_id)
    assert (product.name, product.family, product.support_plan_code) == ("پس", "پرداز", "padra-standard")
    assert product.version == 2


def test_none_makes_the_family_empty(kit: Kit):
    product_id = kit.product(family="پرداز")
    update(kit, product_id, family=None)
    assert kit.row(Product, product_id).family is None


@pytest.mark.parametrize("field", ["name", "support_plan"])
@pytest.mark.parametrize("empty", [None, " "])
def test_a_name_and_a_plan_cannot_be_made_empty(kit: Kit, field: str, empty: str | None):
    answer = update(kit, kit.product(), **{field: empty})
    assert problem_codes(answer) == [("INVALID", "required", (field,))]


def test_a_plan_that_was_never_published_is_not_found(kit: Kit):
    product_id = kit.product()
    answer = update(kit, product_id, name="دیگر", support_plan="padra-gold")
    assert problem_codes(answer) == [("NOT_FOUND", "support_plan", ("support_plan",))]
    assert kit.row(Product, product_id).version == 1


def test_the_product_is_found_by_what_it_is_called_now(kit: Kit):
    product_id = kit.product(sku="SEARCHED", name="قديم")
    update(kit, product_id, name="جديد", family="پرداز ۲")
    assert kit.row(Product, product_id).search_text == "جدید searched پرداز 2"


def test_an_old_version_is_stale_and_names_the_unchanged_product(kit: Kit):
    product_id = kit.product(name="یک")
    update(kit, product_id, name="دو")
    answer = update(kit, product_id, version=1, name="سه")
    assert problem_codes(answer) == [("STALE", None, ("version",))]
    assert (answer.id, kit.row(Product, product_id).name) == (product_id, "دو")


def test_the_audit_trail_has_before_and_after(kit: Kit):
    product_id = kit.product(family="پرداز")
    update(kit, product_id, family="چاپ")
    entry = kit.rows(AuditEntry, entity="Product", entity_id=product_id, operation="update_product")[0]
    assert (entry.before and entry.before["family"], entry.after and entry.after["family"]) == ("پرداز", "چاپ")


def test_an_agent_changes_no_products(kit: Kit):
    with pytest.raises(Forbidden):
        update_product(kit.desk, kit.agent, UpdateProduct(id=kit.product(), version=1))
