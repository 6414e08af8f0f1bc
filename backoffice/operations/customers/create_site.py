"""Create a site of a customer, with its road distance from the origin of distances where that is known."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode
from backoffice.models import Office, Site, SiteDistance
from backoffice.operations import lookups, texts
from backoffice.operations.command import Repeatable
from backoffice.operations.desk import Desk
from backoffice.operations.documents import document_of
from backoffice.operations.operation import perform
from backoffice.operations.quantities import metres
from backoffice.operations.result import Result, refuse
from backoffice.operations.work import Done, Work

LONGEST_ADDRESS = 500


@dataclass(frozen=True, kw_only=True)
class CreateSite(Repeatable):
    """``distance_metres`` is by road from the origin office; its source and day say how far to trust it."""

    operation: ClassVar[str] = "create_site"

    customer_id: int
    title: str
    address: str | None = None
    city: str | None = None
    distance_metres: int | None = None
    distance_source: str | None = None
    measured_on: date | None = None


def create_site(desk: Desk, viewer: Viewer, command: CreateSite) -> Result:
    """``id`` is the site's. NOT_FOUND for an unknown customer, INVALID for an empty title or a negative distance.

    INVALID also for a source or a day of a distance that is not given, and for a day in the future.
    """
    return perform(desk, viewer, "customer.write", command, lambda work: _create(work, command))


def _create(work: Work, command: CreateSite) -> Done:
    customer = lookups.customer(work, command.customer_id)
    site = Site(
        customer_id=customer.id,
        title=texts.required(command.title, "title"),
        address=texts.optional(command.address, "address", longest=LONGEST_ADDRESS),
        city=texts.optional(command.city, "city"),
        created_at=work.now,
    )
    work.session.add(site)
    work.session.flush()
    distance = _measured(work, site, command)
    after = document_of(site, distance_metres=distance)
    return Done(entity="Site", entity_id=site.id, events=("site_created",), after=after)


def _measured(work: Work, site: Site, command: CreateSite) -> int | None:
    """The distance as given, stored with its source and day."""
    distance = metres(command.distance_metres)
    if distance is None:
        _refuse_facts_of_nothing(command)
        return None
    if command.measured_on is not None and command.measured_on > work.today:
        raise refuse(ErrorCode.INVALID, "in_the_future", path=("measured_on",))
    origin = work.session.scalar(select(Office.id).where(Office.is_origin))
    if origin is None:
        raise refuse(ErrorCode.INVALID, "no_origin_office", path=("distance_metres",))
    work.session.add(
        SiteDistance(
            site_id=site.id,
            office_id=origin,
            metres=distance,
            source=texts.optional(command.distance_source, "distance_source"),
            measured_on=command.measured_on,
        )
    )
    return distance


def _refuse_facts_of_nothing(command: CreateSite) -> None:
    if command.distance_source or command.measured_on:
        raise refuse(ErrorCode.INVALID, "required", path=("distance_metres",))
