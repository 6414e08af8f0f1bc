"""Change a site, its road distance above all, unless somebody else changed it meanwhile."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.models import Site
from backoffice.operations import lookups, texts
from backoffice.operations.command import Command
from backoffice.operations.customers import site_rows
from backoffice.operations.customers.site_rows import Measured
from backoffice.operations.premises import Premises
from backoffice.operations.result import UNSET, Result, Unset
from backoffice.operations.undeclared import perform
from backoffice.operations.versions import begin_change
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class UpdateSite(Command):
    """Fields left out stay as they are; ``version`` is the one that was read.

    A distance that is given takes the place of the old measurement as a whole: its source and day are those given
    beside it, or none. None makes the distance unknown again, which is not zero.
    """

    operation: ClassVar[str] = "update_site"

    id: int
    version: int
    title: str | Unset | None = UNSET
    address: str | Unset | None = UNSET
    city: str | Unset | None = UNSET
    distance_metres: int | Unset | None = UNSET
    distance_source: str | Unset | None = UNSET
    measured_on: date | Unset | None = UNSET


def update_site(desk: Premises, viewer: Viewer, command: UpdateSite) -> Result:
    """``id`` is the site's. STALE, with the unchanged site's id, when its version is another by now.

    INVALID for an empty title, and for a distance as in ``create_site``. Decisions that were made keep the distance
    they were made with; those to come have the new one.
    """
    return perform(desk, viewer, "customer.write", command, lambda work: _update(work, command))


def _update(work: Work, command: UpdateSite) -> Done:
    site = lookups.site(work, command.id, path="id")
    begin_change(work, site, command.version)
    before = site_rows.site_document(work, site)
    _apply(work, site, command)
    site_rows.store(work, site, _measured(work, site, command))
    after = site_rows.site_document(work, site)
    return Done(entity="Site", entity_id=site.id, events=(Event.SITE_UPDATED,), before=before, after=after)


def _apply(work: Work, site: Site, command: UpdateSite) -> None:
    if command.title is not UNSET:
        site.title = texts.required(command.title, "title")
    if command.address is not UNSET:
        site.address = site_rows.address(command.address)
    if command.city is not UNSET:
        site.city = texts.optional(command.city, "city")
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
