"""Steps of a record that need no more than a yes, and a reason where their operation asks for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, TypedDict

from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.change_screen import ChangingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.screen import Surroundings
from backoffice.domain.label import Label
from backoffice.operations.command import Command
from backoffice.operations.result import Result
from backoffice.operations.services.cancel_service import cancel_service
from backoffice.operations.services.close_service import close_service
from backoffice.operations.services.reopen_service import reopen_service
from backoffice.operations.services.start_service import start_service
from backoffice.operations.services.void_service import void_service
from backoffice.pages.command_form import CommandForm
from backoffice.pages.language import language
from backoffice.pages.rows import Named, Row, key_of
from backoffice.query.selection import want
from backoffice.query.typed_rows import selected


class RecordStep(TypedDict):
    """The record that a step is taken on."""

    id: str
    number: str
    status: object
    requested_at: datetime
    scheduled_at: datetime | None
    updated_at: datetime
    version: int
    service_type: Annotated[Row, want("code", "label")]
    customer: Annotated[Row, want("id", "name")]
    asset: Annotated[Row | None, want("id", "serial_number", product=want("name"))]
    office: Annotated[Row, want("id")]
    assignee: Named | None


FILLED_IN = ("version", "reason")
"""What a step's page asks or carries, of what its command has."""


@dataclass(frozen=True)
class Step:
    """Where a step is taken, what its page is called, and what to say once it is taken."""

    does: Does
    path: str
    address: str
    title: Label
    done: Label


class StepScreen(ChangingScreen[RecordStep]):
    """The page that asks whether, and where it matters why. A step at once is sent from the record's page itself."""

    wanted = selected(RecordStep)
    template = "records/step.html"

    def __init__(self, around: Surroundings, step: Step) -> None:
        self.step, self.does = step, {"index": step.does}
        self.title, self.path, self.address = step.title.fa, step.path, f"/admin/records/<int:key>/{step.address}"
        self.form = _form(step)
        super().__init__(around)

    def form_of(self, row: RecordStep, sent: MultiDict[str, str] | None) -> Form:
        return self.form.made(sent, data=row)

    def change(self, row: RecordStep, form: Form) -> Result:
        return self.step.does.operation(self.desk, self.viewer, self.form.asked(form, id=key_of(row)))

    def done(self, key: int) -> str:
        return self.step.done.in_language(language())

    def beside(self, row: RecordStep) -> Mapping[str, object]:
        return {"operation": self.step.does.operation}


def _form(step: Step) -> CommandForm[Command]:
    operation = step.does.operation
    return CommandForm(operation.command, tuple(one.name for one in operation.fields if one.name in FILLED_IN))


STEPS = (
    Step(
        Does(start_service, "tool", at_once=True),
        "starting",
        "start",
        Label(fa="شروع خدمت", en="Start the service"),
        Label(fa="خدمت شروع شد.", en="The service is started."),
    ),
    Step(
        Does(close_service, "lock"),
        "closing",
        "close",
        Label(fa="بستن خدمت", en="Close the service"),
        Label(fa="خدمت بسته شد.", en="The service is closed."),
    ),
    Step(
        Does(reopen_service, "arrow-back-up"),
        "reopening",
        "reopen",
        Label(fa="بازگشایی خدمت", en="Reopen the service"),
        Label(fa="خدمت دوباره باز شد.", en="The service is open again."),
    ),
    Step(
        Does(cancel_service, "ban"),
        "cancelling",
        "cancel",
        Label(fa="لغو خدمت", en="Cancel the service"),
        Label(fa="خدمت لغو شد.", en="The service is cancelled."),
    ),
    Step(
        Does(void_service, "circle-x"),
        "voiding",
        "void",
        Label(fa="ابطال خدمت", en="Void the service"),
        Label(fa="خدمت باطل شد.", en="The service is void."),
    ),
)
