"""The inputs of the mutations. Those that hold a plugin's part get it in ``plugin_types``."""

from datetime import date, datetime

import strawberry

from backoffice.schema.declare import field, optional
from backoffice.schema.enums import CustomerKind, CustomerStage, Mode, Outcome, Subject
from backoffice.schema.scalars import Rial

IDEMPOTENCY_KEY = (
    "Repeat the request with the same key, of 1 to 255 characters, to get the same answer and one effect. "
    "The object is answered as it is by then, the decision as it was made."
)


@strawberry.input(description="A new customer.")
class CreateCustomerInput:
    """A new customer."""

    code: str | None = optional("Code; the next free one when left out.")
    name: str = field("Name.")
    kind: CustomerKind = field("Person or company.")
    stage: CustomerStage | None = strawberry.field(
        default=CustomerStage.CUSTOMER, description="Whether they have bought yet."
    )
    city: str | None = optional("City.")
    phones: list[str] | None = optional("Phone numbers as people write them.")
    idempotency_key: str | None = optional(IDEMPOTENCY_KEY)


@strawberry.input(description="A change of a customer; what is left out stays.")
class UpdateCustomerInput:
    """A change of a customer."""

    id: strawberry.ID = field("Which customer.")
    version: int = field("The version you saw; an older one is STALE.")
    name: str | None = optional("The new name.")
    city: str | None = optional("The new city; null for none.")
    phones: list[str] | None = optional("All phone numbers anew.")


@strawberry.input(description="A new site of a customer.")
class CreateSiteInput:
    """A new site."""

    customer_id: strawberry.ID = field("Whose site.")
    title: str = field("What the customer calls it.")
    address: str | None = optional("Address.")
    city: str | None = optional("City.")
    distance_metres: int | None = optional("By road from the office of origin, in metres.")
    distance_source: str | None = optional("Who or what measured the distance.")
    measured_on: date | None = optional("When it was measured.")
    idempotency_key: str | None = optional(IDEMPOTENCY_KEY)


@strawberry.input(description="A change of a site; what is left out stays.")
class UpdateSiteInput:
    """A change of a site."""

    id: strawberry.ID = field("Which site.")
    version: int = field("The version you saw; an older one is STALE.")
    title: str | None = optional("The new title.")
    address: str | None = optional("The new address; null for none.")
    city: str | None = optional("The new city; null for none.")
    distance_metres: int | None = optional(
        "By road from the office of origin, in metres: a new measurement, which keeps nothing of the old one's source "
        "and day. Null for unknown, which is not 0."
    )
    distance_source: str | None = optional("Who or what measured the distance; null for nobody in particular.")
    measured_on: date | None = optional("When it was measured; null for an unknown day.")


@strawberry.input(description="A new product.")
class CreateProductInput:
    """A new product."""

    sku: str = field("Stock-keeping unit.")
    name: str = field("Name.")
    family: str | None = optional("The family of models it belongs to.")
    support_plan: str = field("Code of the plan it is sold with.")


@strawberry.input(description="A change of a product; what is left out stays. Its SKU never changes.")
class UpdateProductInput:
    """A change of a product."""

    id: strawberry.ID = field("Which product.")
    version: int = field("The version you saw; an older one is STALE.")
    name: str | None = optional("The new name.")
    family: str | None = optional("The new family; null for none.")
    support_plan: str | None = optional("Code of the plan of sales and renewals to come; what was sold keeps its own.")


@strawberry.input(description="A version of a product that is released.")
class ReleaseProductVersionInput:
    """A release."""

    product_id: strawberry.ID = field("Of which product.")
    label: str = field("What the version is called, like `5.2`; DUPLICATE where a standing one has it.")
    released_on: date = field("The day of the release; not in the future.")
    notes: str | None = optional("What is new in it.")


@strawberry.input(description="A released version that was entered wrongly, or is taken back.")
class WithdrawProductVersionInput:
    """A withdrawal."""

    product_version_id: strawberry.ID = field("Which version.")
    reason: str = field("Why; kept with the version.")


@strawberry.input(description="The products that a product can be upgraded to: the whole set.")
class SetProductUpgradesInput:
    """The upgrades of a product."""

    id: strawberry.ID = field("Which product.")
    version: int = field("The version you saw; an older one is STALE.")
    target_ids: list[strawberry.ID] = field("All products it can be upgraded to; not itself, 20 at most.")


@strawberry.input(description="A sold unit. The terms of its support are those of the plan as it is now.")
class RegisterPurchaseInput:
    """A purchase."""

    customer_id: strawberry.ID = field("Who bought.")
    product_id: strawberry.ID = field("What was bought.")
    serial_number: str = field("Serial number of the unit.")
    purchased_on: date = field("The day of purchase.")
    site_id: strawberry.ID | None = optional("Where it stands.")
    support_plan: str | None = optional("Code of the plan sold with it; the product's when left out.")
    support_starts_on: date | None = optional("When support begins; on the day of purchase when left out.")
    support_months: int | None = optional("How many Jalali months of support; the plan's when left out.")
    idempotency_key: str | None = optional(IDEMPOTENCY_KEY)


@strawberry.input(description="One more support period.")
class RenewSupportInput:
    """A renewal."""

    asset_id: strawberry.ID = field("Of which asset.")
    starts_on: date = field("When it begins.")
    support_plan: str | None = optional("Code of the plan; the product's when left out.")
    support_months: int | None = optional("How many Jalali months; the plan's when left out.")
    idempotency_key: str | None = optional(IDEMPOTENCY_KEY)


@strawberry.input(description="An asset that changes hands.")
class TransferAssetInput:
    """A transfer."""

    asset_id: strawberry.ID = field("Which asset.")
    version: int = field("The version you saw; an older one is STALE.")
    customer_id: strawberry.ID = field("Who owns it from now on.")
    transferred_on: date = field("The day it changed hands; not in the future.")
    reason: str = field("Why; kept with the asset.")


@strawberry.input(description="When, and by whom, a service is to be done.")
class ScheduleServiceInput:
    """A scheduling."""

    id: strawberry.ID = field("Which record.")
    version: int = field("The version you saw; an older one is STALE.")
    scheduled_at: datetime = field("When the work is to be done.")
    assignee_id: strawberry.ID | None = optional("Who is to do it: the one so far when left out, nobody when null.")


@strawberry.input(description="A service record that takes its next step.")
class StepServiceInput:
    """A start or a closing."""

    id: strawberry.ID = field("Which record.")
    version: int = field("The version you saw; an older one is STALE.")


@strawberry.input(description="A decision that a supervisor takes in the place of the engine's.")
class OverrideCoverageInput:
    """An override."""

    id: strawberry.ID = field("Which record.")
    version: int = field("The version you saw; an older one is STALE.")
    outcome: Outcome = field("FREE, QUOTE, or TARIFF with an amount.")
    amount: Rial | None = optional("What is payable by TARIFF, VAT included.")
    reason: str = field("Why; kept with the decision.")


@strawberry.input(description="Why a service record is taken back a step or will not stand.")
class EndServiceInput:
    """A reopening, cancelling or voiding."""

    id: strawberry.ID = field("Which record.")
    version: int = field("The version you saw; an older one is STALE.")
    reason: str = field("Why; kept with the record.")


@strawberry.input(description="The facts that a coverage decision is made from: the same that recording would have.")
class CoverageInput:
    """A service asked about. ``request`` is added where a service type is installed."""

    asset_id: strawberry.ID | None = optional("For which asset.")
    customer_id: strawberry.ID | None = optional("For which customer, where there is no asset.")
    service_type: str = field("Code of the service type.")
    mode: Mode = field("How it is to be delivered.")
    subject: Subject | None = optional("What it is done to; software where the type offers it.")
    site_id: strawberry.ID | None = optional("Where; its distance counts unless another is given.")
    requested_at: datetime = field("When it was asked for: coverage is judged on this day.")
    performed_at: datetime | None = optional("When it was done: it is priced on this day.")
    minutes: int | None = optional("How long it took; the mode's minimum is priced when left out.")
    distance_metres: int | None = optional("By road, one way, in metres.")


@strawberry.input(description="A service to be recorded; with `performedAt`, one that is already done.")
class RecordServiceInput:
    """A service to be recorded. ``request`` and ``result`` are added where a service type is installed."""

    asset_id: strawberry.ID | None = optional("For which asset.")
    customer_id: strawberry.ID | None = optional("For which customer, where there is no asset.")
    mode: Mode = field("How it is delivered.")
    subject: Subject | None = optional("What it is done to; software where the type offers it.")
    channel: str = field("Code of the channel on which the request arrived.")
    site_id: strawberry.ID | None = optional("Where; its distance counts unless another is given.")
    requested_at: datetime | None = optional("When it was asked for; now when left out.")
    performed_at: datetime | None = optional("When it was done; the record is then DONE at once.")
    minutes: int | None = optional("How long it took.")
    distance_metres: int | None = optional("By road, one way, in metres.")
    expected_fingerprint: str | None = optional(
        "Refuse with DECISION_CHANGED, and return the new decision, if it is no longer this one."
    )
    idempotency_key: str | None = optional(IDEMPOTENCY_KEY)


@strawberry.input(description="What really happened. The decision is made again from it.")
class CompleteServiceInput:
    """A completion. ``result`` is added where a service type is installed."""

    id: strawberry.ID = field("Which record.")
    version: int = field("The version you saw; an older one is STALE.")
    performed_at: datetime | None = optional("When it was done; now when left out.")
    minutes: int | None = optional("How long it took.")
    distance_metres: int | None = optional("By road, one way, in metres.")
    expected_fingerprint: str | None = optional(
        "Refuse with DECISION_CHANGED, and return the new decision, if it is no longer this one."
    )
    idempotency_key: str | None = optional(IDEMPOTENCY_KEY)
