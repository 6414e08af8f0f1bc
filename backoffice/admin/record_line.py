"""A line about a service record, as its list, the dashboard and the pages of a customer and an asset show it."""

from backoffice.query.selection import want

NEWEST_FIRST = {"field": "REQUESTED_AT", "direction": "DESC"}

DECISION_IN_SHORT = want("outcome", "amount", reasons=want("code", "message"), allowance=want("limit", "used"))

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
    service_type=want("code", "label"),
    channel=want("code", "label"),
    customer=want("id", "name"),
    asset=want("id", "serial_number", product=want("name")),
    assignee=want("name"),
    coverage=DECISION_IN_SHORT,
)
