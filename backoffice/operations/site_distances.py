"""Sites in operations: whose they are, and how far away."""

from sqlalchemy import select

from backoffice.domain.problem import ErrorCode
from backoffice.models import Customer, Office, Site, SiteDistance
from backoffice.operations import lookups
from backoffice.operations.result import refuse
from backoffice.operations.work import Work


def site_of(work: Work, site_id: int | None, customer: Customer) -> Site | None:
    """The named site of this customer; NOT_FOUND for an unknown one, INVALID for somebody else's."""
    if site_id is None:
        return None
    site = lookups.site(work, site_id)
    if site.customer_id != customer.id:
        raise refuse(ErrorCode.INVALID, "not_the_customers", path=("site_id",))
    return site


def distance_of(work: Work, site_id: int | None) -> int | None:
    """The site's road distance in metres from the office that is the origin of distances; None while unknown."""
    row = None if site_id is None else distance_row(work, site_id)
    return None if row is None else row.metres


def distance_row(work: Work, site_id: int) -> SiteDistance | None:
    """What is known of that distance."""
    from_origin = select(SiteDistance).join(Office, Office.id == SiteDistance.office_id).where(Office.is_origin)
    return work.session.scalar(from_origin.where(SiteDistance.site_id == site_id))
