"""Create a customer: a person or a company, found by name, code, city and phones."""

import secrets
from dataclasses import dataclass
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import to_latin_digits
from backoffice.models import Customer, CustomerKind, CustomerStage
from backoffice.operations import texts
from backoffice.operations.command import Command
from backoffice.operations.customers import customer_rows
from backoffice.operations.customers.customer_rows import CustomerEntry
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work

LONGEST_CODE = 40


@dataclass(frozen=True, kw_only=True)
class CreateCustomer(Command):
    """``phones`` as people write them. A ``code`` is stored in Latin digits; without one the desk gives one."""

    operation: ClassVar[str] = "create_customer"

    name: str
    kind: CustomerKind
    code: str | None = None
    stage: CustomerStage = CustomerStage.CUSTOMER
    city: str | None = None
    phones: tuple[str, ...] = ()


def create_customer(desk: Premises, viewer: Viewer, command: CreateCustomer) -> Result:
    """``id`` is the customer's. INVALID for an empty name or a phone that is none, DUPLICATE for a taken code."""
    return perform(desk, viewer, "customer.write", command, lambda work: _create(work, command))


def _create(work: Work, command: CreateCustomer) -> Done:
    phones = customer_rows.parsed_phones(command.phones)
    given_code = texts.optional(to_latin_digits(command.code or ""), "code", longest=LONGEST_CODE)
    entry = CustomerEntry(
        code=given_code or secrets.token_hex(16),
        name=texts.required(command.name, "name"),
        kind=command.kind,
        stage=command.stage,
        city=texts.optional(command.city, "city"),
        phones=phones,
        staff_id=work.viewer.staff_id,
    )
    customer = Customer(**customer_rows.customer_values(entry, work.now))
    insert_unless_taken(work.session, customer, lambda: _taken(work, customer.code))
    if given_code is None:
        customer.code = _free_code(work, customer.id)
        customer_rows.index(customer, phones)
    customer_rows.replace_phones(work, customer, phones)
    work.session.flush()
    after = customer_rows.customer_document(work, customer)
    return Done(entity="Customer", entity_id=customer.id, events=(Event.CUSTOMER_CREATED,), after=after)


def _taken(work: Work, code: str) -> Problem | None:
    if work.session.scalar(select(Customer.id).where(Customer.code == code)) is None:
        return None
    return Problem(code=ErrorCode.DUPLICATE, detail="customer_code", path=("code",), params={"code": code})


def _free_code(work: Work, customer_id: int) -> str:
    """C-000123 by the id; lengthened by chance where somebody had given that very code by hand."""
    code = f"C-{customer_id:06d}"
    return code if _taken(work, code) is None else f"{code}-{secrets.token_hex(3)}"
