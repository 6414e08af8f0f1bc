"""Whoever reads, a customer, a program or the desk itself, is answered or shown nothing: by every entity."""

from collections.abc import Iterator, Mapping

import pytest

from backoffice.access.permissions import PERMISSIONS
from backoffice.access.viewer import Viewer
from backoffice.domain.actor import SYSTEM, Actor, ActorKind
from backoffice.domain.service import Mode
from backoffice.models import Asset
from backoffice.query.entities.admin import admin_entities
from backoffice.query.field_kinds import Column, Expression, Many, One
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import Selection, want
from tests.builders import Kit, kit_on, prepare_desk
from tests.databases import Copies

ENTITIES = admin_entities()
EVERYTHING = frozenset(PERMISSIONS)
READABLE = [entity.name for entity in ENTITIES if entity.listed_by or entity.orders]


@pytest.fixture(scope="module")
def kit(copies: Copies) -> Iterator[Kit]:
    """A desk with one of most things."""
    with copies.copy(prepare_desk) as database:
        kit = kit_on(database)
        asset_id = kit.purchase()
        kit.done(asset_id)
        kit.done(asset_id, mode=Mode.ON_SITE, distance_metres=90_000)
        kit.purchase()
        yield kit


def actors(kit: Kit) -> Mapping[str, Actor]:
    owner = kit.row(Asset, kit.rows(Asset)[0].id).customer_id
    return {
        "customer": Actor(ActorKind.CUSTOMER, owner, "خریدار"),
        "program": Actor(ActorKind.PROGRAM, 3, "فروشگاه"),
        "system": SYSTEM,
    }


def everything_of(name: str) -> Selection:
    """Every field that is a value, and of every object that it leads to the first that is."""
    fields = ENTITIES[name].fields
    led_to = {field: values_of(kind.target) for field, kind in fields.items() if isinstance(kind, One | Many)}
    return want(*values_of(name), **{field: want(values[0]) for field, values in led_to.items() if values})


def values_of(name: str) -> list[str]:
    return [field for field, kind in ENTITIES[name].fields.items() if isinstance(kind, Column | Expression)]


def read(kit: Kit, viewer: Viewer, name: str) -> int:
    """How many rows of the entity the viewer sees."""
    with kit.desk.database.reading() as session:
        reader = Reader(session, viewer, today=kit.clock().date(), plans=Plans(ENTITIES, kit.desk.registry))
        if ENTITIES[name].listed_by:
            return len(reader.list(name, everything_of(name)))
        return len(list(reader.every(name, everything_of(name))))


@pytest.mark.parametrize("who", ["customer", "program", "system"])
@pytest.mark.parametrize("name", READABLE)
def test_they_are_answered_and_with_no_right_at_most_as_much(kit: Kit, name: str, who: str):
    actor = actors(kit)[who]
    seen, without = (read(kit, Viewer(actor, rights), name) for rights in (EVERYTHING, frozenset[str]()))
    assert 0 <= without <= seen


@pytest.mark.parametrize(("name", "seen"), [("Customer", 1), ("Asset", 1), ("ServiceRecord", 2), ("Charge", 1)])
def test_a_customer_sees_what_is_theirs(kit: Kit, name: str, seen: int):
    assert read(kit, Viewer(actors(kit)["customer"], EVERYTHING), name) == seen
    assert read(kit, Viewer(SYSTEM, EVERYTHING), name) >= seen
