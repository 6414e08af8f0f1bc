"""Steps of a record that need no more than a yes, and a reason where it matters: start, close, reopen, cancel, void."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ClassVar

from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.access.viewer import Viewer
from backoffice.admin.changing import ChangingScreen
from backoffice.operations.desk import Desk
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.reopen_service import ReopenService, reopen_service
from backoffice.operations.services.start_service import StartService, start_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.pages.changing import version_of
from backoffice.pages.fields import LongTextField, VersionField, required
from backoffice.pages.rows import Row, key_of


class YesForm(Form):
    """Nothing to write."""

    version = VersionField()


class ReasonForm(YesForm):
    """Why."""

    reason = LongTextField("دلیل", validators=[required()])


@dataclass(frozen=True)
class Step:
    """The words for one step, and the operation on a record, its version and a reason where one is asked for."""

    title: str
    explained: str
    done: str
    run: Callable[[Desk, Viewer, int, int, str], Result]
    form: type[YesForm] = ReasonForm
    danger: bool = True


START = Step(
    "شروع خدمت",
    "خدمت در حال انجام می‌شود.",
    "خدمت شروع شد.",
    lambda desk, viewer, key, version, _: start_service(desk, viewer, StartService(id=key, version=version)),
    YesForm,
    danger=False,
)
CLOSE = Step(
    "بستن خدمت",
    "کاری بر این خدمت نمانده است. خدمت بسته دیگر باز نمی‌شود؛ فقط سرپرست می‌تواند باطلش کند.",
    "خدمت بسته شد.",
    lambda desk, viewer, key, version, _: close_service(desk, viewer, CloseService(id=key, version=version)),
    YesForm,
    danger=False,
)
REOPEN = Step(
    "بازگشایی خدمت",
    "خدمت دوباره در حال انجام می‌شود و باید از نو انجام‌شده ثبت شود: هزینهٔ پیشنهادی‌اش برگردانده می‌شود و سهمیه‌اش می‌ماند.",
    "خدمت دوباره باز شد.",
    lambda desk, viewer, key, version, reason: reopen_service(
        desk, viewer, ReopenService(id=key, version=version, reason=reason)
    ),
)
CANCEL = Step(
    "لغو خدمت",
    "خدمت انجام نمی‌شود، چیزی پرداختنی نیست و اگر سهمیه‌ای گرفته باشد آزاد می‌شود. لغو بازگشت ندارد.",
    "خدمت لغو شد.",
    lambda desk, viewer, key, version, reason: cancel_service(
        desk, viewer, CancelService(id=key, version=version, reason=reason)
    ),
)
VOID = Step(
    "ابطال خدمت",
    "این خدمت دیگر به حساب نمی‌آید: سهمیه‌اش آزاد و هزینه‌اش برگردانده می‌شود. ابطال بازگشت ندارد.",
    "خدمت باطل شد.",
    lambda desk, viewer, key, version, reason: void_service(
        desk, viewer, VoidService(id=key, version=version, reason=reason)
    ),
)


class _StepScreen(ChangingScreen):
    """The page that asks whether, and where it matters why. A start is sent from the record's page itself."""

    step: ClassVar[Step]
    template = "records/step.html"

    def form_of(self, row: Row, sent: MultiDict[str, str] | None) -> Form:
        return self.step.form(sent, version=row["version"])

    def change(self, row: Row, form: Form) -> Result:
        reason = form["reason"].data if "reason" in form else None
        return self.step.run(self.desk, self.viewer, key_of(row), version_of(form), reason or "")

    def done(self, key: int) -> str:
        return self.step.done

    def beside(self, row: Row) -> Mapping[str, object]:
        return {"step": self.step}


class StartingScreen(_StepScreen):
    """Starting a service."""

    title = "شروع خدمت"
    path = "starting"
    address = "/admin/records/<int:key>/start"
    permissions = {"index": "record.write"}
    step = START


class ClosingScreen(_StepScreen):
    """Closing a service that was done."""

    title = "بستن خدمت"
    path = "closing"
    address = "/admin/records/<int:key>/close"
    permissions = {"index": "record.write"}
    step = CLOSE


class ReopeningScreen(_StepScreen):
    """Reopening a service that was done."""

    title = "بازگشایی خدمت"
    path = "reopening"
    address = "/admin/records/<int:key>/reopen"
    permissions = {"index": "record.write"}
    step = REOPEN


class CancellingScreen(_StepScreen):
    """Cancelling a service that was not done."""

    title = "لغو خدمت"
    path = "cancelling"
    address = "/admin/records/<int:key>/cancel"
    permissions = {"index": "record.write"}
    step = CANCEL


class VoidingScreen(_StepScreen):
    """Voiding a service that was done."""

    title = "ابطال خدمت"
    path = "voiding"
    address = "/admin/records/<int:key>/void"
    permissions = {"index": "record.void"}
    step = VOID
