"""The state of what was read, as ``possible`` of an operation is asked about it: the same that ``perform`` sees."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Annotated, Any, TypedDict

from backoffice.domain.record import RecordState, RecordStatus
from backoffice.models import OverrideStatus
from backoffice.operations.overrides.override_requests import RequestState
from backoffice.operations.plans.publish_draft import PlanState
from backoffice.operations.products.product_subjects import VersionState
from backoffice.operations.tariffs.approve_tariff import EditionState
from backoffice.pages.rows import Named, Row, key_of
from backoffice.query.selection import want


class OverrideRequest(TypedDict):
    """What a supervisor asked for, and what came of it."""

    key: int
    outcome: object
    amount: object
    reason: str
    status: OverrideStatus
    requested_at: datetime
    settled_at: datetime | None
    requested_by: Named
    settled_by: Annotated[Row | None, want("name")]


class Requested(TypedDict):
    """Whatever has overrides that were asked for: a record."""

    override_requests: list[OverrideRequest]


class _Record(Requested):
    status: RecordStatus


class _Version(TypedDict):
    label: str
    withdrawn_on: date | None


class _Plan(TypedDict):
    code: str
    version: int
    published_at: datetime | None


class _Edition(TypedDict):
    jalali_year: int
    version: int
    approved_at: datetime | None
    imported_by_id: int | None


def state_of(entity: str, row: Row) -> object:
    """The state of an object of this entity; None for those that are always in a state to be changed."""
    read = STATES.get(entity)
    return None if read is None else read(row)


def waiting_request(record: Requested) -> OverrideRequest | None:
    """The override that waits for a second person, of which a record has one at most."""
    waiting = (one for one in record["override_requests"] if one["status"] == OverrideStatus.WAITING)
    return next(waiting, None)


def _record(row: _Record) -> RecordState:
    return RecordState(status=row["status"], waits_for_approval=waiting_request(row) is not None)


def _request(row: OverrideRequest) -> RequestState:
    return RequestState(status=row["status"], requested_by_id=key_of(row["requested_by"]))


def _version(row: _Version) -> VersionState:
    return VersionState(label=row["label"], withdrawn_on=row["withdrawn_on"])


def _plan(row: _Plan) -> PlanState:
    return PlanState(code=row["code"], version=row["version"], published_at=row["published_at"])


def _edition(row: _Edition) -> EditionState:
    return EditionState(
        jalali_year=row["jalali_year"],
        version=row["version"],
        approved=row["approved_at"] is not None,
        imported_by_id=row["imported_by_id"],
    )


STATES: Mapping[str, Callable[[Any], object]] = {
    "ServiceRecord": _record,
    "OverrideRequest": _request,
    "ProductVersion": _version,
    "Staff": lambda row: row["active"],
    "ApiToken": lambda row: row["revoked_at"],
    "SupportPlan": _plan,
    "TariffEdition": _edition,
    "TariffMapping": lambda row: row["service_type"],
}
"""By entity; the rows come from templates, which know no types."""
