"""Charges: what decisions made payable, and their confirmation by finance, one or a page of them at a time."""

from collections.abc import Mapping, Sequence

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_admin.base import expose

from backoffice.admin.listing import ListingScreen
from backoffice.admin.live_answer import texts
from backoffice.admin.page_action import Does
from backoffice.domain.problem import Problem
from backoffice.models import Charge, ChargeStatus
from backoffice.operations.services.confirm_charge import ConfirmCharge, confirm_charge
from backoffice.pages.address_filters import AddressFilters
from backoffice.pages.language import ChoicesOf
from backoffice.pages.list_address import ROWS_ON_A_PAGE, Asked, search_text
from backoffice.pages.requests import typed_key
from backoffice.pages.rows import Row, key_of
from backoffice.pages.template_filters import digits
from backoffice.query.selection import listing, want

RECORD = want("id", "number", "status", service_type=want("code", "label"), customer=want("id", "name"))
CHARGE = want(
    *("id", "amount", "status", "created_at", "reversed_at"),
    record=RECORD,
    edition=want("id", "jalali_year", "version"),
    decision=want("provisional"),
)
STATUSES = ChoicesOf("charge_status", ChargeStatus)


class ChargesScreen(ListingScreen):
    """The charges."""

    title = "هزینه‌ها"
    path = "charges"
    icon = "coin"
    group = "مدیریت"
    permissions = {"index_view": confirm_charge.permission}
    does = {"confirm": Does(confirm_charge)}
    entity = "Charge"
    listed = Charge
    rows = CHARGE
    create_view = None  # decisions propose charges

    def asked(self) -> Asked:
        asked = AddressFilters()
        asked.search(search_text())
        asked.choice("status", dict(STATUSES), "وضعیت")
        return asked.asked()

    def beside_list(self) -> Mapping[str, object]:
        return {"statuses": dict(STATUSES)}

    @expose("/confirm/", methods=("GET", "POST"))
    def confirm(self) -> ResponseReturnValue:
        """The ticked charges once more with their sum, then each of them confirmed or the reason why not."""
        charges = self._ticked()
        proposed = [charge for charge in charges if charge["status"] is ChargeStatus.PROPOSED]
        if request.method == "GET" or not proposed:
            total = sum(int(str(charge["amount"])) for charge in proposed)
            left_out = len(charges) - len(proposed)
            status = 200 if request.method == "GET" else 409
            return self.page("charges/confirm.html", status=status, charges=proposed, total=total, left_out=left_out)
        refused = [problem for charge in proposed for problem in self._confirm(key_of(charge))]
        self._tell(len(proposed) - len(refused), refused)
        return redirect(url_for("charges.index_view", status=ChargeStatus.PROPOSED.value), code=303)

    def _confirm(self, key: int) -> Sequence[Problem]:
        """Each by itself: one that another has settled meanwhile keeps none of the others back."""
        return confirm_charge(self.desk, self.viewer, ConfirmCharge(id=key)).problems[:1]

    def _tell(self, confirmed: int, refused: Sequence[Problem]) -> None:
        if confirmed:
            flash(f"{digits(confirmed)} هزینه تأیید شد.", "success")
        for text in texts(refused, self.viewer.language):
            flash(f"تأیید نشد: {text}", "warning")

    def _ticked(self) -> Sequence[Row]:
        """The charges that were ticked, at most a page of them, of those that the viewer sees."""
        given = request.values.getlist("charge")[:ROWS_ON_A_PAGE]
        keys = [key for text in given if (key := typed_key(text)) is not None]
        with self.reading() as reader:
            asked = {"filter": {"keys": keys}, "first": ROWS_ON_A_PAGE}
            return reader.page("Charge", asked, listing(CHARGE))["nodes"]
