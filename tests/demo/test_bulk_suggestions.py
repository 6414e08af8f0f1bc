"""A slot given back in the bulk demo suggests whom the operations suggest; drawn scripts seldom come to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from backoffice.demo.bulk import DemoSize, load_bulk
from backoffice.demo.bulk import bulk_load as loading
from backoffice.demo.bulk.world import World
from backoffice.demo.course import Act, Course
from backoffice.demo.operation_player import OperationPlayer
from backoffice.demo.reference_data import furnish, load_tariffs, release_versions
from backoffice.demo.script import ScriptStep, work
from backoffice.demo.services import ServicePlan
from backoffice.demo.story import BEFORE
from backoffice.domain.service import Mode
from backoffice.models import RatingSuggestion
from backoffice.operations.proofs.reconcile import reconcile
from tests.databases import MakeDatabase
from tests.demo.test_bulk import COMPARED, desk_on, prepare_desk, rows

SIZE = DemoSize(customers=3, products=9, assets=4, records=60)
COURSES = (Course.VOIDED, Course.AT_ONCE, Course.VOIDED, Course.CLOSED, Course.OPEN)
"""The first takes the slot and is the last to be voided; the third, charged like the others, is voided before."""


class Story(World):
    """One unit's trainings, asked for within hours."""

    def steps(self) -> Iterator[ScriptStep]:
        drawn = list(super().steps())
        told = [step.told[1] for step in drawn if step.act is Act.RECORD]
        plan = next(one for one in told if isinstance(one, ServicePlan) and fits(one))
        mine = [step for number, course in enumerate(COURSES) for step in work(number, later(plan, number, course))]
        sold = [step for step in drawn if step.act in {Act.ARRIVE, Act.SELL, Act.RENEW}]
        return iter(sorted((*sold, *mine), key=lambda step: step.at))


def fits(plan: ServicePlan) -> bool:
    return (plan.kind, plan.mode) == ("training", Mode.REMOTE) and plan.done_at_once


def later(plan: ServicePlan, hours: int, course: Course) -> ServicePlan:
    names = ("asked_at", "requested_at", "performed_at")
    moved = {name: getattr(plan, name) + timedelta(hours=hours) for name in names}
    return replace(plan, course=course, **moved, ended_at=plan.asked_at + timedelta(hours=24 - hours))


def test_suggestions_are_the_ones_that_the_operations_leave(
    make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading, "World", Story)
    bulk, recorded = (desk_on(make_database(prepare_desk)) for _ in range(2))
    load_bulk(bulk, SIZE, seed=1, advance=lambda _: None)
    load_tariffs(recorded)
    story = loading.world_of(recorded, SIZE, 1)
    furnish(replace(recorded, clock=lambda: story.begins_at - BEFORE), story.models)
    release_versions(recorded, story.models)
    stage = OperationPlayer(recorded)
    for step in story.steps():
        step.play(stage)
    with bulk.database.reading() as left, recorded.database.reading() as right:
        assert reconcile(left) == ()
        assert [row["record_id"] for row in rows(left, RatingSuggestion.__tablename__)] == [2, 4]
        assert {table: rows(left, table) for table in COMPARED} == {table: rows(right, table) for table in COMPARED}
