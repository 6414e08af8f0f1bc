"""Transferring an asset to its next owner: find who, say when and why, see what it means, say yes."""

from datetime import date
from typing import Annotated, Any, TypedDict

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.customer_picker import CUSTOMER_ROW, customers_found
from backoffice.admin.page_action import Does
from backoffice.admin.screen import Screen
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.customers.transfer_asset import TransferAsset, transfer_asset
from backoffice.operations.result import Result
from backoffice.pages.changing import take_version
from backoffice.pages.fields import HiddenTextField, JalaliDateField, LongTextField, VersionField, required
from backoffice.pages.list_address import search_text
from backoffice.pages.problems import form_status, place, refused_status
from backoffice.pages.requests import number_in_address, posted, to
from backoffice.pages.rows import Row, key_of
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected


class _Owner(TypedDict):
    id: str
    name: str
    code: str


class TransferredAsset(TypedDict):
    """The asset that goes to another customer."""

    id: str
    serial_number: str
    purchased_on: date
    version: int
    product: Annotated[Row, want("name")]
    customer: _Owner
    support_periods: Annotated[list[Row], want("track", "status", "last_day")]


CONFIRM, EDIT = "confirm", "edit"


class TransferForm(Form):
    """When and why. ``step`` is empty for what is to be looked at first."""

    transferred_on = JalaliDateField("تاریخ انتقال", validators=[required()])
    reason = LongTextField("دلیل", validators=[required()], description="مانند فروش دستگاه به مشتری دیگر")
    step = HiddenTextField()
    version = VersionField()


class TransferringScreen(Screen):
    """The pages by which one asset goes to another customer."""

    title = "انتقال دستگاه"
    path = "transferring"
    address = "/admin/assets/<int:key>/transfer"
    does = {"index": Does(transfer_asset, "users")}
    in_menu = False

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        asset = self._asset(key)
        owner_key = number_in_address("to")
        if owner_key is None:
            return self._whom(asset)
        with self.reading() as reader:
            owner = self.found(reader, "Customer", owner_key, CUSTOMER_ROW)
        form = TransferForm(posted(), version=asset["version"], transferred_on=self.around.today)
        if request.method == "GET" or not form.validate() or form.step.data == EDIT:
            return self._shown(asset, owner, form)
        if form.step.data != CONFIRM:
            return self.page("assets/transfer_confirm.html", row=asset, owner=owner, form=form)
        return self._transfer(asset, owner, form)

    def _asset(self, key: int) -> TransferredAsset:
        with self.reading() as reader:
            return self.found(reader, "Asset", key, selected(TransferredAsset))

    def _whom(self, asset: TransferredAsset) -> Response:
        text = search_text()
        with self.reading() as reader:
            found = customers_found(reader, text)
        owner = asset["customer"]["id"]
        others = [customer for customer in found if customer["id"] != owner]
        return self.page("assets/transfer_whom.html", row=asset, text=text, rows=others)

    def _transfer(self, asset: TransferredAsset, owner: Row, form: TransferForm) -> ResponseReturnValue:
        result = self._run(asset, owner, form)
        if result.problems:
            return self._refused(asset, owner, form, result.problems)
        flash(f"دستگاه به «{owner['name']}» منتقل شد.", "success")
        return to("assets.show", key=key_of(asset))

    def _run(self, asset: TransferredAsset, owner: Row, form: TransferForm) -> Result:
        given: Any = form.data
        command = TransferAsset(
            asset_id=key_of(asset),
            version=form.version.number,
            customer_id=key_of(owner),
            transferred_on=given["transferred_on"],
            reason=given["reason"],
        )
        return transfer_asset(self.desk, self.viewer, command)

    def _refused(
        self, asset: TransferredAsset, owner: Row, form: TransferForm, problems: tuple[Problem, ...]
    ) -> Response:
        stale = any(problem.code is ErrorCode.STALE for problem in problems)
        if stale:
            take_version(form, asset)
        errors = place([one for one in problems if one.code is not ErrorCode.STALE], form, self.viewer.language)
        return self._shown(asset, owner, form, errors=errors, stale=stale, status=refused_status(problems))

    def _shown(
        self, asset: TransferredAsset, owner: Row, form: TransferForm, *, errors: list[str] | None = None, **more: Any
    ) -> Response:
        errors = errors or []
        values = {"stale": False, "status": form_status(form, errors), **more}
        return self.page("assets/transfer.html", row=asset, owner=owner, form=form, errors=errors, **values)
