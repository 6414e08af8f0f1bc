"""What mutations answer: the object as it is afterwards, and errors where nothing was changed."""

from collections.abc import Mapping

import strawberry

from backoffice.schema.asset import Asset
from backoffice.schema.customer import Customer, Site
from backoffice.schema.decision import CoverageDecision
from backoffice.schema.declare import field
from backoffice.schema.product import Product
from backoffice.schema.record import ServiceRecord
from backoffice.schema.user_errors import UserError

ERRORS = "Why nothing was changed; empty when it was."


@strawberry.type(description="A customer after a change.")
class CustomerPayload:
    """Answer of the mutations of customers."""

    customer: Customer | None = field("The customer; null beside errors, or unchanged when STALE.")
    errors: list[UserError] = field(ERRORS)


@strawberry.type(description="A site after a change.")
class SitePayload:
    """Answer of the mutations of sites."""

    site: Site | None = field("The site; null beside errors, or unchanged when STALE.")
    errors: list[UserError] = field(ERRORS)


@strawberry.type(description="A product after a change.")
class ProductPayload:
    """Answer of the mutations of products."""

    product: Product | None = field("The product; null beside errors, or unchanged when STALE.")
    errors: list[UserError] = field(ERRORS)


@strawberry.type(description="An asset after a change.")
class AssetPayload:
    """Answer of the mutations of assets."""

    asset: Asset | None = field("The asset; null beside errors, or unchanged when STALE.")
    errors: list[UserError] = field(ERRORS)


@strawberry.type(description="A service record after a change.")
class ServiceRecordPayload:
    """Answer of the mutations of service records."""

    service_record: ServiceRecord | None = field("The record; null beside errors, or unchanged when STALE.")
    coverage: CoverageDecision | None = field("The decision that was made, also beside a refusal.")
    errors: list[UserError] = field(ERRORS)


PAYLOADS: Mapping[str, type] = {
    "Asset": AssetPayload,
    "Customer": CustomerPayload,
    "Product": ProductPayload,
    "ServiceRecord": ServiceRecordPayload,
    "Site": SitePayload,
}
"""The payload of a mutation, by the entity that its operation answers with."""
