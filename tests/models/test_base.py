"""What every row can do."""

import pytest

from backoffice.models import Product


def test_a_row_is_changed_in_the_columns_that_are_given():
    product = Product(sku="A", name="دستگاه")
    product.change({"sku": "B"})
    assert (product.sku, product.name) == ("B", "دستگاه")


def test_a_column_that_no_table_has_is_no_change():
    with pytest.raises(TypeError, match="'skuu' is no column of product"):
        Product(sku="A").change({"skuu": "B"})
