"""The rows of a service record: opened, decided, performed, ended. Values in, columns out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from backoffice.domain.actor import Actor
from backoffice.domain.calendar import business_day, jalali_month
from backoffice.domain.coverage import Decision, ServiceAsked
from backoffice.domain.record import RecordStatus
from backoffice.models import CoverageDecision, DecisionRole


@dataclass(frozen=True, kw_only=True)
class RecordEntry:
    """A record to be opened: what is asked, for whom, by whom. ``request`` is as the service type spells it."""

    asked: ServiceAsked
    channel: str
    customer_id: int
    asset_id: int | None
    product_id: int | None
    site_id: int | None
    office_id: int
    author_id: int
    recorded_by: Actor
    request_version: int
    request: Mapping[str, object]


def record_values(
    entry: RecordEntry, decision: Decision | CoverageDecision, *, decision_id: int, now: datetime
) -> dict[str, object]:
    """The columns of a record as requested, its estimate in force."""
    asked = entry.asked
    return {
        "service_type": asked.service_type,
        "mode": asked.mode,
        "subject": asked.subject,
        "channel_code": entry.channel,
        "status": RecordStatus.REQUESTED,
        "customer_id": entry.customer_id,
        "asset_id": entry.asset_id,
        "product_id": entry.product_id,
        "site_id": entry.site_id,
        "office_id": entry.office_id,
        "author_id": entry.author_id,
        "recorded_by_kind": entry.recorded_by.kind,
        "recorded_by_id": entry.recorded_by.id,
        "recorded_by_name": entry.recorded_by.name,
        "requested_at": asked.requested_at,
        **performed_values(asked),
        "request_version": entry.request_version,
        "request_data": entry.request,
        "estimate_id": decision_id,
        **in_force_values(decision, decision_id),
        "jalali_month": jalali_month(business_day(asked.requested_at)),
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def performed_values(asked: ServiceAsked) -> dict[str, object]:
    """The columns of what happened, which completing gives anew."""
    return {
        "performed_at": asked.performed_at,
        "minutes": asked.minutes,
        "distance_metres": asked.distance_metres,
    }


def in_force_values(decision: Decision | CoverageDecision, decision_id: int) -> dict[str, object]:
    """What a record repeats of the decision in force."""
    return {
        "coverage_id": decision_id,
        "outcome": decision.outcome,
        "amount": decision.amount,
        "shadow_amount": decision.shadow_amount,
    }


def ended_values(end: RecordStatus, reason: str) -> dict[str, object]:
    """The columns of a record that is cancelled or voided: nothing is payable."""
    return {"status": end, "amount": 0, "end_reason": reason}


def naming_values(record_id: int, decision_id: int, *, role: DecisionRole, now: datetime) -> dict[str, object]:
    """The columns of the row that names a decision as one about the record."""
    return {"record_id": record_id, "decision_id": decision_id, "role": role, "at": now}
