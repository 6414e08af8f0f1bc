"""Pages: their order, their ends and their cursors."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backoffice.domain.text import sort_key
from backoffice.query.cursors import InvalidPage, to_cursor
from backoffice.query.global_id import key_of
from backoffice.query.selection import Field, Selection, listing, page, want
from tests.query.building import NOW, TODAY, World

ORDERS = {
    "Customer": ("name", "code", "created_at"),
    "Product": ("sku", "name"),
    "Asset": ("purchased_on", "serial_number"),
    "ServiceRecord": ("requested_at", "number"),
}
EVERY_ORDER = [
    (type_name, {"field": field.upper(), "direction": direction})
    for type_name, fields in ORDERS.items()
    for field in fields
    for direction in ("asc", "desc")
]


@pytest.fixture
def equals(world: World) -> World:
    """Seven rows of each kind, many of them equal in what they are ordered by."""
    for number in range(7):
        customer = world.add_customer(f"نام {number // 3}", created_at=NOW + timedelta(minutes=number // 3))
        asset = world.add_asset(customer, purchased_on=TODAY - timedelta(days=number // 4))
        world.add_record(customer, asset, requested_at=NOW + timedelta(hours=number // 2))
        world.add_product(f"P-{number}", f"محصول {number // 3}")
    return world


def walk(world: World, type_name: str, arguments: dict[str, Any], *, size: int, backward: bool = False) -> list[str]:
    """The ids of a list, page by page until there is no other."""
    length, place, more, end = ("last", "before", "has_previous_page", "start_cursor") if backward else (
        "first", "after", "has_next_page", "end_cursor",
    )  # fmt: skip
    found: list[str] = []
    cursor = None
    while True:
        answer: Any = world.reader().page(type_name, {**arguments, length: size, place: cursor}, listing(want("id")))
        ids = [node["id"] for node in answer["nodes"]]
        found = ids + found if backward else found + ids
        cursor = answer["page_info"][end]
        if not answer["page_info"][more]:
            return found


@pytest.mark.parametrize(("type_name", "order"), EVERY_ORDER)
def test_pages_of_any_length_walk_every_object_once_in_order(equals: World, type_name: str, order: dict[str, str]):
    whole = walk(equals, type_name, {"order_by": order}, size=100)

    assert len(whole) == len(set(whole)) >= 7
    for size in (1, 2, 3, 7):
        assert walk(equals, type_name, {"order_by": order}, size=size) == whole
        assert walk(equals, type_name, {"order_by": order}, size=size, backward=True) == whole


def test_the_other_direction_is_the_list_turned_round(equals: World):
    up, down = ({"order_by": {"field": "NAME", "direction": direction}} for direction in ("ASC", "DESC"))

    assert walk(equals, "Customer", up, size=3) == walk(equals, "Customer", down, size=3)[::-1]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(days=st.lists(st.integers(0, 3), max_size=12), size=st.integers(1, 5))
def test_whatever_the_values_are_pages_walk_every_object_once(world: World, days: list[int], size: int):
    customer = world.add_customer()
    rows = [world.add_asset(customer, purchased_on=TODAY - timedelta(days=day)) for day in days]
    mine = {"filter": {"customer_id": customer.id}}
    expected = sorted(rows, key=lambda row: (row.purchased_on, row.id), reverse=True)

    answer: Any = world.reader().page("Asset", {**mine, "first": 100}, listing(want("serial_number")))

    assert [node["serial_number"] for node in answer["nodes"]] == [row.serial_number for row in expected]
    assert len(walk(world, "Asset", mine, size=size)) == len(rows)


NAMES = ("آرش", "ابر", "پارس", "ترنج", "چاپ", "حامد", "ژاله", "سارا", "كاوه", "گلستان", "یاس", "۱۲ راه", "Atlas")
"""In the order in which readers expect them; by code point پ چ ژ گ would follow ی."""


@pytest.mark.parametrize("type_name", ["Customer", "Product"])
def test_names_are_in_the_order_of_the_persian_alphabet(world: World, type_name: str):
    for number, name in enumerate(reversed(NAMES)):
        world.add_customer(name)
        world.add_product(f"S-{number}", name, "نام‌ها")
    arguments: dict[str, Any] = {"order_by": {"field": "NAME", "direction": "ASC"}}
    if type_name == "Product":
        arguments |= {"filter": {"family": {"eq": "نام‌ها"}}}

    answer: Any = world.reader().page(type_name, arguments, listing(want("name")))

    assert tuple(node["name"] for node in answer["nodes"]) == NAMES


LETTERS = st.text(st.sampled_from("آاأپبچژگکكیيه۰٩7aBb \u200c-«é"), min_size=1, max_size=4)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(LETTERS, max_size=9), size=st.integers(1, 4))
def test_whatever_the_names_are_pages_walk_them_in_one_order(world: World, names: list[str], size: int):
    city = f"شهر {uuid4().hex}"
    rows = [world.add_customer(name, city=city) for name in names]
    expected = [row.id for row in sorted(rows, key=lambda row: (sort_key(row.name), row.id))]
    mine = {"filter": {"city": {"eq": city}}, "order_by": {"field": "NAME", "direction": "ASC"}}

    for backward in (False, True):
        found = walk(world, "Customer", mine, size=size, backward=backward)
        assert [key_of("Customer", one) for one in found] == expected


def test_a_page_between_two_cursors_stays_between_them(equals: World):
    edges = Selection({"CustomerConnection": (Field("edges", "edges", {}, want("cursor")),)})
    answer: Any = equals.reader().page("Customer", {}, edges)
    cursors = [edge["cursor"] for edge in answer["edges"]]

    between: Any = equals.reader().page("Customer", {"after": cursors[1], "before": cursors[4]}, edges)

    assert [edge["cursor"] for edge in between["edges"]] == cursors[2:4]


def test_nested_pages_walk_every_object_once(world: World):
    customers = [world.add_customer() for _ in range(2)]
    for customer in customers:
        for _ in range(5):
            world.add_asset(customer)

    for customer in customers:
        found: list[str] = []
        cursor = None
        while True:
            nested = want(assets=page(want("id"), "total_count", first=2, after=cursor))
            answer: Any = world.reader().one("Customer", {"id": customer.id}, nested)
            found += [node["id"] for node in answer["assets"]["nodes"]]
            cursor = answer["assets"]["page_info"]["end_cursor"]
            assert answer["assets"]["total_count"] == 5
            if not answer["assets"]["page_info"]["has_next_page"]:
                break
        assert len(found) == len(set(found)) == 5


def test_each_object_has_its_own_page_of_what_hangs_on_it(world: World):
    for number in (0, 1, 3):
        customer = world.add_customer(f"نام {number}")
        for _ in range(number):
            world.add_asset(customer)

    answer: Any = world.reader().page("Customer", {}, listing(want(assets=page(want("id"), "total_count", first=2))))

    pages = [node["assets"] for node in answer["nodes"]]
    assert [(one["total_count"], len(one["nodes"]), one["page_info"]["has_next_page"]) for one in pages] == [
        (0, 0, False),
        (1, 1, False),
        (3, 2, True),
    ]
    assert pages[0]["page_info"] == {
        "has_next_page": False, "has_previous_page": False, "start_cursor": None, "end_cursor": None,
    }  # fmt: skip


def test_fifty_is_the_length_unless_another_is_asked_for(world: World):
    for _ in range(51):
        world.add_customer()

    answer: Any = world.reader().page("Customer", {}, listing(want("id"), "total_count"))

    assert (len(answer["nodes"]), answer["page_info"]["has_next_page"], answer["total_count"]) == (50, True, 51)


def test_a_connection_tells_its_types_and_that_its_count_is_exact(world: World):
    world.add_customer("علی")
    typename = Field("__typename", "t")
    edge = Selection({"CustomerEdge": (typename, Field("node", "node", {}, want("name")))})
    info = Selection({"PageInfo": (typename,)})
    wanted = Selection(
        {
            "CustomerConnection": (
                typename,
                Field("total_count_is_exact", "exact"),
                Field("edges", "edges", {}, edge),
                Field("page_info", "info", {}, info),
            )
        }
    )

    assert world.reader().page("Customer", {}, wanted) == {
        "t": "CustomerConnection",
        "exact": True,
        "edges": [{"t": "CustomerEdge", "node": {"name": "علی"}}],
        "info": {"t": "PageInfo"},
    }


@pytest.mark.parametrize("length", [0, -1, 101, 2**40])
@pytest.mark.parametrize("end", ["first", "last"])
def test_a_page_longer_than_a_hundred_or_empty_is_refused(world: World, end: str, length: int):
    with pytest.raises(InvalidPage) as refused:
        world.reader().page("Customer", {end: length}, listing(want("id")))

    assert refused.value.code == "LIMIT_EXCEEDED"


def test_a_nested_page_longer_than_a_hundred_is_refused(world: World):
    with pytest.raises(InvalidPage) as refused:
        world.reader().page("Customer", {}, listing(want(assets=page(want("id"), first=101))))

    assert refused.value.code == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    "arguments",
    [
        {"after": ""},
        {"after": "nonsense"},
        {"after": "\ud800"},
        {"after": "W10"},
        {"before": to_cursor("name", "x", 2**70)},
        {"after": to_cursor("code", "x", 1)},
        {"after": to_cursor("created_at", "x", 1), "order_by": {"field": "created_at", "direction": "asc"}},
        {"after": to_cursor("created_at", "2026-01-01", 1), "order_by": {"field": "created_at", "direction": "asc"}},
        {"first": 1, "last": 1},
    ],
)
def test_what_is_no_cursor_of_this_list_is_refused(world: World, arguments: dict[str, object]):
    with pytest.raises(InvalidPage) as refused:
        world.reader().page("Customer", arguments, listing(want("id")))

    assert refused.value.code == "BAD_REQUEST"


def test_a_cursor_is_judged_where_only_the_count_is_asked_for(world: World):
    with pytest.raises(InvalidPage):
        world.reader().page("Customer", {"after": "none"}, want("total_count"))


def test_a_cursor_survives_the_removal_of_what_it_pointed_at(equals: World):
    after = to_cursor("name", sort_key("نام 1"), 0)

    answer: Any = equals.reader().page("Customer", {"after": after}, listing(want("name")))

    assert [node["name"] for node in answer["nodes"]] == ["نام 1"] * 3 + ["نام 2"]
    assert answer["page_info"]["has_previous_page"]


def test_a_cursor_with_what_no_database_takes_is_still_a_place(equals: World):
    answer: Any = equals.reader().page("Customer", {"after": to_cursor("name", "\0", 1)}, want("total_count"))

    assert answer["total_count"] == 7
