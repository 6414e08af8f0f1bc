"""Sending a command twice."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from backoffice.models import AllowanceSlot, ApiToken, IdempotencyKey, ServiceRecord
from backoffice.operations import idempotency_keys
from backoffice.operations.command import Command
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.services.record_service import record_service
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.operations.staff.create_token import CreateToken, create_token
from tests.builders import PASSWORD, Kit, decision_of, problem_codes, recording


def test_the_same_key_and_input_give_the_first_answer_and_one_effect(kit: Kit):
    asset_id = kit.purchase()
    first, again = (kit.record(asset_id, idempotency_key="once") for _ in range(2))
    assert (first.id, first.changed, again.id, again.changed) == (first.id, True, first.id, False)
    assert decision_of(again) == decision_of(first)
    assert len(kit.rows(ServiceRecord, asset_id=asset_id)) == 1
    assert len(kit.rows(AllowanceSlot, record_id=first.id)) == 1


def test_a_repeated_completion_gives_its_decision_again(kit: Kit):
    record_id = kit.recorded(kit.purchase())
    first, again = (kit.complete(record_id, minutes=45, idempotency_key="done") for _ in range(2))
    assert (again.id, again.problems, decision_of(again)) == (record_id, (), decision_of(first))


def test_the_same_key_with_other_input_is_a_conflict(kit: Kit):
    asset_id = kit.purchase()
    kit.record(asset_id, idempotency_key="two")
    result = kit.record(asset_id, minutes=30, idempotency_key="two")
    assert problem_codes(result) == [("CONFLICT", "idempotency_key_reused", ("idempotency_key",))]


def test_the_same_key_for_another_operation_is_a_conflict(kit: Kit):
    kit.record(kit.purchase(), idempotency_key="three")
    command = CreateCustomer(name="x", kind="person", idempotency_key="three")
    assert problem_codes(create_customer(kit.desk, kit.agent, command))[0][:2] == ("CONFLICT", "idempotency_key_reused")


def test_the_same_instant_in_another_offset_is_the_same_input(kit: Kit):
    asset_id, moment = kit.purchase(), kit.clock.now
    from_tehran = moment.astimezone(moment.tzinfo.__class__(timedelta(hours=3, minutes=30)))
    first = kit.record(asset_id, requested_at=moment, idempotency_key="four")
    assert kit.record(asset_id, requested_at=from_tehran, idempotency_key="four").id == first.id


def test_a_field_that_comes_with_the_next_release_makes_an_input_no_other_one():
    @dataclass(frozen=True, kw_only=True)
    class Now(Command):
        name: str

    @dataclass(frozen=True, kw_only=True)
    class Later(Now):
        loudness: int | None = None

    now, later, louder = Now(name="x"), Later(name="x"), Later(name="x", loudness=1)
    assert now.input_hash("greet") == later.input_hash("greet") != louder.input_hash("greet")


def test_keys_of_two_people_are_two_keys(kit: Kit):
    command = recording(kit.purchase(), idempotency_key="five")
    first = record_service(kit.desk, kit.agent, command)
    second = record_service(kit.desk, kit.supervisor, command)
    assert second.changed
    assert second.id != first.id


def test_a_refusal_is_not_remembered(kit: Kit):
    asset_id = kit.purchase()
    refused = kit.record(asset_id, service_type="training", channel="pigeon", idempotency_key="six")
    assert refused.problems
    assert kit.rows(IdempotencyKey, key="six") == []
    assert kit.record(asset_id, service_type="training", idempotency_key="six").changed


def test_the_answer_is_the_first_one_even_when_the_slots_have_moved_on(kit: Kit):
    asset_id = kit.purchase()
    first = kit.record(asset_id, service_type="training", idempotency_key="seven")
    kit.done(asset_id, service_type="training")
    again = kit.record(asset_id, service_type="training", idempotency_key="seven")
    assert decision_of(again).fingerprint == decision_of(first).fingerprint


def test_a_token_is_told_the_first_time_only(kit: Kit):
    command = CreateToken(username="agent", name="once", idempotency_key="token")
    first, again = (create_token(kit.desk, kit.staff("admin"), command) for _ in range(2))
    assert (bool(first.told), again.told) == (True, None)
    assert (again.id, again.problems, again.changed) == (first.id, (), False)
    assert len(kit.rows(ApiToken, name="once")) == 1


def test_a_password_made_anew_for_each_sending_is_no_other_input(kit: Kit):
    added = [
        add_staff(
            kit.desk,
            kit.staff("admin"),
            AddStaff(username="twin", role="agent", password=password, idempotency_key="twin"),
        )
        for password in (PASSWORD, PASSWORD[::-1])
    ]
    assert [(result.problems, result.changed) for result in added] == [((), True), ((), False)]
    other = AddStaff(username="other", role="agent", password=PASSWORD, idempotency_key="twin")
    assert problem_codes(add_staff(kit.desk, kit.staff("admin"), other))[0][:2] == (
        "CONFLICT",
        "idempotency_key_reused",
    )


def test_old_keys_make_room_and_young_ones_stay(fresh_kit: Kit, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(idempotency_keys, "EVERY", 3)
    asset_id = fresh_kit.purchase()
    for key, days in (("old", 3), ("young", 1), ("now", 0)):
        at = fresh_kit.clock.now - timedelta(days=days)
        record_service(fresh_kit.at(at), fresh_kit.agent, recording(asset_id, idempotency_key=key))
    assert [row.key for row in fresh_kit.rows(IdempotencyKey)] == ["young", "now"]
