"""Scheduling a service, or putting it off: the day, the time, and who is to do it."""

from datetime import datetime
from typing import Any, TypedDict

from werkzeug.datastructures import MultiDict
from wtforms import Form

from backoffice.admin.change_screen import ChangingScreen
from backoffice.admin.page_action import Does
from backoffice.admin.views.stepping import RecordStep
from backoffice.domain.calendar import TEHRAN, business_day
from backoffice.operations.result import UNSET, Result
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.pages.changing import version_of
from backoffice.pages.fields import Choice, ClockField, JalaliDateField, SelectOneField, VersionField, required
from backoffice.pages.rows import Named, key_of
from backoffice.query.typed_rows import selected

NOBODY = ("", "هنوز معلوم نیست")


class _Member(TypedDict):
    id: str
    name: str
    active: bool
    office: Named


class ScheduleForm(Form):
    """When, and by whom."""

    scheduled_on = JalaliDateField("تاریخ", validators=[required()])
    scheduled_clock = ClockField("ساعت", validators=[required()], description="مانند ۰۹:۳۰، به وقت تهران")
    assignee_id = SelectOneField("کارشناس")
    version = VersionField()


class SchedulingScreen(ChangingScreen[RecordStep]):
    """The form that schedules one record."""

    title = "زمان‌بندی خدمت"
    path = "scheduling"
    address = "/admin/records/<int:key>/schedule"
    does = {"index": Does(schedule_service, "calendar-event")}
    wanted = selected(RecordStep)
    template = "records/schedule.html"

    def form_of(self, row: RecordStep, sent: MultiDict[str, str] | None) -> Form:
        form = ScheduleForm(sent, data=_begins(row))
        form.assignee_id.choices = self._choices(row)
        return form

    def _choices(self, row: RecordStep) -> list[Choice]:
        """The assignee so far, who may have left by now, and the active staff that the viewer may assign to."""
        with self.reading() as reader:
            staff = reader.list("Staff", selected(_Member))
        chosen = [one for one in staff if one["active"] and self._may_assign(one)]
        named = [(str(key_of(one)), f"{one['name']} · {one['office']['name']}") for one in chosen]
        so_far = row["assignee"]
        return [("", f"همان {so_far['name']}") if so_far else NOBODY, *named]

    def _may_assign(self, member: _Member) -> bool:
        return not self.viewer.own_office_only or key_of(member["office"]) == self.viewer.office_id

    def change(self, row: RecordStep, form: Form) -> Result:
        given: Any = form.data
        command = ScheduleService(
            id=key_of(row),
            version=version_of(form),
            scheduled_at=datetime.combine(given["scheduled_on"], given["scheduled_clock"], TEHRAN),
            assignee_id=int(given["assignee_id"]) if given["assignee_id"] else UNSET,
        )
        return schedule_service(self.desk, self.viewer, command)

    def done(self, key: int) -> str:
        return "خدمت زمان‌بندی شد."


def _begins(row: RecordStep) -> dict[str, object]:
    """The form as it begins: with the time so far."""
    at = row["scheduled_at"]
    if at is None:
        return {"version": row["version"]}
    there = at.astimezone(TEHRAN)
    return {"version": row["version"], "scheduled_on": business_day(at), "scheduled_clock": there.time()}
