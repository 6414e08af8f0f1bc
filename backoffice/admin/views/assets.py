"""Assets, the devices and programs customers bought: list, page, purchase and renewal."""

from datetime import date, timedelta
from typing import Annotated, Any, TypeAlias, TypedDict

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.listing import ListingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.record_line import NEWEST_FIRST, RECORD_ROW
from backoffice.admin.service_form import RecordingCustomer
from backoffice.admin.views.sites import PLACE
from backoffice.domain.period import PeriodStatus, Track
from backoffice.models import Asset
from backoffice.operations.customers.register_purchase import RegisterPurchase, register_purchase
from backoffice.operations.customers.renew_support import RenewSupport, renew_support
from backoffice.pages.fields import (
    CodeField,
    JalaliDateField,
    RepeatKeyField,
    SelectOneField,
    WholeNumberField,
    chosen,
    required,
)
from backoffice.pages.list_address import Asked, Chip, here_without, search_text
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import number_in_address, posted, to
from backoffice.pages.rows import Row, key_of
from backoffice.query.reader import Reader
from backoffice.query.selection import page, want
from backoffice.query.typed_rows import selected


class Period(TypedDict):
    """A support period, with what is left of its allowances."""

    id: str
    track: Track
    starts_on: date
    last_day: date
    kind: object
    status: PeriodStatus
    plan: Annotated[Row, want("id", "name", "version")]
    allowances: Annotated[list[Row], want("key", "label", "modes", "limit", "used", "reserved", "remaining")]


ASSET_ROW = want(
    "id",
    "serial_number",
    "purchased_on",
    product=want("id", "name"),
    customer=want("id", "name"),
    current_periods=want("track", "starts_on", "last_day", "status"),
)

TRANSFER = want(
    *("transferred_on", "reason"),
    former_owner=want("id", "name"),
    next_owner=want("id", "name"),
    staff=want("name"),
)


class AssetPage(TypedDict):
    """All that there is about an asset."""

    id: str
    serial_number: str
    purchased_on: date
    version: int
    product: Annotated[Row, want("id", "name", "sku", support_plan=want("code", "name"))]
    customer: Annotated[Row, want("id", "name", "code", "phones")]
    site: Annotated[Row | None, PLACE]
    support_periods: list[Period]
    transfers: Annotated[list[Row], TRANSFER]
    service_records: Annotated[Row, page(RECORD_ROW, "total_count", first=20, order_by=NEWEST_FIRST)]


PLAN_OF_PRODUCT = ("", "طرح خود محصول")
NO_SITE = ("", "بدون محل")

Choices: TypeAlias = list[tuple[str, str]]


class _PlanForm(Form):
    """What purchase and renewal both ask: under which plan, and for how long."""

    support_plan = SelectOneField("طرح پشتیبانی")
    support_months = WholeNumberField("مدت پشتیبانی (ماه)", description="اگر خالی بماند، مدت طرح")
    idempotency_key = RepeatKeyField()


class PurchaseForm(_PlanForm):
    """One sold unit of a product."""

    product_id = SelectOneField("محصول", validators=[chosen()])
    serial_number = CodeField("شمارهٔ سریال", validators=[required()])
    purchased_on = JalaliDateField("تاریخ خرید", validators=[required()])
    site_id = SelectOneField("محل")
    support_starts_on = JalaliDateField("آغاز پشتیبانی", description="اگر خالی بماند، روز خرید")


class RenewalForm(_PlanForm):
    """A further period of support."""

    starts_on = JalaliDateField("آغاز", validators=[required()])


class AssetsScreen(ListingScreen):
    """The assets."""

    title = "دستگاه‌ها"
    path = "assets"
    icon = "devices"
    covers = ("transferring", "opening")
    permissions = {
        "index_view": "asset.read",
        "show": "asset.read",
    }
    does = {
        "create_view": Does(register_purchase, "package", by="customer"),
        "renew": Does(renew_support, "refresh"),
    }
    entity = "Asset"
    listed = Asset
    rows = ASSET_ROW

    def asked(self) -> Asked:
        arguments: dict[str, object] = {}
        chips: list[Chip] = []
        if text := search_text():
            arguments["search"] = text
            chips.append(Chip(f"«{text}»", here_without("q")))
        if (support := request.args.get("support")) in ("in", "out"):
            arguments["filter"] = {"in_support": support == "in"}
            chips.append(Chip("در دورهٔ پشتیبانی" if support == "in" else "بیرون از پشتیبانی", here_without("support")))
        return Asked(arguments, tuple(chips))

    @expose("/<int:key>/")
    def show(self, key: int) -> Response:
        with self.reading() as reader:
            asset = self.found(reader, "Asset", key, selected(AssetPage))
        return self.page("assets/show.html", asset=asset, key=key)

    @expose("/new/", methods=("GET", "POST"))
    def create_view(self) -> ResponseReturnValue:
        form = PurchaseForm(posted())
        with self.reading() as reader:
            customer = self.found(reader, "Customer", number_in_address("customer") or 0, selected(RecordingCustomer))
            form.product_id.choices = [("", "برگزینید…"), *_products(reader)]
            form.support_plan.choices = [PLAN_OF_PRODUCT, *published_plans(reader)]
        sites = [(str(key_of(site)), site["title"]) for site in customer["sites"]]
        form.site_id.choices = [NO_SITE, *sites]
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = register_purchase(self.desk, self.viewer, _purchase(form, key_of(customer)))
            if result.id is not None:
                flash("خرید ثبت شد و دورهٔ پشتیبانی آغاز شد.", "success")
                return to("assets.show", key=result.id)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("assets/purchase.html", status=status, form=form, errors=errors, customer=customer)

    @expose("/<int:key>/renew/", methods=("GET", "POST"))
    def renew(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            asset = self.found(reader, "Asset", key, selected(AssetPage))
            plans = published_plans(reader)
        form = RenewalForm(posted(), starts_on=_next_start(asset, self.around.today))
        form.support_plan.choices = [PLAN_OF_PRODUCT, *plans]
        errors: list[str] = []
        if request.method == "POST" and form.validate():
            result = renew_support(self.desk, self.viewer, RenewSupport(asset_id=key, **form.data))
            if result.id is not None:
                flash("پشتیبانی تمدید شد.", "success")
                return to("assets.show", key=key)
            errors = place(result.problems, form, self.viewer.language)
        status = form_status(form, errors)
        return self.page("assets/renew.html", status=status, form=form, errors=errors, asset=asset, key=key)


def _purchase(form: Form, customer_id: int) -> RegisterPurchase:
    chosen: dict[str, Any] = {name: form[name].data and int(form[name].data) for name in ("product_id", "site_id")}
    return RegisterPurchase(customer_id=customer_id, **{**form.data, **chosen})


def _next_start(asset: AssetPage, today: date) -> date:
    """Where a renewal begins unless told otherwise: after the last support period, or today when that is long over."""
    ends = [period["last_day"] for period in asset["support_periods"] if _runs(period)]
    latest = max(ends, default=today - timedelta(days=1))
    return max(latest + timedelta(days=1), today)


def _runs(period: Period) -> bool:
    return period["track"] == Track.SUPPORT and period["status"] != PeriodStatus.CANCELLED


def _products(reader: Reader) -> Choices:
    rows = reader.every("Product", want("id", "name", "sku"))
    return [(str(key_of(row)), f"{row['name']} ({row['sku']})") for row in rows]


def published_plans(reader: Reader) -> Choices:
    """The published plans, each once."""
    plans = reader.list("SupportPlan", want("code", "name", "published"))
    return list({str(plan["code"]): str(plan["name"]) for plan in plans if plan["published"]}.items())
