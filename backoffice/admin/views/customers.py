"""Customers: the list, the page that shows everything about one, and the forms that create and change them."""

from collections.abc import Sequence
from typing import ClassVar, cast

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.listing import ListingScreen
from backoffice.admin.views.sites import NewSiteForm
from backoffice.domain.problem import ErrorCode
from backoffice.models import Customer, CustomerKind, CustomerStage
from backoffice.operations.customers.create_customer import CreateCustomer, create_customer
from backoffice.operations.customers.create_site import CreateSite, create_site
from backoffice.operations.customers.update_customer import UpdateCustomer, update_customer
from backoffice.operations.result import Result
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
from backoffice.pages.rows import Row
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
    covers = ("sites",)
    permissions = {
        "index_view": "customer.read",
        "create_view": "customer.write",
        "show": "customer.read",
        "change": "customer.write",
        "new_site": "customer.write",
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
        return self.page("customers/form.html", status=status, form=form, errors=errors, customer=None)

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

    @expose("/<int:key>/edit/", methods=("GET", "POST"))
    def change(self, key: int) -> ResponseReturnValue:
        customer = self.get_one(key)
        form = ChangeForm(posted(), data={**customer, "phones": _as_written(customer)})
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = self._save(form, key)
            if not result.problems:
                flash("تغییرها ذخیره شد.", "success")
                return to("customers.show", key=key)
            if any(problem.code is ErrorCode.STALE for problem in result.problems):
                return self._stale(key, form)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("customers/form.html", status=status, form=form, errors=errors, customer=customer, key=key)

    def get_one(self, id: int) -> Row:  # Flask-Admin's name
        with self.reading() as reader:
            return self.found(reader, "Customer", id, wants.CUSTOMER_FORM)

    def _save(self, form: Form, key: int) -> Result:
        """Change the customer to what the form says, unless it is another version by now."""
        command = UpdateCustomer(
            id=key,
            version=form["version"].data or 0,
            name=form["name"].data,
            city=form["city"].data,
            phones=form["phones"].data,
        )
        return update_customer(self.desk, self.viewer, command)

    def _stale(self, key: int, form: Form) -> Response:
        """Somebody else was faster: both versions side by side, and a form that starts from the present one."""
        present = self.get_one(key)
        mine = {name: form[name].data for name in ("name", "phones", "city")}
        return self.page("customers/conflict.html", status=409, present=present, mine=mine, key=key)

    @expose("/<int:key>/sites/new/", methods=("GET", "POST"))
    def new_site(self, key: int) -> ResponseReturnValue:
        customer = self.get_one(key)
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
        return self.page(
            "customers/site.html", status=status, form=form, errors=errors, customer=customer, customer_key=key
        )


def _as_written(customer: Row) -> list[str]:
    """The phones as people write them."""
    return [phone(str(number)) for number in cast(Sequence[str], customer["phones"])]
