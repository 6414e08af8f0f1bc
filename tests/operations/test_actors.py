"""Whoever acts, a customer, a program or the desk itself: operations answer or refuse, and say whose act it was."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any

import pytest
from sqlalchemy import func, select

from backoffice.access.audit import hash_of
from backoffice.access.permissions import PERMISSIONS
from backoffice.access.viewer import Forbidden, Viewer
from backoffice.domain.actor import NOBODY, SYSTEM, Actor, ActorKind
from backoffice.domain.service import Mode
from backoffice.models import Asset, AuditEntry, Customer, IdempotencyKey, Office, OfficeKind, ServiceRecord, Staff
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.services.authorship import DESK_ACCOUNT
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.operations.services.record_service import record_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from tests.builders import Kit, recording
from tests.operations.test_refusals import OPERATIONS, UNKNOWN, Operation

EVERYTHING = frozenset(PERMISSIONS)
DONE_BY_ANYBODY = {"add_office", "add_channel"}
OTHERS = [ActorKind.CUSTOMER, ActorKind.PROGRAM, ActorKind.SYSTEM]


def acting(kit: Kit, kind: ActorKind, permissions: frozenset[str] = EVERYTHING) -> Viewer:
    """A viewer who is no member of staff; the customer is the first one there is."""
    actors = {
        ActorKind.CUSTOMER: lambda: Actor(ActorKind.CUSTOMER, kit.rows(Customer)[0].id, "خریدار"),
        ActorKind.PROGRAM: lambda: Actor(ActorKind.PROGRAM, 3, "فروشگاه"),
        ActorKind.SYSTEM: lambda: SYSTEM,
    }
    return Viewer(actors[kind](), permissions)


def commands(operation: Operation) -> Iterator[tuple[Any, ...]]:
    """The operation's arguments as they are, about nothing; and about the first few objects of each kind."""
    yield operation.arguments
    for there in (1, 2):
        yield tuple(about(argument, there) for argument in operation.arguments)


def about(argument: Any, there: int) -> Any:
    if not is_dataclass(argument):
        return argument
    ids = {one.name: there for one in fields(argument) if getattr(argument, one.name) == UNKNOWN}
    key = {"idempotency_key": f"key {there}"} if hasattr(argument, "idempotency_key") else {}
    return replace(argument, **ids, **key)


@pytest.mark.parametrize("permissions", [EVERYTHING, frozenset[str]()], ids=["with every right", "with no right"])
@pytest.mark.parametrize("kind", OTHERS)
def test_every_operation_answers_them_or_refuses(fresh_kit: Kit, kind: ActorKind, permissions: frozenset[str]):
    asset_id = fresh_kit.purchase()
    fresh_kit.done(asset_id, mode=Mode.ON_SITE, distance_metres=90_000)
    fresh_kit.record(asset_id)
    viewer, done, lacking = acting(fresh_kit, kind, permissions), set(), set()
    for operation in OPERATIONS:
        for arguments in commands(operation):
            try:
                answer = operation.run(fresh_kit.desk, viewer, *arguments)
            except Forbidden as refused:
                lacking.add(refused.permission)
            else:
                done |= {operation.name} if getattr(answer, "changed", False) else set()
    if permissions:
        assert lacking == set()
        assert done >= DONE_BY_ANYBODY
    else:
        assert lacking == {operation.permission for operation in OPERATIONS}
        assert done == set()


@pytest.mark.parametrize("kind", OTHERS)
def test_what_they_record_says_so_and_belongs_to_the_default_office(kit: Kit, kind: ActorKind):
    asset_id = kit.purchase()
    viewer = replace(acting(kit, kind))
    if kind is ActorKind.CUSTOMER:
        viewer = replace(viewer, actor=replace(viewer.actor, id=kit.row(Asset, asset_id).customer_id))
    result = record_service(kit.desk, viewer, recording(asset_id))
    assert result.problems == ()
    record, actor = kit.row(ServiceRecord, result.id), viewer.actor
    recorded_by = (record.recorded_by_kind, record.recorded_by_id, record.recorded_by_name)
    assert recorded_by == (actor.kind, actor.id, actor.name)
    (origin,) = kit.rows(Office, is_origin=True)
    assert record.office_id == origin.id


def test_the_desks_own_account_answers_for_it_and_is_one(fresh_kit: Kit):
    asset_id = fresh_kit.purchase()
    before = len(fresh_kit.rows(Staff))
    records = [fresh_kit.row(ServiceRecord, by_the_system(fresh_kit, asset_id)) for _ in range(2)]
    (account,) = fresh_kit.rows(Staff, username=DESK_ACCOUNT)
    assert {record.author_id for record in records} == {account.id}
    assert (account.active, account.password, len(fresh_kit.rows(Staff))) == (False, "", before + 1)


def by_the_system(kit: Kit, asset_id: int) -> int:
    result = record_service(kit.desk, Viewer(SYSTEM, EVERYTHING), recording(asset_id))
    assert result.problems == ()
    return result.id


def test_staff_take_it_over_put_it_back_and_complete_it(kit: Kit):
    record_id = by_the_system(kit, kit.purchase())
    for version, assignee_id in ((1, kit.agent.staff_id), (2, None)):
        command = ScheduleService(id=record_id, version=version, scheduled_at=kit.clock.now, assignee_id=assignee_id)
        assert schedule_service(kit.desk, kit.supervisor, command).problems == ()
    assert kit.row(ServiceRecord, record_id).assignee_id is None
    command = CompleteService(id=record_id, version=3, performed_at=kit.clock.now, minutes=30)
    assert complete_service(kit.desk, kit.supervisor, command).problems == ()


def test_a_member_of_staff_answers_for_what_they_record(kit: Kit):
    record = kit.row(ServiceRecord, kit.recorded(kit.purchase()))
    assert record.author_id == record.recorded_by_id == kit.agent.staff_id
    assert (record.recorded_by_kind, record.recorded_by_name) == (ActorKind.STAFF, kit.agent.name)
    assert record.office_id == kit.agent.office_id


@pytest.mark.parametrize("kind", OTHERS)
def test_the_trail_says_whose_act_it_was(kit: Kit, kind: ActorKind):
    kit.customer()
    actor = acting(kit, kind).actor
    create_customer(kit.desk, Viewer(actor, EVERYTHING), CreateCustomer(name="x", kind="person"))
    entry = kit.rows(AuditEntry)[-1]
    assert (entry.actor_kind, entry.actor_id, entry.actor, entry.staff_id) == (kind, actor.id, actor.name, None)
    assert entry.content_hash == hash_of(entry)


@pytest.mark.parametrize("other", [{"actor_kind": ActorKind.PROGRAM}, {"actor_id": 7}, {"actor": "کسی دیگر"}])
def test_whose_act_it_was_is_in_the_hash(kit: Kit, other: dict[str, object]):
    kit.customer()
    create_customer(kit.desk, acting(kit, ActorKind.CUSTOMER), CreateCustomer(name="x", kind="person"))
    entry = kit.rows(AuditEntry)[-1]
    entry.change(other)
    assert entry.content_hash != hash_of(entry)


def test_each_has_keys_of_their_own(kit: Kit):
    kit.customer()
    viewers = [kit.agent, kit.supervisor, *(acting(kit, kind) for kind in OTHERS)]
    command = CreateCustomer(name="x", kind="person", idempotency_key="one")
    first = [create_customer(kit.desk, viewer, command) for viewer in viewers]
    again = [create_customer(kit.desk, viewer, command) for viewer in viewers]
    assert [result.changed for result in first] == [True] * len(viewers)
    assert len({result.id for result in first}) == len(viewers)
    assert [(result.id, result.changed) for result in again] == [(result.id, False) for result in first]
    kept = [(row.actor_kind, row.actor_id, row.staff_id) for row in kit.rows(IdempotencyKey, key="one")]
    assert kept[0] == (ActorKind.STAFF, kit.agent.staff_id, kit.agent.staff_id)
    assert kept[-1] == (ActorKind.SYSTEM, NOBODY, None)


def test_a_desk_without_an_origin_has_its_head_office_as_the_default(fresh_kit: Kit):
    with fresh_kit.desk.database.writing() as session:
        for office in session.scalars(select(Office)):
            office.is_origin = False
    record = fresh_kit.row(ServiceRecord, by_the_system(fresh_kit, fresh_kit.purchase()))
    with fresh_kit.desk.database.reading() as session:
        head = session.scalar(select(func.min(Office.id)).where(Office.kind == OfficeKind.HEAD_OFFICE))
    assert record.office_id == head
