"""Which permission each root field needs. A field that is not here cannot be part of the schema: default deny."""

from collections.abc import Mapping
from types import MappingProxyType

from backoffice.access.permissions import PERMISSIONS

SIGNED_IN = None
"""Open to everyone who is signed in."""

PERMISSION_OF: Mapping[str, str | None] = MappingProxyType(
    {
        "Query.viewer": SIGNED_IN,
        "Query.node": SIGNED_IN,  # then by the type of the object: PERMISSION_TO_SEE
        "Query.customer": "customer.read",
        "Query.customers": "customer.read",
        "Query.product": "product.read",
        "Query.products": "product.read",
        "Query.asset": "asset.read",
        "Query.assets": "asset.read",
        "Query.serviceRecord": "record.read",
        "Query.serviceRecords": "record.read",
        "Query.serviceRecordStats": "stats.read",
        "Query.serviceTypes": SIGNED_IN,
        "Query.channels": SIGNED_IN,
        "Query.coverage": "record.read",
        "Query.supportPlans": "plan.read",
        "Query.tariffEditions": "tariff.read",
        "Mutation.createCustomer": "customer.write",
        "Mutation.updateCustomer": "customer.write",
        "Mutation.createSite": "customer.write",
        "Mutation.updateSite": "customer.write",
        "Mutation.createProduct": "product.write",
        "Mutation.updateProduct": "product.write",
        "Mutation.releaseProductVersion": "product.write",
        "Mutation.withdrawProductVersion": "product.write",
        "Mutation.setProductUpgrades": "product.write",
        "Mutation.registerPurchase": "asset.write",
        "Mutation.renewSupport": "support.renew",
        "Mutation.transferAsset": "asset.write",
        "Mutation.recordService": "record.write",
        "Mutation.scheduleService": "record.write",
        "Mutation.startService": "record.write",
        "Mutation.closeService": "record.write",
        "Mutation.reopenService": "record.write",
        "Mutation.overrideCoverage": "coverage.override",
        "Mutation.completeService": "record.write",
        "Mutation.cancelService": "record.write",
        "Mutation.voidService": "record.void",
    }
)

PERMISSION_TO_SEE: Mapping[str, str] = MappingProxyType(
    {
        "Customer": "customer.read",
        "Site": "customer.read",
        "Product": "product.read",
        "ProductVersion": "product.read",
        "Asset": "asset.read",
        "SupportPeriod": "asset.read",
        "ServiceRecord": "record.read",
        "Staff": "record.read",
        "Office": "record.read",
        "SupportPlan": "plan.read",
        "TariffEdition": "tariff.read",
    }
)
"""What ``node`` asks for, by the type named in the global id."""


class UndeclaredPermission(TypeError):
    """A root field has no entry in ``PERMISSION_OF``, or one that names no permission of the desk."""


def permission_of(root_field: str) -> str | None:
    """The permission for ``Query.field`` or ``Mutation.field``. Raises ``UndeclaredPermission``."""
    try:
        permission = PERMISSION_OF[root_field]
    except KeyError:
        raise UndeclaredPermission(f"{root_field} needs an entry in PERMISSION_OF") from None
    if permission is not SIGNED_IN and permission not in PERMISSIONS:
        raise UndeclaredPermission(f"{root_field}: there is no permission {permission!r}")
    return permission
