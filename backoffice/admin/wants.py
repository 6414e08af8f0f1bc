"""What the screens read: selections of the contract's fields, shared where screens show the same thing."""

from backoffice.query.selection import page, want

NEWEST_FIRST = {"field": "REQUESTED_AT", "direction": "DESC"}

DECISION = want(
    "outcome",
    "amount",
    "vat",
    "billed_minutes",
    "provisional",
    "overridden",
    "shadow_amount",
    "missing_inputs",
    "fingerprint",
    lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
    tariff_edition=want("id", "jalali_year", "version"),
    period=want("track", "starts_on", "last_day", plan=want("id", "name", "version"), allowances=want("key", "label")),
    allowance=want("key", "limit", "used"),
    reasons=want("code", "params", "message"),
)
DECISION_IN_SHORT = want("outcome", "amount", reasons=want("code", "message"), allowance=want("limit", "used"))

SERVICE_TYPE = want("code", "label")
CHANNEL = want("code", "label")
PLACE = want("id", "title", "address", "city", "distance_metres", "distance_source", "measured_on")
PERIOD = want(
    "id",
    "track",
    "starts_on",
    "last_day",
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
    "requested_at",
    "scheduled_at",
    "performed_at",
    "amount",
    service_type=SERVICE_TYPE,
    channel=CHANNEL,
    customer=want("id", "name"),
    asset=want("id", "serial_number", product=want("name")),
    assignee=want("name"),
    coverage=DECISION_IN_SHORT,
)

ASSET_ROW = want(
    "id",
    "serial_number",
    "purchased_on",
    product=want("id", "name"),
    customer=want("id", "name"),
    current_periods=want("track", "starts_on", "last_day", "status"),
)

DEVICE = want(
    "id",
    "serial_number",
    "purchased_on",
    "version",
    product=want("id", "name", "sku"),
    site=want("id", "title", "city"),
    support_periods=PERIOD,
)

CUSTOMER_ROW = want("id", "code", "name", "kind", "stage", "city", "phones", "created_at")
CUSTOMER_FORM = want("id", "code", "name", "kind", "stage", "city", "phones", "version")
CUSTOMER_PAGE = want(
    "id",
    "code",
    "name",
    "kind",
    "stage",
    "city",
    "phones",
    "created_at",
    "version",
    sites=PLACE,
    assets=page(DEVICE, "total_count", first=20),
    service_records=page(RECORD_ROW, "total_count", first=20, order_by=NEWEST_FIRST),
)
SITE_FORM = want(
    "id",
    "title",
    "address",
    "city",
    "distance_metres",
    "distance_source",
    "measured_on",
    "version",
    customer=want("id", "name"),
)

ASSET_PAGE = want(
    "id",
    "serial_number",
    "purchased_on",
    "version",
    product=want("id", "name", "sku", support_plan=want("code", "name")),
    customer=want("id", "name", "code", "phones"),
    site=PLACE,
    support_periods=PERIOD,
    transfers=want(
        "transferred_on",
        "reason",
        former_owner=want("id", "name"),
        next_owner=want("id", "name"),
        staff=want("name"),
    ),
    service_records=page(RECORD_ROW, "total_count", first=20, order_by=NEWEST_FIRST),
)

ASSET_TRANSFER = want(
    "id",
    "serial_number",
    "purchased_on",
    "version",
    product=want("name"),
    customer=want("id", "name", "code"),
    support_periods=want("track", "status", "last_day"),
)
ASSET_OPENING = want(
    "id",
    "serial_number",
    product=want("name"),
    current_periods=want(
        "track",
        "status",
        "starts_on",
        "last_day",
        allowances=want("key", "label", "modes", "limit", "used", "reserved", "opening"),
    ),
)
ENDING = want(
    "last_day",
    asset=want("id", "serial_number", product=want("name"), customer=want("name")),
)

ENGINE_DECISION = want(
    "outcome",
    "amount",
    "vat",
    "provisional",
    "overridden",
    "shadow_amount",
    "missing_inputs",
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
    "requested_at",
    "settled_at",
    requested_by=want("id", "name"),
    settled_by=want("name"),
)
OVERRIDING = {
    "decisions": want("role", decision=ENGINE_DECISION),
    "override_requests": OVERRIDE_REQUEST,
}
"""Every decision of a record, the engine's and the supervisors', and what supervisors asked for."""

RECORD_PAGE = want(
    "id",
    "number",
    "mode",
    "subject",
    "status",
    "requested_at",
    "scheduled_at",
    "performed_at",
    "minutes",
    "distance_metres",
    "amount",
    "end_reason",
    "created_at",
    "updated_at",
    "version",
    "request",
    "result",
    "request_data",
    "result_data",
    service_type=want("code", "label", "installed"),
    channel=CHANNEL,
    customer=want("id", "name", "phones"),
    asset=want("id", "serial_number", product=want("name")),
    site=want("id", "title", "city", "distance_metres"),
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
    "requested_at",
    "scheduled_at",
    "updated_at",
    "version",
    service_type=want("code", "label"),
    customer=want("id", "name"),
    asset=want("id", "serial_number", product=want("name")),
    office=want("id"),
    assignee=want("id", "name"),
)

RECORD_OVERRIDE = want(
    "id",
    "number",
    "status",
    "requested_at",
    "updated_at",
    "scheduled_at",
    "version",
    service_type=want("code", "label"),
    customer=want("id", "name"),
    asset=want("id", "serial_number", product=want("name")),
    assignee=want("id", "name"),
    coverage=ENGINE_DECISION,
    **OVERRIDING,
)
WAITING_OVERRIDE = want(
    "key",
    "outcome",
    "amount",
    "reason",
    "requested_at",
    requested_by=want("name"),
    record=want("id", "number", "mode", service_type=want("code", "label"), customer=want("name")),
)

COMPLETION = want(
    "id", "number", "minutes", "distance_metres", "version", service_type=want("code", "label"), estimate=DECISION
)

PLAN_IN_SHORT = want("id", "code", "name", "version")
PRODUCT_ROW = want("id", "sku", "name", "family", support_plan=PLAN_IN_SHORT, latest_version=want("label"))
PRODUCT_FORM = want("id", "sku", "name", "family", "version", support_plan=PLAN_IN_SHORT)
PRODUCT_UPGRADES = want("id", "name", "family", "version", upgrades_to=want("id", "name"))
PRODUCT_PAGE = want(
    "id",
    "sku",
    "name",
    "family",
    "units_sold",
    support_plan=PLAN_IN_SHORT,
    versions=want("id", "label", "released_on", "notes", "withdrawn_on", "withdrawal_reason"),
    latest_version=want("id"),
    upgrades_to=want("id", "sku", "name", latest_version=want("label")),
)
PRODUCT_VERSION = want("id", "label", "released_on", product=want("id", "name"))

RECORDING_CUSTOMER = want(
    "id",
    "name",
    "code",
    sites=want("id", "title", "city", "distance_metres"),
    assets=page(
        want(
            "id",
            "serial_number",
            product=want("name"),
            site=want("id"),
            current_periods=want("track", "last_day", "status"),
        ),
        first=50,
    ),
)
