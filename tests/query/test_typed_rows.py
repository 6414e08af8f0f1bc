"""Rows as types: which selection a TypedDict stands for."""

from typing import Annotated, TypedDict

import pytest

from backoffice.query.selection import asked, page, want
from backoffice.query.typed_rows import Nodes, selected


class Named(TypedDict):
    name: str


class Coded(Named):
    code: str


class Whole(TypedDict):
    labels: dict[str, str]
    phones: list[str]
    customer: Named
    site: Named | None
    periods: list[Coded]


class Annotations(TypedDict):
    decision: Annotated[object, want("amount")]
    label: Annotated[str, asked(language="en")]
    assets: Annotated[Nodes[Named], asked(first=5)]
    records: Annotated[object, page(want("number"), "total_count", first=2)]


def test_a_row_within_a_row_is_selected_whether_it_is_one_or_none_or_many():
    assert selected(Whole) == want(
        "labels", "phones", customer=want("name"), site=want("name"), periods=want("name", "code")
    )


def test_an_annotation_gives_the_selection_or_the_arguments_of_a_field():
    assert selected(Annotations) == want(
        decision=want("amount"),
        label=asked(language="en"),
        assets=asked(want(nodes=want("name")), first=5),
        records=page(want("number"), "total_count", first=2),
    )


@pytest.mark.parametrize("row", [Named, Whole])
def test_a_selection_is_derived_once(row: type[Named] | type[Whole]):
    assert selected(row) is selected(row)
