"""Ending a record without its service counting: cancelling what was not done, voiding what was. Asked for on a page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from wtforms import Form

from backoffice.access.viewer import Viewer
from backoffice.admin import wants
from backoffice.admin.base import Screen, posted, to
from backoffice.admin.fields import LongTextField, VersionField, required
from backoffice.admin.problems import form_status, place
from backoffice.domain.problem import ErrorCode
from backoffice.operations.cancel_service import CancelService, cancel_service
from backoffice.operations.desk import Desk
from backoffice.operations.result import Result
from backoffice.operations.void_service import VoidService, void_service


class ReasonForm(Form):
    """Why it ends."""

    reason = LongTextField("دلیل", validators=[required()])
    version = VersionField()


@dataclass(frozen=True)
class End:
    """One way to end a record: the words for it, and the operation."""

    title: str
    warning: str
    done: str
    run: Callable[[Desk, Viewer, int, int, str], Result]


def _cancel(desk: Desk, viewer: Viewer, key: int, version: int, reason: str) -> Result:
    return cancel_service(desk, viewer, CancelService(id=key, version=version, reason=reason))


def _void(desk: Desk, viewer: Viewer, key: int, version: int, reason: str) -> Result:
    return void_service(desk, viewer, VoidService(id=key, version=version, reason=reason))


CANCEL = End(
    "لغو خدمت",
    "خدمت انجام نمی‌شود، چیزی پرداختنی نیست و اگر سهمیه‌ای گرفته باشد آزاد می‌شود. لغو بازگشت ندارد.",
    "خدمت لغو شد.",
    _cancel,
)
VOID = End(
    "ابطال خدمت",
    "این خدمت دیگر به حساب نمی‌آید: سهمیه‌اش آزاد و هزینه‌اش برگردانده می‌شود. ابطال بازگشت ندارد.",
    "خدمت باطل شد.",
    _void,
)


class _EndingScreen(Screen):
    """The page that asks why and whether, before a record ends."""

    end: ClassVar[End]
    in_menu = False

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        with self.reading() as reader:
            record = self.found(reader, "ServiceRecord", key, wants.RECORD_PAGE)
        form = ReasonForm(posted(), version=record["version"])
        errors: list[str] = []
        status = None
        if request.method == "POST" and form.validate():
            result = self.end.run(self.desk, self.viewer, key, form.version.number, form.reason.data or "")
            if not result.problems:
                flash(self.end.done, "success")
                return to("records.show", key=key)
            errors = place(result.problems, form, self.viewer.language)
            conflicts = {problem.code for problem in result.problems} & {ErrorCode.STALE, ErrorCode.CONFLICT}
            status = 409 if conflicts else None
        status = status or form_status(form, errors)
        return self.page("records/end.html", status=status, record=record, form=form, errors=errors, end=self.end)


class CancellingScreen(_EndingScreen):
    """Cancelling a service that was not done."""

    title = "لغو خدمت"
    path = "cancelling"
    address = "/admin/records/<int:key>/cancel"
    permissions = {"index": "record.write"}
    end = CANCEL


class VoidingScreen(_EndingScreen):
    """Voiding a service that was done."""

    title = "ابطال خدمت"
    path = "voiding"
    address = "/admin/records/<int:key>/void"
    permissions = {"index": "record.void"}
    end = VOID
