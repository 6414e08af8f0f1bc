"""Create a site of a customer, with its road distance from the origin of distances where that is known."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.models import Site
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.customers import site_rows
from backoffice.operations.customers.site_rows import Measured, SiteEntry
from backoffice.operations.premises import Premises
from backoffice.operations.result import Result
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CreateSite(Command):
    """``distance_metres`` is by road from the origin office; its source and day say how far to trust it."""

    operation: ClassVar[str] = "create_site"

    customer_id: int
    title: str
    address: str | None = None
    city: str | None = None
    distance_metres: int | None = None
    distance_source: str | None = None
    measured_on: date | None = None


def create_site(desk: Premises, viewer: Viewer, command: CreateSite) -> Result:
    """``id`` is the site's. NOT_FOUND for an unknown customer, INVALID for an empty title or a negative distance.

    INVALID also for a source or a day of a distance that is not given, and for a day in the future.
    """
    return perform(desk, viewer, "customer.write", command, lambda work: _create(work, command))


def _create(work: Work, command: CreateSite) -> Done:
    customer = lookups.customer(work, command.customer_id)
    entry = SiteEntry(
        customer_id=customer.id,
        title=texts.required(command.title, "title"),
        address=site_rows.address(command.address),
        city=texts.optional(command.city, "city"),
    )
    site = Site(**site_rows.site_values(entry, work.now))
    work.session.add(site)
    work.session.flush()
    site_rows.store(work, site, Measured(command.distance_metres, command.distance_source, command.measured_on))
    after = site_rows.site_document(work, site)
    return Done(entity="Site", entity_id=site.id, events=(Event.SITE_CREATED,), after=after)
