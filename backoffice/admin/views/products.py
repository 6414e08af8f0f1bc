"""Products, what is sold: the list, the page with versions and upgrades, and the forms that create and change them."""

from typing import cast

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.changing import version_of
from backoffice.admin.listing import ListingScreen
from backoffice.admin.views.assets import published_plans
from backoffice.domain.problem import ErrorCode
from backoffice.models import Product
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.update_product import UpdateProduct, update_product
from backoffice.operations.result import Result
from backoffice.pages.fields import CodeField, SelectOneField, TextField, VersionField, chosen, required
from backoffice.pages.list_address import Asked, Chip, here_without, search_text
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import Row


class _Editable(Form):
    """What of a product can be changed later."""

    name = TextField("نام", validators=[required()])
    family = TextField("خانواده")
    support_plan = SelectOneField(
        "طرح پشتیبانی", validators=[chosen()], description="طرحی که با این محصول فروخته می‌شود"
    )


class CreateForm(_Editable):
    """A new product."""

    sku = CodeField("کد محصول", validators=[required()])


class ChangeForm(_Editable):
    """A product as it was read, to be changed."""

    version = VersionField()


class ProductsScreen(ListingScreen):
    """The products."""

    title = "محصولات"
    path = "products"
    icon = "package"
    covers = ("releasing", "withdrawing", "upgrading")
    permissions = {
        "index_view": "product.read",
        "show": "product.read",
        "create_view": "product.write",
        "change": "product.write",
    }
    entity = "Product"
    listed = Product
    rows = wants.PRODUCT_ROW

    def asked(self) -> Asked:
        text = search_text()
        return Asked({"search": text}, (Chip(f"«{text}»", here_without("q")),)) if text else Asked({})

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            product = self.found(reader, "Product", key, wants.PRODUCT_PAGE)
        return self.page("products/show.html", product=product, key=key)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        form = CreateForm(posted())
        with self.reading() as reader:
            form.support_plan.choices = published_plans(reader)
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = create_product(self.desk, self.viewer, CreateProduct(**form.data))
            if result.id is not None:
                flash("محصول ثبت شد.", "success")
                return to("products.show", key=result.id)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("products/form.html", status=status, form=form, errors=errors, product=None)

    @expose("/<int:key>/edit/", methods=("GET", "POST"))
    def change(self, key: int) -> ResponseReturnValue:
        product = self.get_one(key)
        form = ChangeForm(posted(), data={**product, "support_plan": _plan_code(product)})
        with self.reading() as reader:
            form.support_plan.choices = published_plans(reader)
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = self._save(form, key)
            if not result.problems:
                flash("تغییرها ذخیره شد.", "success")
                return to("products.show", key=key)
            if any(problem.code is ErrorCode.STALE for problem in result.problems):
                return self._stale(key, form)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("products/form.html", status=status, form=form, errors=errors, product=product, key=key)

    def get_one(self, id: int) -> Row:  # Flask-Admin's name
        with self.reading() as reader:
            return self.found(reader, "Product", id, wants.PRODUCT_FORM)

    def _save(self, form: ChangeForm, key: int) -> Result:
        """Change the product to what the form says, unless it is another version by now."""
        command = UpdateProduct(
            id=key,
            version=version_of(form),
            name=form.name.data or "",
            family=form.family.data,
            support_plan=form.support_plan.data or "",
        )
        return update_product(self.desk, self.viewer, command)

    def _stale(self, key: int, form: ChangeForm) -> Response:
        """Somebody else was faster: both versions side by side, and a form that starts from the present one."""
        row = self.get_one(key)
        plans = dict(form.support_plan.choices)
        present = {"name": row["name"], "family": row["family"], "plan": plans.get(_plan_code(row) or "")}
        mine = {"name": form.name.data, "family": form.family.data, "plan": plans.get(form.support_plan.data or "")}
        return self.page("products/conflict.html", status=409, row=row, present=present, mine=mine, form=form, key=key)


def _plan_code(product: Row) -> str | None:
    """The code of the plan that the product is sold with, where a version of it is published."""
    plan = cast(Row | None, product["support_plan"])
    return None if plan is None else str(plan["code"])
