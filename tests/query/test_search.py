"""What the search boxes find, and what not."""

from typing import Any

import pytest

from backoffice.query.selection import listing, want
from tests.query.building import World


def found(world: World, type_name: str, text: str, field: str) -> list[Any]:
    answer: Any = world.reader().page(type_name, {"search": text}, listing(want(field), "total_count"))
    assert answer["total_count"] == len(answer["nodes"])
    return [node[field] for node in answer["nodes"]]


@pytest.fixture
def desk(world: World) -> World:
    """One customer that is looked for, and one that is not."""
    customer = world.add_customer("علی‌اکبر یکتا", code="K-77", city="کرج", phones=("+989123456789", "+982188881234"))
    world.add_asset(customer, "PD-2000-XY")
    other = world.add_customer("زهرا صادقی", code="Z-1", city="قم", phones=("+989351112233",))
    world.add_asset(other, "QQ-1")
    return world


@pytest.mark.parametrize(
    "text",
    [
        "علی اکبر", "علي‌اكبر", "يكتا علی", "  یکتا  ", "كرج", "k-77", "K-۷۷",
        "09123456789", "۰۹۱۲۳۴۵۶۷۸۹", "٠٩١٢٣٤٥٦٧٨٩", "0912 345 6789",
        "+98 912 345 6789", "00989123456789", "9123456789",
        "0912345", "۰۲۱۸۸۸۸", "021-8888-1234", "8888", "98912345",
        "pd-2000", "PD-۲۰۰۰-xy", "2000-XY",
    ],
)  # fmt: skip
def test_a_customer_is_found_by_name_code_city_phone_and_serial_number(desk: World, text: str):
    assert found(desk, "Customer", text, "code") == ["K-77"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "\0", "\ud800", "یکتا زهرا", "09120000000", "x" * 60_000])
def test_a_customer_is_not_found_by_what_it_has_not(desk: World, text: str):
    assert found(desk, "Customer", text, "code") == []


@pytest.mark.parametrize("text", ["", "  ", "\u200c"])
def test_a_blank_search_leaves_everything(desk: World, text: str):
    assert len(found(desk, "Customer", text, "code")) == 2
    assert len(found(desk, "Asset", text, "serial_number")) == 2


@pytest.mark.parametrize("text", ["2000-xy", "PD-٢٠٠٠", "يكتا", "k-۷۷", "۰۹۱۲۳۴۵۶۷۸۹"])
def test_an_asset_is_found_by_serial_number_and_customer(desk: World, text: str):
    assert found(desk, "Asset", text, "serial_number") == ["PD-2000-XY"]


@pytest.mark.parametrize("text", ["pd-۱۰۰", "اسكنر"])
def test_a_product_is_found_by_sku_and_name(desk: World, text: str):
    desk.add_product("XX-9", "چاپگر")

    assert found(desk, "Product", text, "sku") == ["PD-100"]


def test_a_product_is_found_by_its_family_and_by_words_of_any_of_these(desk: World):
    desk.add_product("XX-9", "چاپگر", "لیزری")

    for text in ("ليزري", "چاپگر لیزری xx-۹"):
        assert found(desk, "Product", text, "sku") == ["XX-9"]


def test_a_record_is_found_by_number_customer_and_serial_number(desk: World):
    buyer = desk.add_customer("مریم", code="M-8", city="ساوه", phones=("+989197776655",))
    device = desk.add_asset(buyer, "MM-5")
    record = desk.add_record(buyer, device)
    desk.add_record(desk.add_customer("رضا"))
    number = f"SR-{record.id:06d}"

    spelled = (number, number.lower(), f"sr-{record.id:06d}", f"{record.id:06d}", f" ۰۰۰۰{record.id} ")
    for text in (*spelled, "mm-۵", "مريم", "m-۸", "ساوه مریم", "09197776655", "+98 919 777 6655", "7776655"):
        assert found(desk, "ServiceRecord", text, "number") == [number]
    assert found(desk, "ServiceRecord", "SR-000000999999999999", "number") == []
