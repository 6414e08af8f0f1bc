"""The rows of a site: its road distance as it is stored, the audit document."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from backoffice.domain.problem import ErrorCode
from backoffice.models import Office, Site, SiteDistance
from backoffice.operations.audit_documents import document_of
from backoffice.operations.result import refuse
from backoffice.operations.site_distances import distance_row
from backoffice.operations.work import Work


@dataclass(frozen=True, kw_only=True)
class SiteEntry:
    """A site to be entered."""

    customer_id: int
    title: str
    address: str | None
    city: str | None


@dataclass(frozen=True)
class Measured:
    """A road distance from the origin office; its source and day say how far to trust it."""

    metres: int | None
    source: str | None
    measured_on: date | None


UNKNOWN = Measured(None, None, None)


def site_values(entry: SiteEntry, now: datetime) -> dict[str, object]:
    """The columns of a site entered ``now``."""
    return {
        "customer_id": entry.customer_id,
        "title": entry.title,
        "address": entry.address,
        "city": entry.city,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }


def distance_values(site_id: int, office_id: int, *, measured: Measured) -> dict[str, object]:
    """The columns of a site's distance from the office that is the origin."""
    return {
        "site_id": site_id,
        "office_id": office_id,
        "metres": measured.metres,
        "source": measured.source,
        "measured_on": measured.measured_on,
    }


def stored(work: Work, site: Site) -> Measured:
    """What is known of the site's distance from the present origin."""
    row = distance_row(work, site.id)
    return UNKNOWN if row is None else Measured(row.metres, row.source, row.measured_on)


def store(work: Work, site: Site, measured: Measured) -> None:
    """Make this the site's distance; without metres it has none. Distances from other offices stay.

    INVALID for a source or a day of a distance that nobody gave.
    """
    if measured.metres is None and (measured.source or measured.measured_on):
        raise refuse(ErrorCode.INVALID, "required", path=("distance_metres",))
    row = distance_row(work, site.id)
    if measured.metres is None:
        if row is not None:
            work.session.delete(row)
        return
    if row is None:
        work.session.add(SiteDistance(**distance_values(site.id, _origin(work), measured=measured)))
        return
    row.metres, row.source, row.measured_on = measured.metres, measured.source, measured.measured_on


def site_document(work: Work, site: Site) -> Mapping[str, object]:
    """The site with its distance, for the audit trail."""
    work.session.flush()
    known = stored(work, site)
    return document_of(site, distance_metres=known.metres, distance_source=known.source, measured_on=known.measured_on)


def _origin(work: Work) -> int:
    origin = work.session.scalar(select(Office.id).where(Office.is_origin))
    if origin is None:
        raise refuse(ErrorCode.INVALID, "no_origin_office", path=("distance_metres",))
    return origin
