"""Changing customers."""

import pytest

from backoffice.domain.text import sort_key
from backoffice.models import AuditEntry, Customer, CustomerPhone
from backoffice.operations.customers.update_customer import UpdateCustomer, update_customer
from backoffice.operations.result import Result
from tests.builders import Kit, problem_codes


def update(kit: Kit, customer_id: int, version: int = 1, **given) -> Result:
    return update_customer(kit.desk, kit.agent, UpdateCustomer(id=customer_id, version=version, **given))


def test_what_is_left_out_stays_as_it_is(kit: Kit):
    customer_id = kit.customer(name="پیش", city="تهران", phones=("09121234567",))
    assert update(kit, customer_id, name="پس").id == customer_id
    customer = kit.row(Customer, customer_id)
    assert (customer.name, customer.city, customer.version) == ("پس", "تهران", 2)
    assert [phone.number for phone in kit.rows(CustomerPhone, customer_id=customer_id)] == ["+989121234567"]


def test_none_makes_the_city_empty(kit: Kit):
    customer_id = kit.customer(city="تهران")
    update(kit, customer_id, city=None)
    assert kit.row(Customer, customer_id).city is None


def test_a_name_cannot_be_made_empty(kit: Kit):
    assert problem_codes(update(kit, kit.customer(), name=None)) == [("INVALID", "required", ("name",))]


def test_new_phones_take_the_place_of_the_old_and_may_keep_some(kit: Kit):
    customer_id = kit.customer(phones=("09121234567", "09351234567"))
    update(kit, customer_id, phones=("09351234567", "09011234567"))
    numbers = [phone.number for phone in kit.rows(CustomerPhone, customer_id=customer_id)]
    assert numbers == ["+989351234567", "+989011234567"]


def test_the_customer_is_found_by_what_it_is_called_now(kit: Kit):
    customer_id = kit.customer(name="قديم", code="SEARCHED")
    update(kit, customer_id, name="جديد", phones=("09121234567",))
    assert kit.row(Customer, customer_id).search_text == "جدید searched +989121234567"


def test_the_customer_stands_in_lists_where_its_present_name_belongs(kit: Kit):
    customer_id = kit.customer(name="ژاله")
    assert kit.row(Customer, customer_id).sort_key == sort_key("ژاله")
    update(kit, customer_id, name="پروین")
    assert kit.row(Customer, customer_id).sort_key == sort_key("پروین")


def test_an_old_version_is_stale_and_names_the_unchanged_customer(kit: Kit):
    customer_id = kit.customer(name="یک")
    update(kit, customer_id, name="دو")
    result = update(kit, customer_id, version=1, name="سه")
    assert problem_codes(result) == [("STALE", None, ("version",))]
    assert (result.id, result.changed) == (customer_id, False)
    assert kit.row(Customer, customer_id).name == "دو"


@pytest.mark.parametrize("customer_id", [0, -1, 999_999, 2**63])
def test_a_customer_that_is_not_there_is_not_found(kit: Kit, customer_id: int):
    assert problem_codes(update(kit, customer_id)) == [("NOT_FOUND", None, ("id",))]


def test_the_audit_trail_has_before_and_after(kit: Kit):
    customer_id = kit.customer(city="اهواز")
    update(kit, customer_id, city="آبادان")
    entry = kit.rows(AuditEntry, entity="Customer", entity_id=customer_id, operation="update_customer")[0]
    assert (entry.before["city"], entry.after["city"]) == ("اهواز", "آبادان")
