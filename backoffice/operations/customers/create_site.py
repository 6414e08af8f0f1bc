"""Create a site of a customer, with its road distance from the origin of distances where that is known."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.models import Site
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers import site_rows
from backoffice.operations.customers.customer_subjects import ADDRESS, CITY, CUSTOMER, DISTANCE_SOURCE, MEASURED_ON
from backoffice.operations.customers.site_rows import Measured, SiteEntry
from backoffice.operations.kinds import (
    METRES,
    Id,
    Text,
)
from backoffice.operations.operation import Operation
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class CreateSite(Command):
    """``distance_metres`` is by road from the origin office; its source and day say how far to trust it."""

    customer_id: Annotated[int, Given(Id("Customer"), Label(fa="مشتری", en="Customer"), about="Whose site.")]
    title: Annotated[str, Given(Text(), Label(fa="عنوان محل", en="Title"), about="What the customer calls it.")]
    address: Annotated[str | None, ADDRESS] = None
    city: Annotated[str | None, CITY] = None
    distance_metres: Annotated[
        int | None,
        Given(
            METRES,
            Label(fa="فاصلهٔ جاده‌ای (متر)", en="Road distance (metres)"),
            about="By road from the office of origin, in metres.",
        ),
    ] = None
    distance_source: Annotated[str | None, DISTANCE_SOURCE] = None
    measured_on: Annotated[date | None, MEASURED_ON] = None

    def contradictions(self) -> Iterator[Problem]:
        """A source or a day of a distance that is not given."""
        if self.distance_metres is None and (self.distance_source or self.measured_on):
            yield Problem(code=ErrorCode.INVALID, detail="required", path=("distance_metres",))


def _create(work: Work, command: CreateSite) -> Done:
    customer = lookups.customer(work, command.customer_id)
    entry = SiteEntry(
        customer_id=customer.id,
        title=command.title,
        address=command.address,
        city=command.city,
    )
    site = Site(**site_rows.site_values(entry, work.now))
    work.session.add(site)
    work.session.flush()
    site_rows.store(work, site, Measured(command.distance_metres, command.distance_source, command.measured_on))
    after = site_rows.site_document(work, site)
    return Done(entity="Site", entity_id=site.id, events=(Event.SITE_CREATED,), after=after)


create_site = Operation(
    name="create_site",
    label=Label(fa="ثبت محل", en="Enter a site"),
    description="Enter a site of a customer.",
    permission="customer.write",
    command=CreateSite,
    entity="Site",
    events=(Event.SITE_CREATED,),
    about=CUSTOMER,
    body=_create,
    in_api=True,
)
"""``id`` is the site's. NOT_FOUND for an unknown customer, INVALID for an empty title or a negative distance.

INVALID also for a source or a day of a distance that is not given, and for a day in the future.
"""
