"""A supervisor's decision in place of the engine's; above the desk's limit another one approves or declines it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, TypedDict

from flask import abort
from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.change_screen import ChangingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.subject_states import Requested, waiting_request
from backoffice.domain.coverage import Outcome
from backoffice.domain.label import Label
from backoffice.models import DecisionRole
from backoffice.operations.overrides.approve_override import ApproveOverride, approve_override
from backoffice.operations.overrides.decline_override import DeclineOverride, decline_override
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.result import Result
from backoffice.pages.command_form import CommandForm, Maker
from backoffice.pages.fields import HiddenTextField
from backoffice.pages.language import ChoicesOf
from backoffice.pages.requests import posted
from backoffice.pages.rows import Row, key_of
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected
from backoffice.wording import money

ENGINE_DECISION = want(
    "outcome",
    "amount",
    "vat",
    "provisional",
    "overridden",
    "shadow_amount",
    "missing_inputs",
    "fingerprint",
    lines=want("component", "quantity", "unit", "rate", "amount", "covered"),
    reasons=want("code", "message"),
    allowance=want("limit", "used"),
)


class _Decided(TypedDict):
    role: DecisionRole
    decision: Annotated[Row, ENGINE_DECISION]


class Overridden(Requested):
    """Every decision of a record, the engine's and the supervisors', and what supervisors asked for."""

    decisions: list[_Decided]


class OverriddenRecord(Overridden):
    """The record that is decided otherwise."""

    id: str
    number: str
    status: object
    requested_at: datetime
    updated_at: datetime
    scheduled_at: datetime | None
    version: int
    service_type: Annotated[Row, want("code", "label")]
    customer: Annotated[Row, want("id", "name")]
    asset: Annotated[Row | None, want("id", "serial_number", product=want("name"))]
    assignee: Annotated[Row | None, want("id", "name")]
    coverage: Annotated[Row | None, ENGINE_DECISION]


OFFERED = (Outcome.FREE, Outcome.TARIFF, Outcome.QUOTE)


OVERRIDE = CommandForm(
    OverrideCoverage,
    ("outcome", "amount", "reason", "version"),
    labels={"amount": Label(fa="مبلغ (تومان)", en="Amount (toman)")},
    hints={
        "amount": Label(
            fa="فقط برای «طبق تعرفه»: پرداختنی، با مالیات بر ارزش افزوده",
            en="With “tariff” only: payable, VAT included",
        )
    },
    choices={"outcome": ChoicesOf("outcome", OFFERED)},
)


READ: Mapping[str, Maker] = {"id": HiddenTextField}
"""The page carries the request that was read."""

APPROVAL = CommandForm(ApproveOverride, ("id",), makers=READ)
DECLINE = CommandForm(DeclineOverride, ("id", "reason"), makers=READ)


class OverridingScreen(ChangingScreen[OverriddenRecord]):
    """The form by which a supervisor decides otherwise."""

    title = "تصمیم جایگزین"
    path = "overriding"
    address = "/admin/records/<int:key>/override"
    does = {"index": Does(override_coverage, "adjustments", place="decision")}
    wanted = selected(OverriddenRecord)
    template = "records/override.html"

    def form_of(self, row: OverriddenRecord, sent: MultiDict[str, str] | None) -> Form:
        return OVERRIDE.made(sent, data={"version": row["version"]})

    def beside(self, row: OverriddenRecord) -> Mapping[str, object]:
        limit = money(self.desk.override_limit, self.viewer.language)
        return {"engines": engines_decision(row), "waiting": waiting_request(row), "limit": limit}

    def change(self, row: OverriddenRecord, form: Form) -> Result:
        return override_coverage(self.desk, self.viewer, OVERRIDE.asked(form, id=key_of(row)))

    def done(self, key: int) -> str:
        if waiting_request(self.read(key)):
            return "اختلاف از سقف بیشتر است: تصمیم جایگزین پس از تأیید سرپرست دیگری برقرار می‌شود."
        return "تصمیم جایگزین برقرار شد."


class _SettlingScreen(ChangingScreen[OverriddenRecord]):
    """The page that settles the request that waits on a record."""

    wanted = selected(OverriddenRecord)
    template = "records/settle.html"
    asks: CommandForm[Any]

    def read(self, key: int) -> OverriddenRecord:
        """The record, which has a request that waits, or had one when the form was opened."""
        record = super().read(key)
        if posted() is None and waiting_request(record) is None:
            abort(404)
        return record

    def form_of(self, row: OverriddenRecord, sent: MultiDict[str, str] | None) -> Form:
        waiting = waiting_request(row)
        return self.asks.made(sent, data={"id": str(waiting["key"])} if waiting else None)

    def beside(self, row: OverriddenRecord) -> Mapping[str, object]:
        waiting = waiting_request(row)
        return {"engines": engines_decision(row), "waiting": waiting, "approves": self.path == "approving"}


class ApprovingScreen(_SettlingScreen):
    """Approving what another supervisor decided."""

    title = "تأیید تصمیم جایگزین"
    path = "approving"
    address = "/admin/records/<int:key>/override/approve"
    does = {"index": Does(approve_override, "check", main=True)}
    asks = APPROVAL

    def change(self, row: OverriddenRecord, form: Form) -> Result:
        return approve_override(self.desk, self.viewer, APPROVAL.asked(form))

    def done(self, key: int) -> str:
        return "تصمیم جایگزین تأیید شد و برقرار است."


class DecliningScreen(_SettlingScreen):
    """Declining it, or withdrawing one's own."""

    title = "رد تصمیم جایگزین"
    path = "declining"
    address = "/admin/records/<int:key>/override/decline"
    does = {"index": Does(decline_override, "x")}
    asks = DECLINE

    def change(self, row: OverriddenRecord, form: Form) -> Result:
        return decline_override(self.desk, self.viewer, DECLINE.asked(form))

    def done(self, key: int) -> str:
        return "درخواست رد شد؛ تصمیم سابقه همان است که بود."


def engines_decision(record: Overridden) -> Row:
    """What the engine decided last about the record, whether or not it is in force."""
    its_own = [one for one in record["decisions"] if one["role"] != DecisionRole.OVERRIDE]
    return its_own[-1]["decision"]
