"""The inputs by which objects are looked up, filtered and ordered."""

from datetime import date, datetime

import strawberry

from backoffice.schema.declare import field as required
from backoffice.schema.declare import optional
from backoffice.schema.enums import (
    AssetOrderField,
    CustomerKind,
    CustomerOrderField,
    CustomerStage,
    Mode,
    OrderDirection,
    Outcome,
    ProductOrderField,
    RecordStatus,
    ServiceRecordOrderField,
)


@strawberry.input(one_of=True, description="Which customer: exactly one of these.")
class CustomerBy:
    """A customer's keys."""

    id: strawberry.ID | None = optional("By global id.")
    code: str | None = optional("By code.")


@strawberry.input(one_of=True, description="Which product: exactly one of these.")
class ProductBy:
    """A product's keys."""

    id: strawberry.ID | None = optional("By global id.")
    sku: str | None = optional("By SKU.")


@strawberry.input(one_of=True, description="Which asset: exactly one of these.")
class AssetBy:
    """An asset's keys."""

    id: strawberry.ID | None = optional("By global id.")
    serial_number: str | None = optional("By serial number.")


@strawberry.input(one_of=True, description="Which service record: exactly one of these.")
class ServiceRecordBy:
    """A service record's keys."""

    id: strawberry.ID | None = optional("By global id.")
    number: str | None = optional("By number, like SR-000123, with either digits.")


@strawberry.input(description="Conditions on a text; all that are given must hold.")
class StringFilter:
    """Conditions on a text."""

    eq: str | None = optional("It is exactly this.")
    in_: list[str] | None = strawberry.field(
        name="in", default=strawberry.UNSET, description="It is one of these; at most 250."
    )
    contains: str | None = optional("It contains this.")
    starts_with: str | None = optional("It begins with this.")


@strawberry.input(description="A span of days, half-open.")
class DateFilter:
    """Conditions on a day."""

    gte: date | None = optional("On this day or later.")
    lt: date | None = optional("Before this day.")


@strawberry.input(description="A span of time, half-open.")
class DateTimeFilter:
    """Conditions on an instant."""

    gte: datetime | None = optional("At this instant or later.")
    lt: datetime | None = optional("Before this instant.")


@strawberry.input(description="Conditions on customers; all that are given must hold.")
class CustomerFilter:
    """Conditions on customers."""

    code: StringFilter | None = optional("On the code.")
    name: StringFilter | None = optional("On the name.")
    city: StringFilter | None = optional("On the city.")
    kind: CustomerKind | None = optional("Person or company.")
    stage: CustomerStage | None = optional("Prospect or customer.")
    created_at: DateTimeFilter | None = optional("On when they were entered.")


@strawberry.input(description="Conditions on products; all that are given must hold.")
class ProductFilter:
    """Conditions on products."""

    sku: StringFilter | None = optional("On the SKU.")
    family: StringFilter | None = optional("On the family.")


@strawberry.input(description="Conditions on assets; all that are given must hold.")
class AssetFilter:
    """Conditions on assets."""

    serial_number: StringFilter | None = optional("On the serial number.")
    customer_id: strawberry.ID | None = optional("Of this customer.")
    product_id: strawberry.ID | None = optional("Of this product.")
    purchased_on: DateFilter | None = optional("On the day of purchase.")
    period_ends_on: DateFilter | None = optional("On the last day of a support period that is not cancelled.")
    in_support: bool | None = optional("Whether a support period holds today.")


@strawberry.input(description="Conditions on service records; all that are given must hold.")
class ServiceRecordFilter:
    """Conditions on service records."""

    service_type: list[str] | None = optional("Of one of these service types, by code.")
    status: list[RecordStatus] | None = optional("In one of these statuses.")
    mode: list[Mode] | None = optional("In one of these modes.")
    channel: list[str] | None = optional("Through one of these channels, by code.")
    customer_id: strawberry.ID | None = optional("Of this customer.")
    asset_id: strawberry.ID | None = optional("Of this asset.")
    product_id: strawberry.ID | None = optional("Of this product.")
    assignee_id: strawberry.ID | None = optional("Given to this member of staff.")
    outcome: list[Outcome] | None = optional("With one of these outcomes of the decision in force.")
    requested_at: DateTimeFilter | None = optional("On when the service was asked for.")


@strawberry.input(description="An order of customers.")
class CustomerOrder:
    """An order of customers."""

    field: CustomerOrderField = required("By what.")
    direction: OrderDirection = required("Which end first.")


@strawberry.input(description="An order of products.")
class ProductOrder:
    """An order of products."""

    field: ProductOrderField = required("By what.")
    direction: OrderDirection = required("Which end first.")


@strawberry.input(description="An order of assets.")
class AssetOrder:
    """An order of assets."""

    field: AssetOrderField = required("By what.")
    direction: OrderDirection = required("Which end first.")


@strawberry.input(description="An order of service records.")
class ServiceRecordOrder:
    """An order of service records."""

    field: ServiceRecordOrderField = required("By what.")
    direction: OrderDirection = required("Which end first.")
