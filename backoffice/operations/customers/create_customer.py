"""Create a customer: a person or a company, found by name, code, city and phones."""

import secrets
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Customer, CustomerKind, CustomerStage
from backoffice.operations.command import Command, Given
from backoffice.operations.customers import customer_rows
from backoffice.operations.customers.customer_rows import CustomerEntry
from backoffice.operations.customers.customer_subjects import CITY
from backoffice.operations.inserting import insert_unless_taken
from backoffice.operations.kinds import Choice, Code, Phones, Text
from backoffice.operations.operation import Operation
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CreateCustomer(Command):
    """``phones`` as people write them. A ``code`` is stored in Latin digits; without one the desk gives one."""

    name: Annotated[str, Given(Text(), Label(fa="نام", en="Name"), about="Name.")]
    kind: Annotated[CustomerKind, Given(Choice(), Label(fa="نوع", en="Kind"), about="Person or company.")]
    code: Annotated[
        str | None, Given(Code(40), Label(fa="کد", en="Code"), about="Code; the next free one when left out.")
    ] = None
    stage: Annotated[
        CustomerStage, Given(Choice(), Label(fa="مرحله", en="Stage"), about="Whether they have bought yet.")
    ] = CustomerStage.CUSTOMER
    city: Annotated[str | None, CITY] = None
    phones: Annotated[
        tuple[str, ...], Given(Phones(), Label(fa="تلفن‌ها", en="Phones"), about="Phone numbers as people write them.")
    ] = ()


def _create(work: Work, command: CreateCustomer) -> Done:
    phones = customer_rows.parsed_phones(command.phones)
    entry = CustomerEntry(
        code=command.code or secrets.token_hex(16),
        name=command.name,
        kind=command.kind,
        stage=command.stage,
        city=command.city,
        phones=phones,
        staff_id=work.viewer.staff_id,
    )
    customer = Customer(**customer_rows.customer_values(entry, work.now))
    insert_unless_taken(work.session, customer, lambda: _taken(work, customer.code))
    if command.code is None:
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


create_customer = Operation(
    name="create_customer",
    label=Label(fa="ثبت مشتری", en="Enter a customer"),
    description="Enter a customer.",
    permission="customer.write",
    command=CreateCustomer,
    entity="Customer",
    events=(Event.CUSTOMER_CREATED,),
    body=_create,
    in_api=True,
)
"""``id`` is the customer's. INVALID for an empty name or a phone that is none, DUPLICATE for a taken code."""
