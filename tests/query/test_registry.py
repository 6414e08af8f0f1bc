"""What the register refuses."""

import re
from dataclasses import replace

import pytest

from backoffice.query.entities import core_entities
from backoffice.query.entities.admin import admin_entities
from backoffice.query.entities.place import OFFICE
from backoffice.query.field_kinds import Column, Linked, Many, references
from backoffice.query.registry import Entities, Entity, Order, Unregistrable


def test_the_core_has_a_row_rule_for_every_entity():
    assert all(callable(entity.visible) for entity in core_entities())


@pytest.mark.parametrize("entity", list(admin_entities()), ids=lambda entity: entity.name)
def test_the_reader_has_names_of_its_own_and_not_those_of_an_api(entity: Entity):
    named = {*entity.fields, *entity.filters, *entity.orders, *entity.lookups}

    assert {name for name in named if not re.fullmatch(r"[a-z][a-z0-9_]*", name)} == set()


def test_a_name_is_taken_once():
    with pytest.raises(Unregistrable, match="Office: the name is taken"):
        Entities([OFFICE, OFFICE])


@pytest.mark.parametrize(
    "change",
    [
        {"fields": {"size": Column("size")}},
        {"orders": {"size": Order(column="size")}},
        {"listed_by": (Order(column="size"),)},
    ],
)
def test_a_column_must_be_there(change):
    with pytest.raises(Unregistrable, match="Office: office has no column size"):
        Entities([replace(OFFICE, **change)])


@pytest.mark.parametrize(
    "kind",
    [
        references("Planet", "id"),
        Many("Office", "planet_id", order=("id",)),
        Many("Planet", "id", order=()),
        Linked("Planet", "id", references("Office", "id"), order=()),
        Linked("Office", "planet_id", references("Office", "id"), order=()),
        Linked("Office", "id", references("Office", "id"), order=("planet_id",)),
        Linked("Office", "id", references("Planet", "id"), order=("id",)),
    ],
)
def test_a_field_must_lead_somewhere(kind):
    with pytest.raises(Unregistrable, match=r"Office\.planet: there is no"):
        Entities([replace(OFFICE, fields={"planet": kind})])
