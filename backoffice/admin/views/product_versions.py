"""Released versions of a product: entered one by one, and withdrawn after a question."""

from typing import cast

from flask import url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from wtforms import Form

from backoffice.admin import wants
from backoffice.admin.does import Does
from backoffice.admin.views.reference.asking import Asking, AskingScreen
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.pages.fields import CodeField, JalaliDateField, LongTextField, required
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row, key_of

PRODUCTS = "محصولات"


class ReleaseForm(Form):
    """A version that is released."""

    label = CodeField("نسخه", validators=[required()], description="نامی که نسخه با آن شناخته می‌شود، مانند 5.2")
    released_on = JalaliDateField("تاریخ انتشار", validators=[required()])
    notes = LongTextField("تازه‌ها", description="آنچه در این نسخه تازه است")


class WithdrawForm(Form):
    """Why a version is withdrawn."""

    reason = LongTextField("دلیل", validators=[required()], description="مانند ثبت اشتباه یا ایراد نسخه")


class ReleasingScreen(AskingScreen):
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
            product = self.found(reader, "Product", key, wants.PRODUCT_FORM)
        form = ReleaseForm(posted(), released_on=self.around.today)
        asking = _asking(product, "نسخهٔ تازه", submit="انتشار نسخه", done="نسخه منتشر شد.")

        def command() -> ReleaseProductVersion:
            return ReleaseProductVersion(product_id=key, **form.data)

        return self.ask(asking, form, lambda: release_product_version(self.desk, self.viewer, command()))


class WithdrawingScreen(AskingScreen):
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
            version = self.found(reader, "ProductVersion", key, wants.PRODUCT_VERSION)
        form = WithdrawForm(posted())
        told = (
            f"نسخهٔ «{version['label']}» دیگر تازه‌ترین نسخه شمرده نمی‌شود و با روز و دلیل پس گرفتن در فهرست می‌ماند.",
            "پس گرفتن بازگشت ندارد؛ اگر نسخه اشتباه ثبت شده، پس از این با همین نام دوباره منتشرش کنید.",
        )
        title = f"پس گرفتن نسخهٔ «{version['label']}»"
        product = cast(Row, version["product"])
        asking = _asking(product, title, submit="پس گرفته شود", done="نسخه پس گرفته شد.", told=told)

        def command() -> WithdrawProductVersion:
            return WithdrawProductVersion(product_version_id=key, reason=form.reason.data or "")

        return self.ask(asking, form, lambda: withdraw_product_version(self.desk, self.viewer, command()))


def _asking(product: Row, title: str, *, submit: str, done: str, told: tuple[str, ...] = ()) -> Asking:
    """About one product, back to its page; what comes with sentences to be read first takes something away."""
    back = url_for("products.show", key=key_of(product))
    crumbs = [(PRODUCTS, url_for("products.index_view")), (str(product["name"]), back)]
    return Asking(
        title=title, crumbs=crumbs, submit=submit, back=back, onwards=back, done=done, told=told, danger=bool(told)
    )
