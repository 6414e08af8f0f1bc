"""A site's form, for a new one and for one that is there, and the screen that changes one."""

from collections.abc import Sequence
from typing import cast

from flask import url_for
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.changing import EditingScreen
from backoffice.admin.does import Does
from backoffice.operations.customers.update_site import UpdateSite, update_site
from backoffice.operations.result import UNSET, Result
from backoffice.pages.changing import version_of
from backoffice.pages.fields import (
    JalaliDateField,
    KilometresField,
    LongTextField,
    RepeatKeyField,
    TextField,
    VersionField,
    required,
)
from backoffice.pages.rows import Row, key_of

FIELDS = ("title", "city", "address", "distance_metres", "distance_source", "measured_on")
DISTANCE = "فاصلهٔ جاده‌ای از دفتر مبدأ (کیلومتر)"


class _SiteForm(Form):
    """A place of a customer where devices stand."""

    title = TextField("عنوان محل", validators=[required()], description="مانند «دفتر مرکزی» یا «انبار شماره ۲»")
    city = TextField("شهر")
    address = LongTextField("نشانی")
    distance_metres = KilometresField(DISTANCE, description="اگر نمی‌دانید خالی بگذارید")
    distance_source = TextField("منبع فاصله", description="مانند «نقشه»")
    measured_on = JalaliDateField("تاریخ اندازه‌گیری")


class NewSiteForm(_SiteForm):
    """A new site."""

    idempotency_key = RepeatKeyField()


class ChangeForm(_SiteForm):
    """A site as it was read, to be changed."""

    distance_metres = KilometresField(
        DISTANCE, description="خدمت‌های ثبت‌شده با فاصلهٔ پیشین می‌مانند؛ اگر خالی شود، منبع و تاریخش هم پاک می‌شود"
    )
    version = VersionField()


class SiteScreen(EditingScreen):
    """The form that changes one site, on the way to its customer's page."""

    title = "ویرایش محل"
    path = "sites"
    address = "/admin/customers/sites/<int:key>/edit"
    does = {"index": Does(update_site, "edit")}
    entity = "Site"
    wanted = wants.SITE_FORM
    back = "customers.show"
    template = "customers/site.html"
    compared = FIELDS
    called = "این محل"

    def form_of(self, row: Row, sent: MultiDict[str, str] | None) -> Form:
        return ChangeForm(sent, data=row)

    def crumbs(self, row: Row) -> Sequence[tuple[str, str]]:
        return site_crumbs(_customer(row))

    def leads_to(self, row: Row) -> int:
        return key_of(_customer(row))

    def change(self, row: Row, form: Form) -> Result:
        """An emptied distance takes what was known of it along."""
        given = {name: form[name].data for name in FIELDS}
        if given["distance_metres"] is None:
            given |= {name: UNSET for name in ("distance_source", "measured_on") if given[name] == row[name]}
        return update_site(self.desk, self.viewer, UpdateSite(id=key_of(row), version=version_of(form), **given))


def site_crumbs(customer: Row) -> Sequence[tuple[str, str]]:
    """The way to the page of a customer, which shows the sites."""
    page = url_for("customers.show", key=key_of(customer))
    return [("مشتریان", url_for("customers.index_view")), (str(customer["name"]), page)]


def _customer(site: Row) -> Row:
    return cast(Row, site["customer"])
