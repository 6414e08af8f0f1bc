"""The entities of the admin: those of the core, some with more fields, and those that only the admin reads.

GraphQL reads the core alone, so that nothing here can reach it.
"""

from backoffice.query.entities import core_entities
from backoffice.query.entities.charge import CHARGE, RATING_SUGGESTION
from backoffice.query.entities.history import DESK
from backoffice.query.entities.people import API_TOKEN, AUDIT_ENTRY, ROLE, STAFF_ACCOUNT, STAFF_ROLE
from backoffice.query.entities.reference import (
    BILLING_RULE,
    CHANNEL,
    FROZEN_DOCUMENT,
    OFFICE,
    PLAN_ADDENDUM,
    PRODUCT,
    PRODUCT_VERSION,
    SUPPORT_PLAN,
    TARIFF_EDITION,
    TARIFF_LINE,
    TARIFF_MAPPING,
    TAX_RATE,
)
from backoffice.query.registry import Entities

_OWN = (
    API_TOKEN,
    AUDIT_ENTRY,
    BILLING_RULE,
    CHANNEL,
    CHARGE,
    FROZEN_DOCUMENT,
    OFFICE,
    PLAN_ADDENDUM,
    PRODUCT,
    PRODUCT_VERSION,
    RATING_SUGGESTION,
    ROLE,
    STAFF_ACCOUNT,
    STAFF_ROLE,
    SUPPORT_PLAN,
    TARIFF_EDITION,
    TARIFF_LINE,
    TARIFF_MAPPING,
    TAX_RATE,
    *DESK,
)


def admin_entities() -> Entities:
    """The entities of the admin and the command line."""
    own = {entity.name for entity in _OWN}
    return Entities((*(entity for entity in core_entities() if entity.name not in own), *_OWN))
