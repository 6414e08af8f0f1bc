"""The rows of a customer: phones as people write them, the folded text by which to be found, the audit document."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from backoffice.domain.phone import parse_phone
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import fold, sort_key
from backoffice.models import Customer, CustomerKind, CustomerPhone, CustomerStage
from backoffice.operations import lookups
from backoffice.operations.audit_documents import document_of
from backoffice.operations.result import Refusal
from backoffice.operations.work import Work


@dataclass(frozen=True, kw_only=True)
class CustomerEntry:
    """A customer to be entered; ``phones`` as ``parsed_phones`` has them, ``staff_id`` is who enters it."""

    code: str
    name: str
    kind: CustomerKind
    stage: CustomerStage
    city: str | None
    phones: Mapping[str, str]
    staff_id: int | None


def customer_values(entry: CustomerEntry, now: datetime) -> dict[str, object]:
    """The columns of a customer entered ``now``."""
    return {
        "code": entry.code,
        "name": entry.name,
        "sort_key": sort_key(entry.name),
        "kind": entry.kind,
        "stage": entry.stage,
        "city": entry.city,
        "search_text": search_text(entry.name, entry.code, city=entry.city, numbers=entry.phones),
        "version": 1,
        "created_at": now,
        "updated_at": now,
        "created_by_id": entry.staff_id,
    }


def phone_values(customer_id: int, phones: Mapping[str, str]) -> Iterator[dict[str, object]]:
    """The columns of each of a customer's phones, in this order."""
    for position, (number, raw) in enumerate(phones.items()):
        yield {"customer_id": customer_id, "position": position, "number": number, "raw": raw}


def search_text(name: str, code: str, *, city: str | None, numbers: Iterable[str]) -> str:
    """The folded text by which a customer is found."""
    return fold(" ".join(filter(None, [name, code, city, *numbers])))


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
    work.session.add_all(CustomerPhone(**values) for values in phone_values(customer.id, phones))


def numbers_of(work: Work, customer: Customer) -> list[str]:
    """The customer's phone numbers, E.164, in order."""
    chosen = select(CustomerPhone.number).where(CustomerPhone.customer_id == customer.id)
    return list(work.session.scalars(chosen.order_by(CustomerPhone.position)))


def index(customer: Customer, numbers: Iterable[str]) -> None:
    """Store the text by which the customer is found, once its name, code, city or phones are others."""
    customer.search_text = search_text(customer.name, customer.code, city=customer.city, numbers=numbers)


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
