"""The state of what was read, as ``possible`` of an operation is asked about it: the same that ``perform`` sees."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import cast

from backoffice.domain.record import RecordState, RecordStatus
from backoffice.models import OverrideStatus
from backoffice.operations.overrides.override_requests import RequestState
from backoffice.operations.plans.publish_draft import PlanState
from backoffice.operations.products.subjects import VersionState
from backoffice.operations.tariffs.approve_tariff import EditionState
from backoffice.pages.rows import Row, key_of, rows_of


def state_of(entity: str, row: Row) -> object:
    """The state of an object of this entity; None for those that are always in a state to be changed."""
    read = STATES.get(entity)
    return None if read is None else read(row)


def waiting_request(record: Row) -> Row | None:
    """The override that waits for a second person, of which a record has one at most."""
    waiting = (one for one in rows_of(record, "override_requests") if one["status"] == OverrideStatus.WAITING)
    return next(waiting, None)


def _record(row: Row) -> RecordState:
    status = RecordStatus(str(row["status"]))
    return RecordState(status=status, waits_for_approval=waiting_request(row) is not None)


def _request(row: Row) -> object:
    asker = key_of(cast(Row, row["requested_by"]))
    return RequestState(status=OverrideStatus(str(row["status"])), requested_by_id=asker)


def _version(row: Row) -> VersionState:
    return VersionState(label=str(row["label"]), withdrawn_on=cast(date | None, row["withdrawn_on"]))


def _plan(row: Row) -> PlanState:
    published_at = cast(datetime | None, row["published_at"])
    return PlanState(code=str(row["code"]), version=cast(int, row["version"]), published_at=published_at)


def _edition(row: Row) -> EditionState:
    return EditionState(
        jalali_year=cast(int, row["jalali_year"]),
        version=cast(int, row["version"]),
        approved=row["approved_at"] is not None,
        imported_by_id=cast(int | None, row["imported_by_id"]),
    )


STATES: Mapping[str, Callable[[Row], object]] = {
    "ServiceRecord": _record,
    "OverrideRequest": _request,
    "ProductVersion": _version,
    "Staff": lambda row: row["active"],
    "ApiToken": lambda row: row["revoked_at"],
    "SupportPlan": _plan,
    "TariffEdition": _edition,
    "TariffMapping": lambda row: row["service_type"],
}
