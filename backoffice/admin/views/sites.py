"""A site's form, for a new one and for one that is there, and the screen that changes one."""

from collections.abc import Sequence
from datetime import date
from typing import TypedDict

from flask import url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.change_screen import EditingScreen
from backoffice.admin.page_action import Does
from backoffice.domain.label import Label
from backoffice.operations.customers.create_site import CreateSite
from backoffice.operations.customers.update_site import UpdateSite, update_site
from backoffice.operations.result import UNSET, Result
from backoffice.pages.command_form import CommandForm
from backoffice.pages.rows import Named, Row, key_of
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected

PLACE = want("id", "title", "address", "city", "distance_metres", "distance_source", "measured_on")


class SiteRow(TypedDict):
    """The site that is changed."""

    id: str
    title: str
    address: str | None
    city: str | None
    distance_metres: int | None
    distance_source: str | None
    measured_on: date | None
    version: int
    customer: Named


FIELDS = ("title", "city", "address", "distance_metres", "distance_source", "measured_on")
LABELS = {
    "distance_metres": Label(
        fa="فاصلهٔ جاده‌ای از دفتر مبدأ (کیلومتر)", en="Road distance from the office of origin (kilometres)"
    )
}
"""People write kilometres."""

HINTS = {
    "title": Label(fa="مانند «دفتر مرکزی» یا «انبار شماره ۲»", en="Such as “head office” or “warehouse 2”"),
    "distance_metres": Label(fa="اگر نمی‌دانید خالی بگذارید", en="Leave empty when not known"),
    "distance_source": Label(fa="مانند «نقشه»", en="Such as “map”"),
}
KEEPS = {
    "distance_metres": Label(
        fa="خدمت‌های ثبت‌شده با فاصلهٔ پیشین می‌مانند؛ اگر خالی شود، منبع و تاریخش هم پاک می‌شود",
        en="Recorded services keep the former distance; emptied, its source and day are removed too",
    )
}
NEW_SITE = CommandForm(CreateSite, (*FIELDS, "idempotency_key"), labels=LABELS, hints=HINTS)
CHANGED_SITE = CommandForm(UpdateSite, (*FIELDS, "version"), labels=LABELS, hints=HINTS | KEEPS)


class SiteScreen(EditingScreen[SiteRow]):
    """The form that changes one site, on the way to its customer's page."""

    title = "ویرایش محل"
    path = "sites"
    address = "/admin/customers/sites/<int:key>/edit"
    does = {"index": Does(update_site, "edit")}
    entity = "Site"
    wanted = selected(SiteRow)
    back = "customers.show"
    template = "customers/site.html"
    compared = FIELDS
    called = "این محل"

    def form_of(self, row: SiteRow, sent: MultiDict[str, str] | None) -> Form:
        return CHANGED_SITE.made(sent, data=row)

    def crumbs(self, row: SiteRow) -> Sequence[tuple[str, str]]:
        return site_crumbs(row["customer"])

    def leads_to(self, row: SiteRow) -> int:
        return key_of(row["customer"])

    def change(self, row: SiteRow, form: Form) -> Result:
        """An emptied distance takes what was known of it along."""
        emptied = form["distance_metres"].data is None
        held: Row = row
        same = (name for name in ("distance_source", "measured_on") if form[name].data == held[name])
        unset = dict.fromkeys(same, UNSET) if emptied else {}
        return update_site(self.desk, self.viewer, CHANGED_SITE.asked(form, id=key_of(row), **unset))


def site_crumbs(customer: Named) -> Sequence[tuple[str, str]]:
    """The way to the page of a customer, which shows the sites."""
    page = url_for("customers.show", key=key_of(customer))
    return [("مشتریان", url_for("customers.index_view")), (customer["name"], page)]
