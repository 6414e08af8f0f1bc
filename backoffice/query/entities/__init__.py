"""Every entity of the core: its fields, relations, row rule, filters, orders and look-ups."""

from backoffice.query.entities.asset import ALLOWANCE, ALLOWANCE_SLOT, ASSET, SUPPORT_PERIOD
from backoffice.query.entities.customer import CUSTOMER, CUSTOMER_PHONE, SITE, SITE_DISTANCE
from backoffice.query.entities.decision import COVERAGE_DECISION
from backoffice.query.entities.place import CHANNEL, OFFICE, STAFF
from backoffice.query.entities.product import PRODUCT, PRODUCT_UPGRADE, PRODUCT_VERSION, SUPPORT_PLAN, TARIFF_EDITION
from backoffice.query.entities.record import OVERRIDE_REQUEST, SERVICE_RECORD
from backoffice.query.registry import Entities


def core_entities() -> Entities:
    """The entities of the core, which are all that GraphQL reads."""
    return Entities(_CORE)


_CORE = (
    ALLOWANCE,
    ALLOWANCE_SLOT,
    ASSET,
    CHANNEL,
    COVERAGE_DECISION,
    CUSTOMER,
    CUSTOMER_PHONE,
    OFFICE,
    OVERRIDE_REQUEST,
    PRODUCT,
    PRODUCT_UPGRADE,
    PRODUCT_VERSION,
    SERVICE_RECORD,
    SITE,
    SITE_DISTANCE,
    STAFF,
    SUPPORT_PERIOD,
    SUPPORT_PLAN,
    TARIFF_EDITION,
)
