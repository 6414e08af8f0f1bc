"""Creating products."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.domain.text import sort_key
from backoffice.models import Product
from backoffice.operations.products.create_product import CreateProduct, create_product
from tests.builders import Kit, problem_codes


def creating(**given) -> CreateProduct:
    return CreateProduct(**{"sku": "PD-1", "name": "دستگاه", "support_plan": "padra-standard"} | given)


def test_a_product_is_sold_with_its_plan(kit: Kit):
    product = kit.row(Product, kit.product(sku="PD-100", name="پرداز ۱۰۰", family="پرداز"))
    assert (product.support_plan_code, product.search_text) == ("padra-standard", "پرداز 100 pd-100 پرداز")
    assert product.sort_key == sort_key("پرداز ۱۰۰")


def test_a_sku_is_the_same_in_all_digits(kit: Kit):
    assert kit.row(Product, kit.product(sku="PD-۲۰۰")).sku == "PD-200"
    result = create_product(kit.desk, kit.supervisor, creating(sku="PD-٢٠٠"))
    assert problem_codes(result) == [("DUPLICATE", "product_sku", ("sku",))]


def test_a_taken_sku_is_a_duplicate(kit: Kit):
    kit.product(sku="TWICE")
    result = create_product(kit.desk, kit.supervisor, creating(sku="TWICE"))
    assert problem_codes(result) == [("DUPLICATE", "product_sku", ("sku",))]


def test_a_plan_that_was_never_published_is_not_found(kit: Kit):
    result = create_product(kit.desk, kit.supervisor, creating(sku="NEW", support_plan="padra-gold"))
    assert problem_codes(result) == [("NOT_FOUND", "support_plan", ("support_plan",))]


def test_an_agent_creates_no_products(kit: Kit):
    with pytest.raises(Forbidden):
        create_product(kit.desk, kit.agent, creating())
