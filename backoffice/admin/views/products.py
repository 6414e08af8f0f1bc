"""Products: what is sold."""

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.base import posted, to
from backoffice.admin.fields import CodeField, SelectOneField, TextField, chosen, required
from backoffice.admin.listing import Asked, Chip, ListingScreen, here_without, search_text
from backoffice.admin.problems import form_status, place
from backoffice.admin.views.assets import published_plans
from backoffice.models import Product
from backoffice.operations.create_product import CreateProduct, create_product


class ProductForm(Form):
    """A new product."""

    sku = CodeField("کد محصول", validators=[required()])
    name = TextField("نام", validators=[required()])
    family = TextField("خانواده")
    support_plan = SelectOneField(
        "طرح پشتیبانی", validators=[chosen()], description="طرحی که با این محصول فروخته می‌شود"
    )


class ProductsScreen(ListingScreen):
    """The products."""

    title = "محصولات"
    path = "products"
    icon = "package"
    permissions = {"index_view": "product.read", "create_view": "product.write"}
    entity = "Product"
    listed = Product
    rows = wants.PRODUCT_ROW

    def asked(self) -> Asked:
        text = search_text()
        return Asked({"search": text}, (Chip(f"«{text}»", here_without("q")),)) if text else Asked({})

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        form = ProductForm(posted())
        with self.reading() as reader:
            form.support_plan.choices = published_plans(reader)
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = create_product(self.desk, self.viewer, CreateProduct(**form.data))
            if result.id is not None:
                flash("محصول ثبت شد.", "success")
                return to("products.index_view")
            errors = place(result.problems, form, self.viewer.language)
        return self.page("products/form.html", status=form_status(form, errors), form=form, errors=errors)
