"""Statistics say what the records say, whatever happened to them: compared with a count in plain Python."""

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import pytest
from sqlalchemy import func, select

from backoffice.access.access_class import access_class
from backoffice.access.viewer import Viewer
from backoffice.domain.record import RecordStatus
from backoffice.models import Customer, RecordChange, RecordSummary, ServiceRecord
from backoffice.query.counted import KNOWN, StatsQuestion, grain_for
from backoffice.query.entities import core_entities
from backoffice.query.given import Binds, Given
from backoffice.query.ground import Ground
from backoffice.query.outline import outline_of
from backoffice.query.selection import Field, want
from tests.query.building import REGISTRY, SUPERVISOR, World, customer_viewer
from tests.query.drawn_records import COLUMNS, Draw, counted, ground_in

KEYS = want("count", "amount", "shadow_amount", keys=want("value"))
GROUPS = [(), *((name,) for name in COLUMNS), *combinations(COLUMNS, 2), ("MODE", "JALALI_MONTH", "PRODUCT")]
SMALL = set(KNOWN) - {"product_id", "requested_at"}


def told(world: World, names: Sequence[str], asked: Mapping[str, Any], viewer: Viewer) -> list[Any]:
    rows = world.reader(viewer).stats({"group_by": names, "filter": asked}, KEYS)
    return [
        (tuple(key["value"] for key in row["keys"]), row["count"], row["amount"], row["shadow_amount"]) for row in rows
    ]


def size(world: World, table: Any) -> int:
    return world.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("seed", range(3))
def test_statistics_are_the_records_sums_by_every_pair_of_dimensions(world: World, seed: int):
    draw = Draw(ground_in(world), seed)
    draw.add(world.session, 150 + 150 * seed)
    draw.change(world.session, world.session.scalars(select(ServiceRecord.id)).all(), 250)
    records = world.session.execute(select(*ServiceRecord.__table__.c)).mappings().all()
    customer = customer_viewer(world.session.get_one(Customer, draw.ground.customers[0]))
    for viewer in (SUPERVISOR, world.agent_of(world.branch), customer):
        for names in GROUPS:
            for asked in ({}, draw.filter()):
                assert told(world, names, asked, viewer) == counted(records, names, asked, viewer), (names, asked)


def test_what_waits_to_be_summed_up_counts_like_the_rest(world: World):
    Draw(ground_in(world), 1).add(world.session, 600)

    assert size(world, RecordSummary) > 0
    assert size(world, RecordChange) > 0
    assert told(world, (), {"status": tuple(RecordStatus)}, SUPERVISOR)[0][1] == 600


def grain(viewer: Viewer, columns: Sequence[str], asked: Mapping[str, object]) -> int | None:
    """The grain of the summary that a question is read from; None for the records themselves."""
    ground = Ground(core_entities(), REGISTRY, "sqlite", access_class(viewer))
    field, _ = outline_of(Field("", "", asked))
    given = Given(field.known, (), Binds())
    return grain_for(StatsQuestion(tuple(columns), {name: given[name] for name in given}, is_whole=True), ground)


@pytest.mark.parametrize(
    "names", [(), *((name,) for name in COLUMNS), *combinations(sorted(set(COLUMNS) - {"PRODUCT"}), 2)]
)
def test_the_summary_answers_the_usual_questions(names: Sequence[str]):
    for asked in ({}, *({name: []} for name in SMALL)):
        assert grain(SUPERVISOR, [COLUMNS[name] for name in names], asked) is not None


@pytest.mark.parametrize("asked", [{"customer_id": "x"}, {"asset_id": "x"}, {"assignee_id": "x"}])
def test_what_the_summary_does_not_know_is_read_from_the_records(asked: Mapping[str, object]):
    assert grain(SUPERVISOR, ["mode"], asked) is None


def test_a_customers_statistics_are_read_from_the_records(world: World):
    assert grain(customer_viewer(world.add_customer()), ["mode"], {}) is None
