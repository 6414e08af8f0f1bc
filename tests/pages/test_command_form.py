"""A form made from a command: fields of its kinds, with its labels, in the page's language."""

from collections.abc import Iterator

import pytest
from werkzeug.datastructures import MultiDict

from backoffice.domain.label import Label
from backoffice.models import CustomerKind, CustomerStage
from backoffice.operations.catalogue import core_operations
from backoffice.operations.command import fields_of
from backoffice.operations.customers.create_customer import CreateCustomer
from backoffice.operations.customers.create_site import CreateSite
from backoffice.operations.customers.update_customer import UpdateCustomer
from backoffice.operations.overrides.approve_override import ApproveOverride
from backoffice.operations.products.set_product_upgrades import SetProductUpgrades
from backoffice.operations.reference.save_channel import ChangeChannel
from backoffice.operations.services.void_service import VoidService
from backoffice.operations.staff.set_staff_roles import SetStaffRoles
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import HiddenTextField, KilometresField, OneOfField, RepeatKeyField, VersionField
from tests.pages.reader import page_in

KINDS = [(one.value, one.value) for one in CustomerKind]
NEW = CommandForm(CreateCustomer, ("name", "kind", "phones", "idempotency_key"), choices={"kind": KINDS})


@pytest.fixture(autouse=True)
def page() -> Iterator[None]:
    with page_in("fa"):
        yield


def test_a_field_has_the_label_that_the_command_declares():
    assert CommandForm(VoidService, ("reason",)).made(None)["reason"].label.text == "دلیل"


def test_labels_are_in_the_language_of_the_page():
    with page_in("en"):
        assert CommandForm(VoidService, ("reason",)).made(None)["reason"].label.text == "Reason"


def test_a_label_of_the_form_takes_the_place_of_the_declared_one():
    form = CommandForm(CreateSite, ("distance_metres",), labels={"distance_metres": Label(fa="کیلومتر", en="km")})
    assert form.made(None)["distance_metres"].label.text == "کیلومتر"


def test_kinds_have_their_fields():
    form = NEW.made(None)
    assert isinstance(form["kind"], OneOfField)
    assert isinstance(form["idempotency_key"], RepeatKeyField)
    assert isinstance(CommandForm(CreateSite, ("distance_metres",)).made(None)["distance_metres"], KilometresField)
    assert isinstance(CommandForm(UpdateCustomer, ("version",)).made(None)["version"], VersionField)


def test_what_was_typed_becomes_the_command():
    sent = MultiDict({"name": " علی ", "kind": "company", "phones": "09121112233\n", "idempotency_key": "k"})
    asked = NEW.asked(NEW.made(sent))
    assert asked == CreateCustomer(name="علی", kind=CustomerKind.COMPANY, phones=("09121112233",), idempotency_key="k")
    assert asked.stage is CustomerStage.CUSTOMER


def test_what_must_be_given_is_asked_for():
    form = NEW.made(MultiDict({"name": "", "kind": ""}))
    assert not form.validate()
    assert set(form.errors) == {"name", "kind"}


def test_what_may_be_none_may_be_left_empty():
    form = CommandForm(CreateSite, ("title", "city"))
    made = form.made(MultiDict({"title": "انبار", "city": ""}))
    assert made.validate()
    assert form.asked(made, customer_id=1).city is None


def test_ids_are_numbers_by_the_time_they_are_asked():
    form = CommandForm(SetProductUpgrades, ("target_ids", "version"))
    sent = MultiDict([("target_ids", "2"), ("target_ids", "3"), ("version", "1")])
    asked = form.asked(form.made(sent, choices={"target_ids": [("2", "B"), ("3", "C")]}), id=1)
    assert asked == SetProductUpgrades(id=1, version=1, target_ids=(2, 3))


def test_a_form_begins_with_what_is_there():
    form = CommandForm(UpdateCustomer, ("name", "version")).made(None, data={"name": "علی", "version": 3})
    assert (form["name"].data, form["version"].number) == ("علی", 3)


def test_a_name_that_the_command_does_not_have_is_refused():
    with pytest.raises(KeyError, match="nickname"):
        CommandForm(UpdateCustomer, ("nickname",)).made(None)


def test_both_languages_label_every_field_of_every_command():
    labels = [one.given.label for operation in core_operations().values() for one in fields_of(operation.command)]
    assert all(label.fa and label.en for label in labels)


def test_several_names_out_of_a_few_are_ticked_and_asked_together():
    roles = CommandForm(SetStaffRoles, ("roles",), choices={"roles": [("agent", "a"), ("finance", "f")]})
    form = roles.made(MultiDict([("roles", "agent"), ("roles", "finance")]))
    assert form.validate()
    assert roles.asked(form, id=1) == SetStaffRoles(id=1, roles=("agent", "finance"))


def test_something_is_ticked_only_where_the_command_wants_some():
    roles = CommandForm(SetStaffRoles, ("roles",), choices={"roles": [("agent", "a")]})
    upgrades = CommandForm(SetProductUpgrades, ("target_ids",), choices={"target_ids": [("1", "one")]})
    assert [form.made(MultiDict()).validate() for form in (roles, upgrades)] == [False, True]


def test_an_id_that_the_page_carries_is_chosen_from_nothing():
    approval = CommandForm(ApproveOverride, ("id",), makers={"id": HiddenTextField})
    assert approval.asked(approval.made(MultiDict({"id": "7"}))) == ApproveOverride(id=7)


def test_a_nought_is_filled_in():
    position = CommandForm(ChangeChannel, ("position",))
    filled, left = (position.made(MultiDict({"position": typed})) for typed in ("۰", ""))
    assert [filled.validate(), left.validate()] == [True, False]
    assert position.asked(filled, code="sms").position == 0
