"""Reading commands: whatever is wrong with the values, each fault is told at its field, and no other."""

from dataclasses import MISSING
from datetime import UTC, date, datetime, timedelta
from enum import EnumMeta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.label import Label
from backoffice.domain.plan_file import shipped_plan
from backoffice.operations.catalogue import AnyOperation, core_operations
from backoffice.operations.command import CommandField
from backoffice.operations.customers.update_customer import UpdateCustomer
from backoffice.operations.kinds import Ids, Known, PastDay, PastInstant, Phones, PluginData, Quantity, Spelled, Text
from backoffice.operations.reading import read
from backoffice.operations.result import UNSET
from backoffice.operations.services.schedule_service import ScheduleService

NOW = datetime(2026, 8, 1, 9, 0, tzinfo=UTC)
OPERATIONS = core_operations()


BY_TYPE = {str: "x", bytes: b"x", int: 1, bool: True, date: NOW.date(), datetime: NOW}
BY_NAME: dict[str, Any] = {
    "plan": shipped_plan(),
    "roles": ("agent",),
    "ids": (1,),
    "target_ids": (2,),
    "balances": ({},),
    "terms": ({},),
    "data": {},
    "request": {},
}


def sound(field: CommandField) -> Any:
    """A value that nothing is wrong with."""
    if field.type is str and isinstance(field.given.kind, Known):
        return min(field.given.kind.names)
    if isinstance(field.type, EnumMeta):
        return next(iter(field.type))
    return BY_TYPE[field.type] if field.type in BY_TYPE else BY_NAME[field.name]


def faulty(field: CommandField) -> Any:
    """A value that is wrong by itself, None where its kind knows none."""
    match field.given.kind:
        case Phones():
            return ("no phone",)
        case Known() if field.type is str:
            return "nobody"
        case Known():
            return ("nobody",) if field.type is not None else None
        case Quantity(most=most):
            return most + 1
        case Ids(most=most):
            return tuple(range(1, most + 2))
        case PastDay():
            return NOW.date() + timedelta(days=2)
        case PastInstant():
            return NOW + timedelta(days=2)
        case Text(longest=longest):
            return "x" * (longest + 1)
        case Spelled():
            return "Not A Code"
        case PluginData():
            return {"a": ["\x00"]}
    return {str: "\x00", date: date(1800, 1, 1), datetime: datetime(1800, 1, 1, tzinfo=UTC)}.get(field.type)


def command_of(operation: AnyOperation, wrong: set[str]) -> Any:
    values = {}
    for field in operation.fields:
        if field.name in wrong:
            values[field.name] = faulty(field)
        elif field.default is MISSING:
            values[field.name] = sound(field)
    return operation.command(**values)


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_a_sound_command_has_no_problems(operation: AnyOperation):
    given = read(command_of(operation, set()), NOW)
    assert given.problems == tuple(given.command.contradictions())


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
@given(st.data())
def test_as_many_fields_as_are_faulty_are_told(operation: AnyOperation, data: st.DataObject):
    can_be_faulty = [field.name for field in operation.fields if faulty(field) is not None]
    wrong = set(data.draw(st.lists(st.sampled_from(can_be_faulty), unique=True)))
    given = read(command_of(operation, wrong), NOW)
    contradicted = {problem.path[0] for problem in given.command.contradictions()}
    assert wrong <= given.faulty <= wrong | contradicted
    assert len(given.problems) == len(given.faulty)


def test_nothing_may_stand_for_what_is_required():
    given = read(UpdateCustomer(id=1, version=1, name=None), NOW)  # type: ignore[arg-type]
    assert [(problem.detail, problem.path) for problem in given.problems] == [("required", ("name",))]


def test_what_is_left_out_stays_left_out():
    assert read(UpdateCustomer(id=1, version=1), NOW).command.name is UNSET


def test_an_instant_is_read_in_utc():
    tehran = datetime.fromisoformat("2026-08-01T12:30:00+03:30")
    assert read(ScheduleService(id=1, version=1, scheduled_at=tehran), NOW).command.scheduled_at.tzinfo is UTC


def test_labels_are_in_both_languages():
    labels = [field.given.label for operation in OPERATIONS.values() for field in operation.fields]
    assert {type(label) for label in labels} == {Label}
