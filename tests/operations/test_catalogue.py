"""The catalogue: every operation once, by name and by what it is offered on."""

from dataclasses import fields

import pytest

from backoffice.domain.event import Event
from backoffice.operations.catalogue import AnyOperation, Operations, core_operations
from backoffice.operations.services.start_service import start_service
from backoffice.operations.services.void_service import void_service

OPERATIONS = core_operations()


def test_operations_of_the_same_name_are_refused():
    with pytest.raises(ValueError, match="start_service"):
        Operations(start_service, void_service, start_service)


def test_operations_are_found_by_what_they_are_offered_on():
    assert {operation.name for operation in OPERATIONS.on("Asset")} == {
        "renew_support",
        "transfer_asset",
        "set_opening_balances",
    }


def test_every_event_is_told_by_some_operation_and_means_something():
    told = {event for operation in OPERATIONS.values() for event in operation.events}
    assert told == set(Event)
    assert [event for event in Event if not event.meaning.endswith(".")] == []


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_every_field_of_every_command_says_what_it_is(operation: AnyOperation):
    assert [field.name for field in operation.fields] == [field.name for field in fields(operation.command)]
    assert [field.name for field in operation.fields if not field.given.about.endswith(".")] == []


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_every_operation_on_a_subject_has_the_fields_that_name_it(operation: AnyOperation):
    if operation.about is not None:
        named = operation.about.named_by or [
            field.name
            for field in operation.fields
            if getattr(field.given.kind, "entity", None) == operation.subject and field.type is int
        ]
        assert named
        assert set(named) <= {field.name for field in operation.fields}


@pytest.mark.parametrize("operation", OPERATIONS.values(), ids=list(OPERATIONS))
def test_what_cannot_be_undone_says_what_follows_from_it(operation: AnyOperation):
    """Where people are asked on a page made from the declaration: the steps of a record."""
    if operation.danger and operation.subject == "ServiceRecord":
        assert operation.explained is not None
