"""Customers: the list, the page that shows everything about one, and the forms that create and change them."""

from collections.abc import Sequence
from typing import TypedDict

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.change_screen import EditingScreen
from backoffice.admin.customer_picker import CUSTOMER_ROW
from backoffice.admin.listing import ListingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.record_line import NEWEST_FIRST, RECORD_ROW
from backoffice.admin.views.assets import Period
from backoffice.admin.views.sites import NEW_SITE, PLACE, site_crumbs
from backoffice.domain.label import Label
from backoffice.models import Customer, CustomerKind, CustomerStage
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import create_site
from backoffice.operations.customers.update_customer import UpdateCustomer, update_customer
from backoffice.operations.result import Result
from backoffice.pages.command_form import CommandForm
from backoffice.pages.language import ChoicesOf
from backoffice.pages.list_address import Asked, Chip, here_without, search_text
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import key_of
from backoffice.pages.template_filters import phone
from backoffice.query.selection import page, want
from backoffice.query.typed_rows import selected

DEVICE = want(
    "id",
    "serial_number",
    "purchased_on",
    "version",
    product=want("id", "name", "sku"),
    site=want("id", "title", "city"),
    support_periods=selected(Period),
)


class CustomerRow(TypedDict):
    """The customer that is changed, or given a site."""

    id: str
    code: str
    name: str
    kind: object
    stage: object
    city: str | None
    phones: list[str]
    version: int


CUSTOMER_PAGE = want(
    "id",
    "code",
    "name",
    "kind",
    "stage",
    "city",
    "phones",
    "created_at",
    "version",
    sites=PLACE,
    assets=page(DEVICE, "total_count", first=20),
    service_records=page(RECORD_ROW, "total_count", first=20, order_by=NEWEST_FIRST),
)


HINTS = {
    "phones": Label(
        fa="هر شماره در یک سطر؛ همراه یا ثابت با کد شهر، با هر رقمی",
        en="One number on each line; mobile, or landline with its area code",
    ),
    "code": Label(fa="اگر خالی بماند، سامانه کدی می‌دهد", en="The desk gives one when left empty"),
}
NEW = CommandForm(
    CreateCustomer,
    ("name", "kind", "stage", "phones", "city", "code", "idempotency_key"),
    hints=HINTS,
    choices={
        "kind": ChoicesOf("customer_kind", CustomerKind),
        "stage": ChoicesOf("customer_stage", CustomerStage),
    },
    defaults={"kind": CustomerKind.PERSON.value, "stage": CustomerStage.CUSTOMER.value},
)
CHANGED = CommandForm(UpdateCustomer, ("name", "phones", "city", "version"), hints=HINTS)


class CustomersScreen(ListingScreen):
    """The customers."""

    title = "مشتریان"
    path = "customers"
    icon = "users"
    covers = ("customer_editing", "sites")
    permissions = {
        "index_view": "customer.read",
        "show": "customer.read",
    }
    does = {
        "create_view": Does(create_customer, "user-plus", main=True),
        "new_site": Does(create_site, "plus", place="sites"),
    }
    entity = "Customer"
    listed = Customer
    rows = CUSTOMER_ROW

    def asked(self) -> Asked:
        text = search_text()
        if not text:
            return Asked({})
        return Asked({"search": text}, (Chip(f"«{text}»", here_without("q")),))

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            customer = self.found(reader, "Customer", key, CUSTOMER_PAGE)
        return self.page("customers/show.html", customer=customer, key=key)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        form = NEW.made(posted())
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = create_customer(self.desk, self.viewer, NEW.asked(form))
            if result.id is not None:
                flash("مشتری ثبت شد.", "success")
                return to("customers.show", key=result.id)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("customers/form.html", status=status, form=form, errors=errors, row=None)

    @expose("/<int:key>/sites/new/", methods=("GET", "POST"))
    def new_site(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            customer = self.found(reader, "Customer", key, selected(CustomerRow))
        form = NEW_SITE.made(posted())
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = create_site(self.desk, self.viewer, NEW_SITE.asked(form, customer_id=key))
            if result.id is not None:
                flash("محل ثبت شد.", "success")
                return to("customers.show", key=key)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        crumbs = site_crumbs(customer)
        return self.page("customers/site.html", status=status, form=form, errors=errors, row=None, crumbs=crumbs)


class CustomerEditingScreen(EditingScreen[CustomerRow]):
    """The form that changes one customer."""

    title = "ویرایش مشتری"
    path = "customer_editing"
    address = "/admin/customers/<int:key>/edit"
    does = {"index": Does(update_customer, "edit")}
    entity = "Customer"
    wanted = selected(CustomerRow)
    back = "customers.show"
    template = "customers/form.html"
    compared = ("name", "city", "phones")
    called = "این مشتری"

    def form_of(self, row: CustomerRow, sent: MultiDict[str, str] | None) -> Form:
        return CHANGED.made(sent, data={**row, "phones": _as_written(row)})

    def crumbs(self, row: CustomerRow) -> Sequence[tuple[str, str]]:
        return site_crumbs(row)

    def change(self, row: CustomerRow, form: Form) -> Result:
        return update_customer(self.desk, self.viewer, CHANGED.asked(form, id=key_of(row)))


def _as_written(customer: CustomerRow) -> list[str]:
    """The phones as people write them."""
    return [phone(number) for number in customer["phones"]]
