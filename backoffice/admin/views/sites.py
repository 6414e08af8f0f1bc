"""A site's form, for a new one and for one that is there, and the screen that changes one."""

from typing import cast

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.base import Screen
from backoffice.admin.changing import version_of
from backoffice.domain.problem import ErrorCode
from backoffice.operations.customers.update_site import UpdateSite, update_site
from backoffice.operations.result import UNSET, Result
from backoffice.pages.fields import (
    JalaliDateField,
    KilometresField,
    LongTextField,
    RepeatKeyField,
    TextField,
    VersionField,
    required,
)
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import posted, to
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


class SiteScreen(Screen):
    """The form that changes one site."""

    title = "ویرایش محل"
    path = "sites"
    address = "/admin/customers/sites/<int:key>/edit"
    permissions = {"index": "customer.write"}
    in_menu = False
    entity = "Site"

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        site = self._read(key)
        form = ChangeForm(posted(), data=_written(site))
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = self._save(form, key, site)
            if not result.problems:
                flash("تغییرها ذخیره شد.", "success")
                return to("customers.show", key=key_of(_customer(site)))
            if any(problem.code is ErrorCode.STALE for problem in result.problems):
                return self._stale(key, form)
            errors = place(result.problems, form, self.viewer.language)
        return self._shown("customers/site.html", site, status=form_status(form, errors), form=form, errors=errors)

    def _read(self, key: int) -> Row:
        with self.reading() as reader:
            return self.found(reader, "Site", key, wants.SITE_FORM)

    def _save(self, form: ChangeForm, key: int, site: Row) -> Result:
        """Change the site to what the form says. An emptied distance takes what was known of it along."""
        given = {name: form[name].data for name in FIELDS}
        if given["distance_metres"] is None:
            known = _written(site)
            given |= {name: UNSET for name in ("distance_source", "measured_on") if given[name] == known[name]}
        return update_site(self.desk, self.viewer, UpdateSite(id=key, version=version_of(form), **given))

    def _stale(self, key: int, form: ChangeForm) -> Response:
        """Somebody else was faster: both versions side by side, and a form that starts from the present one."""
        site = self._read(key)
        present = ChangeForm(data=_written(site))
        values = {"fields": FIELDS, "present": present, "mine": form, "key": key}
        return self._shown("customers/site_conflict.html", site, status=409, **values)

    def _shown(self, template: str, site: Row, *, status: int, **values: object) -> Response:
        customer = _customer(site)
        back = {"customer": customer, "customer_key": key_of(customer)}
        return self.page(template, status=status, site=site, **back, **values)


def _customer(site: Row) -> Row:
    return cast(Row, site["customer"])


def _written(site: Row) -> dict[str, object]:
    """A site's values by the names of the form's fields."""
    distance = {"distance_metres": site["distance_metres"], "distance_source": site["distance_source"]}
    return {**site, **distance, "measured_on": site["measured_on"]}
