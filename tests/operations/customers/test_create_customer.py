"""Creating customers."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.models import AuditEntry, Customer, CustomerKind, CustomerPhone, Outbox
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from tests.builders import Kit, problem_codes


def creating(**given) -> CreateCustomer:
    return CreateCustomer(**{"name": "شرکت نمونه", "kind": CustomerKind.COMPANY} | given)


def test_a_customer_without_a_code_is_given_one_from_its_id(kit: Kit):
    result = create_customer(kit.desk, kit.agent, creating())
    assert kit.row(Customer, result.id).code == f"C-{result.id:06d}"


def test_a_code_that_somebody_gave_by_hand_is_not_given_again(kit: Kit):
    last = kit.customer()
    kit.customer(code=f"C-{last + 2:06d}")
    given = kit.row(Customer, kit.customer()).code
    assert given.startswith(f"C-{last + 2:06d}-")


def test_phones_are_kept_as_typed_and_as_international_numbers_each_once(kit: Kit):
    customer_id = kit.customer(phones=("۰۹۱۲۱۲۳۴۵۶۷", "+98 21 8888 7777", "0912 123 45 67"))
    phones = kit.rows(CustomerPhone, customer_id=customer_id)
    assert [(phone.number, phone.raw) for phone in phones] == [
        ("+989121234567", "۰۹۱۲۱۲۳۴۵۶۷"),
        ("+982188887777", "+98 21 8888 7777"),
    ]


def test_every_text_that_is_no_phone_is_a_problem_at_its_place(kit: Kit):
    result = create_customer(kit.desk, kit.agent, creating(phones=("09121234567", "123", "x")))
    assert problem_codes(result) == [("INVALID", "phone", ("phones", "1")), ("INVALID", "phone", ("phones", "2"))]


def test_a_customer_is_found_by_folded_name_code_city_and_phone(kit: Kit):
    customer_id = kit.customer(name="علي كريمي", code="K-7", city="شيراز", phones=("۰۹۱۲۱۲۳۴۵۶۷",))
    assert kit.row(Customer, customer_id).search_text == "علی کریمی k-7 شیراز +989121234567"


@pytest.mark.parametrize("name", ["", "   ", "\u200c "])
def test_a_name_of_blanks_is_refused(kit: Kit, name: str):
    result = create_customer(kit.desk, kit.agent, creating(name=name))
    assert problem_codes(result) == [("INVALID", "required", ("name",))]


def test_a_name_longer_than_anybody_reads_is_refused(kit: Kit):
    result = create_customer(kit.desk, kit.agent, creating(name="ن" * 201))
    assert problem_codes(result) == [("INVALID", "too_long", ("name",))]


def test_a_code_is_the_same_in_all_digits(kit: Kit):
    assert kit.row(Customer, kit.customer(code="K-۷۷")).code == "K-77"
    result = create_customer(kit.desk, kit.agent, creating(code="K-٧٧"))
    assert problem_codes(result) == [("DUPLICATE", "customer_code", ("code",))]


def test_a_taken_code_is_a_duplicate(kit: Kit):
    kit.customer(code="TAKEN")
    result = create_customer(kit.desk, kit.agent, creating(code=" TAKEN "))
    assert problem_codes(result) == [("DUPLICATE", "customer_code", ("code",))]


@pytest.mark.parametrize("text", ["a\0b", "\ud800", "a\x07b", "\x1b[31m"])
def test_characters_that_are_no_writing_are_refused_where_they_stand(kit: Kit, text: str):
    result = create_customer(kit.desk, kit.agent, creating(city=text, phones=(text,), idempotency_key=text))
    assert problem_codes(result) == [
        ("INVALID", "characters", ("idempotency_key",)),
        ("INVALID", "characters", ("city",)),
        ("INVALID", "characters", ("phones",)),
    ]


def test_whoever_may_only_look_is_forbidden(kit: Kit):
    with pytest.raises(Forbidden) as caught:
        create_customer(kit.desk, kit.staff("viewer"), creating())
    assert caught.value.permission == "customer.write"


def test_the_audit_trail_has_the_new_customer_and_its_author(kit: Kit):
    customer_id = kit.customer(name="حسابرسی", phones=("09121234567",))
    entry = kit.rows(AuditEntry, entity="Customer", entity_id=customer_id)[0]
    assert (entry.operation, entry.actor, entry.before) == ("create_customer", "agent", None)
    assert (entry.after["name"], entry.after["phones"]) == ("حسابرسی", ["+989121234567"])


def test_the_outbox_tells_of_the_new_customer(kit: Kit):
    customer_id = kit.customer()
    told = kit.rows(Outbox, entity="Customer", entity_id=customer_id)
    assert [(event.event, event.payload["id"]) for event in told] == [("customer_created", customer_id)]


def test_a_refusal_leaves_no_trace(fresh_kit: Kit):
    before = len(fresh_kit.rows(AuditEntry)), len(fresh_kit.rows(Outbox))
    create_customer(fresh_kit.desk, fresh_kit.agent, creating(phones=("no phone",)))
    assert fresh_kit.rows(Customer) == []
    assert (len(fresh_kit.rows(AuditEntry)), len(fresh_kit.rows(Outbox))) == before
