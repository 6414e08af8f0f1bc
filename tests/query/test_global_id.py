"""Global ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.query.global_id import from_global_id, key_of, to_global_id


@given(st.integers(min_value=1, max_value=2**63 - 1))
def test_a_global_id_leads_back_to_its_object(key: int):
    text = to_global_id("ServiceRecord", key)

    assert (from_global_id(text), key_of("ServiceRecord", text)) == (("ServiceRecord", key), key)


@given(st.text())
def test_any_other_text_is_none(text: str):
    parsed = from_global_id(text)

    assert parsed is None or to_global_id(*parsed) == text.rstrip("=")


@pytest.mark.parametrize(
    "text", [to_global_id("Customer", 1) + "x", "Customer:1", "é", "\ud800", to_global_id("C", 1)[:-1]]
)
def test_what_no_global_id_is(text: str):
    assert from_global_id(text) is None


def test_an_id_of_another_type_is_no_key_of_this():
    assert key_of("Asset", to_global_id("Customer", 1)) is None
