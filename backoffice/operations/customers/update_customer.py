"""Change a customer's name, city or phones, unless somebody else changed it meanwhile."""

from dataclasses import dataclass
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.models import Customer
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.customers import customer_rows
from backoffice.operations.premises import Premises
from backoffice.operations.result import UNSET, Result, Unset
from backoffice.operations.undeclared import perform
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class UpdateCustomer(Command):
    """Fields left out stay as they are; ``version`` is the one that was read."""

    operation: ClassVar[str] = "update_customer"

    id: int
    version: int
    name: str | Unset | None = UNSET
    city: str | Unset | None = UNSET
    phones: tuple[str, ...] | Unset | None = UNSET


def update_customer(desk: Premises, viewer: Viewer, command: UpdateCustomer) -> Result:
    """``id`` is the customer's. STALE, with the unchanged customer's id, when its version is another by now."""
    return perform(desk, viewer, "customer.write", command, lambda work: _update(work, command))


def _update(work: Work, command: UpdateCustomer) -> Done:
    customer = lookups.customer(work, command.id, path="id")
    begin_change(work, customer, command.version)
    before = customer_rows.customer_document(work, customer)
    _apply(work, customer, command)
    customer_rows.index(customer, customer_rows.numbers_of(work, customer))
    work.session.flush()
    after = customer_rows.customer_document(work, customer)
    return Done(entity="Customer", entity_id=customer.id, events=(Event.CUSTOMER_UPDATED,), before=before, after=after)


def _apply(work: Work, customer: Customer, command: UpdateCustomer) -> None:
    if command.name is not UNSET:
        customer.name = texts.required(command.name, "name")
    if command.city is not UNSET:
        customer.city = texts.optional(command.city, "city")
    if command.phones is not UNSET:
        customer_rows.replace_phones(work, customer, customer_rows.parsed_phones(command.phones or ()))
    customer.version += 1
    customer.updated_at = work.now
