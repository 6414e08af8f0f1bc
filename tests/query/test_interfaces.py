"""Service records as objects of their own types, with their requests and results."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backoffice.query.selection import Field, Selection, listing, want
from tests.query.building import World

NUMBER, OFFICE = Field("number", "number"), Field("office", "office", {}, want("code"))
TOPIC = Field("request", "asked", {}, Selection({"TrainingRequest": (Field("topic", "topic"), Field("held_on", "on"))}))
LOCK = Field(
    "request", "request", {}, Selection({"LockRemovalRequest": (Field("note", "note"), Field("__typename", "t"))})
)
RESULT = Field("result", "result", {}, Selection({"TrainingResult": (Field("note", "note"),)}))
RAW = (Field("request_data", "request_data"), Field("result_data", "result_data"))

NODE = Selection({"Node": ()})

FRAGMENTS = Selection(
    {
        "ServiceRecord": (NUMBER,),
        "TrainingRecord": (NUMBER, TOPIC, RESULT),
        "LockRemovalRecord": (NUMBER, LOCK, OFFICE),
        "RetiredServiceRecord": (NUMBER, *RAW),
    }
)


def read(world: World, selection: Selection, **values: Any) -> dict[str, Any]:
    record = world.add_record(world.add_customer(), **values)
    found: Any = world.reader().one("ServiceRecord", {"id": record.id}, selection)
    assert found.pop("number") == f"SR-{record.id:06d}"
    return found


def test_each_record_has_the_fields_of_its_own_type(world: World):
    assert read(world, FRAGMENTS) == {
        "__typename": "TrainingRecord",
        "asked": {"topic": "کار با دستگاه", "on": date(2026, 11, 20)},
        "result": None,
    }
    assert read(world, FRAGMENTS, service_type="lock_removal", request_version=1, request_data={"note": "فوری"}) == {
        "__typename": "LockRemovalRecord",
        "request": {"note": "فوری", "t": "LockRemovalRequest"},
        "office": {"code": "hq"},
    }


def test_records_of_several_types_stand_in_one_list(world: World):
    customer = world.add_customer()
    for service_type, version in (("training", 2), ("lock_removal", 1), ("gone", 1)):
        world.add_record(customer, service_type=service_type, request_version=version, request_data={})

    answer: Any = world.reader().page("ServiceRecord", {}, want(nodes=FRAGMENTS))

    assert [sorted(set(node) - {"number"}) for node in answer["nodes"]] == [
        ["__typename", "request_data", "result_data"],
        ["__typename", "office", "request"],
        ["__typename", "asked", "result"],
    ]


def test_a_record_whose_plugin_is_gone_is_retired_with_its_raw_data(world: World):
    found = read(
        world, FRAGMENTS, service_type="gone", request_data={"a": 1}, result_version=1, result_data={"b": [True]}
    )

    assert found == {"__typename": "RetiredServiceRecord", "request_data": {"a": 1}, "result_data": {"b": [True]}}


def test_without_fragments_every_type_has_the_fields_of_the_interface(world: World):
    selection = Selection({"ServiceRecord": (NUMBER, Field("__typename", "type"))})

    assert read(world, selection, service_type="gone") == {
        "__typename": "RetiredServiceRecord",
        "type": "RetiredServiceRecord",
    }
    assert read(world, selection) == {"__typename": "TrainingRecord", "type": "TrainingRecord"}


def test_a_type_without_a_fragment_has_the_fields_of_the_interface(world: World):
    selection = Selection({"ServiceRecord": (NUMBER,), "TrainingRecord": (NUMBER, TOPIC)})

    lock_removal = {"service_type": "lock_removal", "request_version": 1, "request_data": {}}
    assert read(world, selection, **lock_removal) == {"__typename": "LockRemovalRecord"}
    assert read(world, selection, service_type="gone") == {"__typename": "RetiredServiceRecord"}


def test_a_record_asked_for_as_a_node_has_the_fields_of_node(world: World):
    record = world.add_record(world.add_customer())
    selection = Selection({"Node": (Field("__typename", "type"),), "Customer": (Field("phones", "phones"),)})

    assert world.reader().one("ServiceRecord", {"id": record.id}, selection) == {
        "__typename": "TrainingRecord",
        "type": "TrainingRecord",
    }


def test_a_request_of_an_earlier_version_is_upgraded_by_its_plugin(world: World):
    found = read(world, FRAGMENTS, request_version=1, request_data={"subject_of_training": "چاپ"})

    assert found["asked"] == {"topic": "چاپ", "on": None}


@pytest.mark.parametrize(("version", "data"), [(1, {}), (9, {}), (2, {"topic": 7})])
def test_a_request_that_its_plugin_cannot_read_makes_the_record_retired(world: World, version: int, data: Any):
    found = read(world, FRAGMENTS, request_version=version, request_data=data)

    assert found == {"__typename": "RetiredServiceRecord", "request_data": data, "result_data": None}


@pytest.mark.parametrize("selection", [FRAGMENTS, want("number"), want("number", "request"), NODE], ids=str)
def test_what_else_is_asked_does_not_change_the_type(world: World, selection: Selection):
    asked = Selection({name: (NUMBER, *fields) for name, fields in selection.fields.items()})
    assert read(world, asked, request_version=9)["__typename"] == "RetiredServiceRecord"
    assert read(world, asked)["__typename"] == "TrainingRecord"


def test_what_cannot_be_read_is_one_line_of_the_log(world: World, caplog: pytest.LogCaptureFixture):
    twice = Selection({"ServiceRecord": (NUMBER,), "TrainingRecord": (NUMBER, TOPIC, replace(TOPIC, key="again"))})

    assert read(world, twice, request_data={"topic": 7}) == {"__typename": "RetiredServiceRecord"}
    (line,) = caplog.messages
    assert re.fullmatch(
        r"record SR-\d{6} is shown as retired: plugin training cannot read its request, stored by version 2: "
        r"ValueError: topic: what is stored \(int\) is no string",
        line,
    )


def test_each_part_that_cannot_be_read_has_its_reason(world: World, caplog: pytest.LogCaptureFixture):
    read(world, FRAGMENTS, request_data={"topic": 7}, result_version=9, result_data={})

    assert [message.split("cannot read its ")[1].split(",")[0] for message in caplog.messages] == ["request", "result"]


def test_requests_without_a_selection_are_all_their_values(world: World):
    wanted = want("number", "request", "result", "request_data")

    assert read(world, wanted)["request"] == {"topic": "کار با دستگاه", "held_on": date(2026, 11, 20)}
    gone = read(world, wanted, service_type="gone", request_data={"a": 1})
    assert (gone["request"], gone["result"], gone["request_data"]) == (None, None, {"a": 1})


def test_the_interface_is_also_nested(world: World):
    customer = world.add_customer()
    world.add_record(customer, service_type="gone")
    wanted = listing(FRAGMENTS)

    found: Any = world.reader().one(
        "Customer", {"id": customer.id}, Selection({"Customer": (Field("service_records", "r", {}, wanted),)})
    )

    assert [node["__typename"] for node in found["r"]["nodes"]] == ["RetiredServiceRecord"]
