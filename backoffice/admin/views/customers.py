"""Customers: the list, the page that shows everything about one, and the forms that create and change them."""

from collections.abc import Sequence
from typing import Any, ClassVar, cast

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.changing import EditingScreen
from backoffice.admin.does import Does
from backoffice.admin.listing import ListingScreen
from backoffice.admin.views.sites import NewSiteForm, site_crumbs
from backoffice.models import Customer, CustomerKind, CustomerStage
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import CreateSite, create_site
from backoffice.operations.customers.update_customer import UpdateCustomer, update_customer
from backoffice.operations.result import Result
from backoffice.pages.changing import version_of
from backoffice.pages.fields import (
    CodeField,
    LinesField,
    OneOfField,
    RepeatKeyField,
    TextField,
    VersionField,
    chosen,
    required,
)
from backoffice.pages.language import ChoicesOf
from backoffice.pages.list_address import Asked, Chip, here_without, search_text
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import Row, key_of
from backoffice.pages.template_filters import phone

PHONES_HINT = "هر شماره در یک سطر؛ همراه یا ثابت با کد شهر، با هر رقمی"


class _Editable(Form):
    """What of a customer can be changed later."""

    name = TextField("نام", validators=[required()])
    phones = LinesField("تلفن‌ها", description=PHONES_HINT)
    city = TextField("شهر")


class CreateForm(_Editable):
    """A new customer."""

    kind = OneOfField(
        "نوع",
        choices=ChoicesOf("customer_kind", CustomerKind),
        validators=[chosen()],
        default=CustomerKind.PERSON.value,
    )
    stage = OneOfField(
        "مرحله",
        choices=ChoicesOf("customer_stage", CustomerStage),
        validators=[chosen()],
        default=CustomerStage.CUSTOMER.value,
    )
    code = CodeField("کد", description="اگر خالی بماند، سامانه کدی می‌دهد")
    idempotency_key = RepeatKeyField()


class ChangeForm(_Editable):
    """A customer as it was read, to be changed."""

    version = VersionField()


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
    rows = wants.CUSTOMER_ROW
    create_form_class: ClassVar[type[Form]] = CreateForm

    def asked(self) -> Asked:
        text = search_text()
        if not text:
            return Asked({})
        return Asked({"search": text}, (Chip(f"«{text}»", here_without("q")),))

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            customer = self.found(reader, "Customer", key, wants.CUSTOMER_PAGE)
        return self.page("customers/show.html", customer=customer, key=key)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        form = CreateForm(posted())
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = self._create(form)
            if result.id is not None:
                flash("مشتری ثبت شد.", "success")
                return to("customers.show", key=result.id)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("customers/form.html", status=status, form=form, errors=errors, row=None)

    def _create(self, form: Form) -> Result:
        """Create the customer that the form describes."""
        command = CreateCustomer(
            name=form["name"].data,
            kind=CustomerKind(form["kind"].data),
            stage=CustomerStage(form["stage"].data),
            code=form["code"].data,
            city=form["city"].data,
            phones=form["phones"].data,
            idempotency_key=form["idempotency_key"].data,
        )
        return create_customer(self.desk, self.viewer, command)

    @expose("/<int:key>/sites/new/", methods=("GET", "POST"))
    def new_site(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            customer = self.found(reader, "Customer", key, wants.CUSTOMER_FORM)
        form = NewSiteForm(posted())
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            command = CreateSite(customer_id=key, **form.data)
            result = create_site(self.desk, self.viewer, command)
            if result.id is not None:
                flash("محل ثبت شد.", "success")
                return to("customers.show", key=key)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        crumbs = site_crumbs(customer)
        return self.page("customers/site.html", status=status, form=form, errors=errors, row=None, crumbs=crumbs)


class CustomerEditingScreen(EditingScreen):
    """The form that changes one customer."""

    title = "ویرایش مشتری"
    path = "customer_editing"
    address = "/admin/customers/<int:key>/edit"
    does = {"index": Does(update_customer, "edit")}
    entity = "Customer"
    wanted = wants.CUSTOMER_FORM
    back = "customers.show"
    template = "customers/form.html"
    compared = ("name", "city", "phones")
    called = "این مشتری"

    def form_of(self, row: Row, sent: MultiDict[str, str] | None) -> Form:
        return ChangeForm(sent, data={**row, "phones": _as_written(row)})

    def crumbs(self, row: Row) -> Sequence[tuple[str, str]]:
        return site_crumbs(row)

    def change(self, row: Row, form: Form) -> Result:
        given: dict[str, Any] = {name: form[name].data for name in self.compared}
        command = UpdateCustomer(id=key_of(row), version=version_of(form), **given)
        return update_customer(self.desk, self.viewer, command)


def _as_written(customer: Row) -> list[str]:
    """The phones as people write them."""
    return [phone(str(number)) for number in cast(Sequence[str], customer["phones"])]
