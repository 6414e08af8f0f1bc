"""Products, what is sold: the list, the page with versions and upgrades, and the forms that create and change them."""

from collections.abc import Sequence
from typing import TypedDict

from flask import flash, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.change_screen import EditingScreen
from backoffice.admin.listing import ListingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.views.assets import published_plans
from backoffice.domain.label import Label
from backoffice.models import Product
from backoffice.operations.products.create_product import CreateProduct, create_product
from backoffice.operations.products.update_product import UpdateProduct, update_product
from backoffice.operations.result import Result
from backoffice.pages.command_form import CommandForm
from backoffice.pages.list_address import Asked, Chip, here_without, search_text
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import key_of
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected

PLAN_IN_SHORT = want("id", "code", "name", "version")


PRODUCT_ROW = want("id", "sku", "name", "family", support_plan=PLAN_IN_SHORT, latest_version=want("label"))


class _PlanInShort(TypedDict):
    id: str
    code: str
    name: str
    version: int


class ProductRow(TypedDict):
    """The product that is changed."""

    id: str
    sku: str
    name: str
    family: str | None
    version: int
    support_plan: _PlanInShort | None


PRODUCT_PAGE = want(
    "id",
    "sku",
    "name",
    "family",
    "units_sold",
    support_plan=PLAN_IN_SHORT,
    versions=want("id", "label", "released_on", "notes", "withdrawn_on", "withdrawal_reason"),
    latest_version=want("id"),
    upgrades_to=want("id", "sku", "name", latest_version=want("label")),
)


HINTS = {"support_plan": Label(fa="طرحی که با این محصول فروخته می‌شود", en="The plan that this product is sold with")}
NEW = CommandForm(CreateProduct, ("sku", "name", "family", "support_plan"), hints=HINTS)
CHANGED = CommandForm(UpdateProduct, ("name", "family", "support_plan", "version"), hints=HINTS)


class ProductsScreen(ListingScreen):
    """The products."""

    title = "محصولات"
    path = "products"
    icon = "package"
    covers = ("product_editing", "releasing", "withdrawing", "upgrading")
    permissions = {
        "index_view": "product.read",
        "show": "product.read",
    }
    does = {"create_view": Does(create_product, "plus", main=True)}
    entity = "Product"
    listed = Product
    rows = PRODUCT_ROW

    def asked(self) -> Asked:
        text = search_text()
        return Asked({"search": text}, (Chip(f"«{text}»", here_without("q")),)) if text else Asked({})

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            product = self.found(reader, "Product", key, PRODUCT_PAGE)
        return self.page("products/show.html", product=product, key=key)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        with self.reading() as reader:
            form = NEW.made(posted(), choices={"support_plan": published_plans(reader)})
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = create_product(self.desk, self.viewer, NEW.asked(form))
            if result.id is not None:
                flash("محصول ثبت شد.", "success")
                return to("products.show", key=result.id)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("products/form.html", status=status, form=form, errors=errors, row=None)


class ProductEditingScreen(EditingScreen[ProductRow]):
    """The form that changes one product."""

    title = "ویرایش محصول"
    path = "product_editing"
    address = "/admin/products/<int:key>/edit"
    does = {"index": Does(update_product, "edit")}
    entity = "Product"
    wanted = selected(ProductRow)
    back = "products.show"
    template = "products/form.html"
    compared = ("name", "family", "support_plan")
    called = "این محصول یا ارتقاهایش"

    def form_of(self, row: ProductRow, sent: MultiDict[str, str] | None) -> Form:
        with self.reading() as reader:
            plans = published_plans(reader)
        return CHANGED.made(sent, data={**row, "support_plan": _plan_code(row)}, choices={"support_plan": plans})

    def crumbs(self, row: ProductRow) -> Sequence[tuple[str, str]]:
        page = url_for("products.show", key=key_of(row))
        return [("محصولات", url_for("products.index_view")), (row["name"], page)]

    def change(self, row: ProductRow, form: Form) -> Result:
        return update_product(self.desk, self.viewer, CHANGED.asked(form, id=key_of(row)))


def _plan_code(product: ProductRow) -> str | None:
    """The code of the plan that the product is sold with, where a version of it is published."""
    plan = product["support_plan"]
    return None if plan is None else plan["code"]
