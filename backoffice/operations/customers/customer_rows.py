"""The rows of a customer: phones as people write them, the folded text by which to be found, the audit document."""

from collections.abc import Iterable, Mapping

from sqlalchemy import delete, select

from backoffice.domain.phone import parse_phone
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import fold
from backoffice.models import Customer, CustomerPhone, CustomerStage
from backoffice.operations import lookups
from backoffice.operations.documents import document_of
from backoffice.operations.result import Refusal
from backoffice.operations.work import Work


def parsed_phones(phones: Iterable[str]) -> dict[str, str]:
    """E.164 number → the text as it was typed, in order, each number once; INVALID for every text that is no phone."""
    parsed = [(position, raw.strip(), parse_phone(raw)) for position, raw in enumerate(phones)]
    unreadable = [
        Problem(code=ErrorCode.INVALID, detail="phone", path=("phones", str(position)), params={"given": raw})
        for position, raw, number in parsed
        if number is None
    ]
    if unreadable:
        raise Refusal(*unreadable)
    found: dict[str, str] = {}
    for _, raw, number in parsed:
        if number is not None:
            found.setdefault(number, raw)
    return found


def replace_phones(work: Work, customer: Customer, phones: Mapping[str, str]) -> None:
    """Make these the customer's phones, in this order."""
    work.session.execute(delete(CustomerPhone).where(CustomerPhone.customer_id == customer.id))
    work.session.add_all(
        CustomerPhone(customer_id=customer.id, position=position, number=number, raw=raw)
        for position, (number, raw) in enumerate(phones.items())
    )


def numbers_of(work: Work, customer: Customer) -> list[str]:
    """The customer's phone numbers, E.164, in order."""
    chosen = select(CustomerPhone.number).where(CustomerPhone.customer_id == customer.id)
    return list(work.session.scalars(chosen.order_by(CustomerPhone.position)))


def index(customer: Customer, numbers: Iterable[str]) -> None:
    """Store the folded text by which the customer is found: name, code, city, phones."""
    customer.search_text = fold(" ".join(filter(None, [customer.name, customer.code, customer.city, *numbers])))


def customer_document(work: Work, customer: Customer) -> Mapping[str, object]:
    """The customer with its phones, for the audit trail."""
    return document_of(customer, phones=numbers_of(work, customer))


def no_longer_a_prospect(work: Work, customer: Customer) -> None:
    """Who owns something is a customer."""
    if customer.stage is CustomerStage.PROSPECT:
        lookups.lock(work, customer)
        customer.stage = CustomerStage.CUSTOMER
        customer.version += 1
        customer.updated_at = work.now
