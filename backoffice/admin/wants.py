"""What the screens read: selections of the contract's fields, shared where screens show the same thing."""

from backoffice.query.selection import page, want

NEWEST_FIRST = {"field": "REQUESTED_AT", "direction": "DESC"}

DECISION = want(
    "outcome",
    "amount",
    "vat",
    "billedMinutes",
    "provisional",
    "overridden",
    "shadowAmount",
    "missingInputs",
    "fingerprint",
    lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
    tariffEdition=want("id", "jalaliYear", "version"),
    period=want("track", "startsOn", "lastDay", plan=want("id", "name", "version"), allowances=want("key", "label")),
    allowance=want("key", "limit", "used"),
    reasons=want("code", "params", "message"),
)
DECISION_IN_SHORT = want("outcome", "amount", reasons=want("code", "message"), allowance=want("limit", "used"))

SERVICE_TYPE = want("code", "label")
CHANNEL = want("code", "label")
PLACE = want("id", "title", "address", "city", "distanceMetres", "distanceSource", "measuredOn")
PERIOD = want(
    "id",
    "track",
    "startsOn",
    "lastDay",
    "kind",
    "status",
    plan=want("id", "name", "version"),
    allowances=want("key", "label", "modes", "limit", "used", "reserved", "remaining"),
)

RECORD_ROW = want(
    "id",
    "number",
    "mode",
    "subject",
    "status",
    "requestedAt",
    "scheduledAt",
    "performedAt",
    "amount",
    serviceType=SERVICE_TYPE,
    channel=CHANNEL,
    customer=want("id", "name"),
    asset=want("id", "serialNumber", product=want("name")),
    assignee=want("name"),
    coverage=DECISION_IN_SHORT,
)

ASSET_ROW = want(
    "id",
    "serialNumber",
    "purchasedOn",
    product=want("id", "name"),
    customer=want("id", "name"),
    currentPeriods=want("track", "startsOn", "lastDay", "status"),
)

DEVICE = want(
    "id",
    "serialNumber",
    "purchasedOn",
    "version",
    product=want("id", "name", "sku"),
    site=want("id", "title", "city"),
    supportPeriods=PERIOD,
)

CUSTOMER_ROW = want("id", "code", "name", "kind", "stage", "city", "phones", "createdAt")
CUSTOMER_FORM = want("id", "code", "name", "kind", "stage", "city", "phones", "version")
CUSTOMER_PAGE = want(
    "id",
    "code",
    "name",
    "kind",
    "stage",
    "city",
    "phones",
    "createdAt",
    "version",
    sites=PLACE,
    assets=page(DEVICE, "totalCount", first=20),
    serviceRecords=page(RECORD_ROW, "totalCount", first=20, order_by=NEWEST_FIRST),
)
SITE_FORM = want(
    "id",
    "title",
    "address",
    "city",
    "distanceMetres",
    "distanceSource",
    "measuredOn",
    "version",
    customer=want("id", "name"),
)

ASSET_PAGE = want(
    "id",
    "serialNumber",
    "purchasedOn",
    "version",
    product=want("id", "name", "sku", supportPlan=want("code", "name")),
    customer=want("id", "name", "code", "phones"),
    site=PLACE,
    supportPeriods=PERIOD,
    transfers=want(
        "transferredOn",
        "reason",
        formerOwner=want("id", "name"),
        nextOwner=want("id", "name"),
        staff=want("name"),
    ),
    serviceRecords=page(RECORD_ROW, "totalCount", first=20, order_by=NEWEST_FIRST),
)

ASSET_TRANSFER = want(
    "id",
    "serialNumber",
    "purchasedOn",
    "version",
    product=want("name"),
    customer=want("id", "name", "code"),
    supportPeriods=want("track", "status", "lastDay"),
)
ASSET_OPENING = want(
    "id",
    "serialNumber",
    product=want("name"),
    currentPeriods=want(
        "track",
        "status",
        "startsOn",
        "lastDay",
        allowances=want("key", "label", "modes", "limit", "used", "reserved", "opening"),
    ),
)
ENDING = want(
    "lastDay",
    asset=want("id", "serialNumber", product=want("name"), customer=want("name")),
)

ENGINE_DECISION = want(
    "outcome",
    "amount",
    "vat",
    "provisional",
    "overridden",
    "shadowAmount",
    "missingInputs",
    "fingerprint",
    lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
    reasons=want("code", "message"),
    allowance=want("limit", "used"),
)
OVERRIDE_REQUEST = want(
    "key",
    "outcome",
    "amount",
    "reason",
    "status",
    "requestedAt",
    "settledAt",
    requestedBy=want("id", "name"),
    settledBy=want("name"),
)
OVERRIDING = {
    "decisions": want("role", decision=ENGINE_DECISION),
    "overrideRequests": OVERRIDE_REQUEST,
}
"""Every decision of a record, the engine's and the supervisors', and what supervisors asked for."""

RECORD_PAGE = want(
    "id",
    "number",
    "mode",
    "subject",
    "status",
    "requestedAt",
    "scheduledAt",
    "performedAt",
    "minutes",
    "distanceMetres",
    "amount",
    "endReason",
    "createdAt",
    "updatedAt",
    "version",
    "request",
    "result",
    "requestData",
    "resultData",
    serviceType=want("code", "label", "installed"),
    channel=CHANNEL,
    customer=want("id", "name", "phones"),
    asset=want("id", "serialNumber", product=want("name")),
    site=want("id", "title", "city", "distanceMetres"),
    office=want("name"),
    assignee=want("name"),
    author=want("name"),
    estimate=DECISION,
    coverage=DECISION,
    charges=want("amount", "status"),
    **OVERRIDING,
)

RECORD_STEP = want(
    "id",
    "number",
    "status",
    "requestedAt",
    "scheduledAt",
    "updatedAt",
    "version",
    serviceType=want("code", "label"),
    customer=want("id", "name"),
    asset=want("id", "serialNumber", product=want("name")),
    office=want("id"),
    assignee=want("id", "name"),
)

RECORD_OVERRIDE = want(
    "id",
    "number",
    "status",
    "requestedAt",
    "updatedAt",
    "scheduledAt",
    "version",
    serviceType=want("code", "label"),
    customer=want("id", "name"),
    asset=want("id", "serialNumber", product=want("name")),
    assignee=want("id", "name"),
    coverage=ENGINE_DECISION,
    **OVERRIDING,
)
WAITING_OVERRIDE = want(
    "key",
    "outcome",
    "amount",
    "reason",
    "requestedAt",
    requestedBy=want("name"),
    record=want("id", "number", "mode", serviceType=want("code", "label"), customer=want("name")),
)

COMPLETION = want(
    "id", "number", "minutes", "distanceMetres", "version", serviceType=want("code", "label"), estimate=DECISION
)

PLAN_IN_SHORT = want("id", "code", "name", "version")
PRODUCT_ROW = want("id", "sku", "name", "family", supportPlan=PLAN_IN_SHORT, latestVersion=want("label"))
PRODUCT_FORM = want("id", "sku", "name", "family", "version", supportPlan=PLAN_IN_SHORT)
PRODUCT_UPGRADES = want("id", "name", "family", "version", upgradesTo=want("id", "name"))
PRODUCT_PAGE = want(
    "id",
    "sku",
    "name",
    "family",
    "unitsSold",
    supportPlan=PLAN_IN_SHORT,
    versions=want("id", "label", "releasedOn", "notes", "withdrawnOn", "withdrawalReason"),
    latestVersion=want("id"),
    upgradesTo=want("id", "sku", "name", latestVersion=want("label")),
)
PRODUCT_VERSION = want("id", "label", "releasedOn", product=want("id", "name"))

RECORDING_CUSTOMER = want(
    "id",
    "name",
    "code",
    sites=want("id", "title", "city", "distanceMetres"),
    assets=page(
        want(
            "id",
            "serialNumber",
            product=want("name"),
            site=want("id"),
            currentPeriods=want("track", "lastDay", "status"),
        ),
        first=50,
    ),
)
