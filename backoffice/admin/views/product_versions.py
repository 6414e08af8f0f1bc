"""Released versions of a product: entered one by one, and withdrawn after a question."""

from datetime import date
from typing import TypedDict

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose

from backoffice.admin.page_action import Does
from backoffice.admin.views.products import ProductRow
from backoffice.admin.views.reference.one_form import OneForm, OneFormScreen
from backoffice.domain.label import Label
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.pages.command_form import CommandForm
from backoffice.pages.fields import CodeField
from backoffice.pages.requests import posted
from backoffice.pages.rows import Named, key_of
from backoffice.query.typed_rows import selected


class VersionRow(TypedDict):
    """The version that is withdrawn."""

    id: str
    label: str
    released_on: date
    product: Named


PRODUCTS = "محصولات"


RELEASE = CommandForm(
    ReleaseProductVersion,
    ("label", "released_on", "notes"),
    makers={"label": CodeField},
    hints={
        "label": Label(fa="نامی که نسخه با آن شناخته می‌شود، مانند 5.2", en="What the version is known by, such as 5.2"),
        "notes": Label(fa="آنچه در این نسخه تازه است", en="What is new in this version"),
    },
)
WITHDRAWAL = CommandForm(
    WithdrawProductVersion,
    ("reason",),
    hints={"reason": Label(fa="مانند ثبت اشتباه یا ایراد نسخه", en="Such as a wrong entry or a fault of the version")},
)


class ReleasingScreen(OneFormScreen):
    """The form that enters a version of one product."""

    title = "انتشار نسخه"
    path = "releasing"
    address = "/admin/products/<int:key>/release"
    does = {"index": Does(release_product_version, "plus", main=True)}
    in_menu = False
    entity = "Product"

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            product = self.found(reader, "Product", key, selected(ProductRow))
        form = RELEASE.made(posted(), data={"released_on": self.around.today})
        asking = _asking(product, "نسخهٔ تازه", submit="انتشار نسخه", done="نسخه منتشر شد.")

        return self.ask(
            asking, form, lambda: release_product_version(self.desk, self.viewer, RELEASE.asked(form, product_id=key))
        )


class WithdrawingScreen(OneFormScreen):
    """The question before one version is withdrawn."""

    title = "پس گرفتن نسخه"
    path = "withdrawing"
    address = "/admin/products/versions/<int:key>/withdraw"
    does = {"index": Does(withdraw_product_version, "arrow-back-up")}
    in_menu = False
    entity = "ProductVersion"

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            version = self.found(reader, "ProductVersion", key, selected(VersionRow))
        form = WITHDRAWAL.made(posted())
        told = (
            f"نسخهٔ «{version['label']}» دیگر تازه‌ترین نسخه شمرده نمی‌شود و با روز و دلیل پس گرفتن در فهرست می‌ماند.",
            "پس گرفتن بازگشت ندارد؛ اگر نسخه اشتباه ثبت شده، پس از این با همین نام دوباره منتشرش کنید.",
        )
        title = f"پس گرفتن نسخهٔ «{version['label']}»"
        product = version["product"]
        asking = _asking(product, title, submit="پس گرفته شود", done="نسخه پس گرفته شد.", told=told)

        return self.ask(
            asking,
            form,
            lambda: withdraw_product_version(self.desk, self.viewer, WITHDRAWAL.asked(form, product_version_id=key)),
        )


def _asking(product: Named, title: str, *, submit: str, done: str, told: tuple[str, ...] = ()) -> OneForm:
    """About one product, back to its page; what comes with sentences to be read first takes something away."""
    back = url_for("products.show", key=key_of(product))
    crumbs = [(PRODUCTS, url_for("products.index_view")), (product["name"], back)]
    return OneForm(
        title=title, crumbs=crumbs, submit=submit, back=back, onwards=back, done=done, told=told, danger=bool(told)
    )
