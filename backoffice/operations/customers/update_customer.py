"""Change a customer's name, city or phones, unless somebody else changed it meanwhile."""

from dataclasses import dataclass
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import Customer
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers import customer_rows
from backoffice.operations.customers.customer_subjects import CITY, CUSTOMER
from backoffice.operations.kinds import Id, Phones, Text
from backoffice.operations.operation import Operation
from backoffice.operations.result import UNSET, Unset
from backoffice.operations.usual_fields import VersionRead
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class UpdateCustomer(Command):
    """Fields left out stay as they are; ``version`` is the one that was read."""

    id: Annotated[int, Given(Id("Customer"), Label(fa="مشتری", en="Customer"), about="Which customer.")]
    version: VersionRead
    name: Annotated[str | Unset, Given(Text(), Label(fa="نام", en="Name"), about="The new name.")] = UNSET
    city: Annotated[str | Unset | None, CITY] = UNSET
    phones: Annotated[
        tuple[str, ...] | Unset | None,
        Given(Phones(), Label(fa="تلفن‌ها", en="Phones"), about="All phone numbers anew."),
    ] = UNSET


def _update(work: Work, command: UpdateCustomer) -> Done:
    customer = lookups.customer(work, command.id, path="id")
    before = customer_rows.customer_document(work, customer)
    _apply(work, customer, command)
    customer_rows.index(customer, customer_rows.numbers_of(work, customer))
    work.session.flush()
    after = customer_rows.customer_document(work, customer)
    return Done(entity="Customer", entity_id=customer.id, events=(Event.CUSTOMER_UPDATED,), before=before, after=after)


def _apply(work: Work, customer: Customer, command: UpdateCustomer) -> None:
    if command.name is not UNSET:
        customer.name = command.name
    if command.city is not UNSET:
        customer.city = command.city
    if command.phones is not UNSET:
        customer_rows.replace_phones(work, customer, customer_rows.parsed_phones(command.phones or ()))
    customer.version += 1
    customer.updated_at = work.now


update_customer = Operation(
    name="update_customer",
    label=Label(fa="ویرایش", en="Change"),
    description="Change a customer.",
    permission="customer.write",
    command=UpdateCustomer,
    entity="Customer",
    events=(Event.CUSTOMER_UPDATED,),
    about=CUSTOMER,
    body=_update,
    in_api=True,
)
"""``id`` is the customer's. STALE, with the unchanged customer's id, when its version is another by now."""
