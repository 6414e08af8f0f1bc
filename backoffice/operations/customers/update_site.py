"""Change a site, its road distance above all, unless somebody else changed it meanwhile."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.models import Site
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.customers import site_rows
from backoffice.operations.customers.customer_subjects import ADDRESS, CITY, DISTANCE_SOURCE, MEASURED_ON, SITE
from backoffice.operations.customers.site_rows import Measured
from backoffice.operations.kinds import METRES, Id, Text
from backoffice.operations.operation import Operation
from backoffice.operations.result import UNSET, Unset
from backoffice.operations.usual_fields import VersionRead
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class UpdateSite(Command):
    """Fields left out stay as they are; ``version`` is the one that was read.

    A distance that is given takes the place of the old measurement as a whole: its source and day are those given
    beside it, or none. None makes the distance unknown again, which is not zero.
    """

    id: Annotated[int, Given(Id("Site"), Label(fa="محل", en="Site"), about="Which site.")]
    version: VersionRead
    title: Annotated[str | Unset, Given(Text(), Label(fa="عنوان محل", en="Title"), about="The new title.")] = UNSET
    address: Annotated[str | Unset | None, ADDRESS] = UNSET
    city: Annotated[str | Unset | None, CITY] = UNSET
    distance_metres: Annotated[
        int | Unset | None,
        Given(
            METRES,
            Label(fa="فاصلهٔ جاده‌ای (متر)", en="Road distance (metres)"),
            about="By road from the office of origin, in metres: a new measurement, which keeps nothing of the old"
            " one's source and day. Null for unknown, which is not 0.",
        ),
    ] = UNSET
    distance_source: Annotated[str | Unset | None, DISTANCE_SOURCE] = UNSET
    measured_on: Annotated[date | Unset | None, MEASURED_ON] = UNSET


def _update(work: Work, command: UpdateSite) -> Done:
    site = lookups.site(work, command.id, path="id")
    before = site_rows.site_document(work, site)
    _apply(work, site, command)
    site_rows.store(work, site, _measured(work, site, command))
    after = site_rows.site_document(work, site)
    return Done(entity="Site", entity_id=site.id, events=(Event.SITE_UPDATED,), before=before, after=after)


def _apply(work: Work, site: Site, command: UpdateSite) -> None:
    if command.title is not UNSET:
        site.title = command.title
    if command.address is not UNSET:
        site.address = command.address
    if command.city is not UNSET:
        site.city = command.city
    site.version += 1
    site.updated_at = work.now


def _measured(work: Work, site: Site, command: UpdateSite) -> Measured:
    """The distance as it is to be: one that is given has nothing of the old one."""
    metres, source, day = command.distance_metres, command.distance_source, command.measured_on
    known = site_rows.stored(work, site) if metres is UNSET else site_rows.UNKNOWN
    return Measured(
        known.metres if metres is UNSET else metres,
        known.source if source is UNSET else source,
        known.measured_on if day is UNSET else day,
    )


update_site = Operation(
    name="update_site",
    label=Label(fa="ویرایش محل", en="Change the site"),
    description="Change a site of a customer. What was decided keeps its distance.",
    permission="customer.write",
    command=UpdateSite,
    entity="Site",
    events=(Event.SITE_UPDATED,),
    about=SITE,
    body=_update,
    in_api=True,
)
"""``id`` is the site's. STALE, with the unchanged site's id, when its version is another by now.

INVALID for an empty title, and for a distance as in ``create_site``. Decisions that were made keep the distance
they were made with; those to come have the new one.
"""
