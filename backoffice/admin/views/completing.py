"""Completing a service that was recorded earlier: what really happened, decided again before it is saved."""

from datetime import datetime
from typing import Annotated, TypedDict

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.live_answer import DECISION, LiveAnswer, answer_of, texts
from backoffice.admin.page_action import Does
from backoffice.admin.screen import Screen
from backoffice.admin.service_form import instant, part_form, seen_at
from backoffice.domain.problem import ErrorCode
from backoffice.operations.operation import foresee
from backoffice.operations.result import Result
from backoffice.operations.services.complete_service import CompleteService, complete_service
from backoffice.pages.fields import (
    ClockField,
    HiddenTextField,
    JalaliDateField,
    KilometresField,
    RepeatKeyField,
    SeenAtField,
    VersionField,
    WholeNumberField,
)
from backoffice.pages.plugin_form import place_in, raw_values
from backoffice.pages.problems import form_status, place
from backoffice.pages.requests import posted, to
from backoffice.pages.rows import Row
from backoffice.plugins import Part
from backoffice.query.typed_rows import selected


class _Type(TypedDict):
    code: str
    label: str


class CompletedRecord(TypedDict):
    """The record that is completed."""

    id: str
    number: str
    minutes: int | None
    distance_metres: int | None
    version: int
    service_type: _Type
    estimate: Annotated[Row | None, DECISION]


class CompletionForm(Form):
    """What really happened."""

    performed_on = JalaliDateField("تاریخ انجام", description="اگر خالی بماند، اکنون")
    performed_clock = ClockField("ساعت انجام")
    minutes = WholeNumberField("مدت کار (دقیقه)", description="اگر خالی بماند، همان که ثبت شده")
    distance_metres = KilometresField("فاصلهٔ جاده‌ای (کیلومتر)", description="اگر خالی بماند، همان که ثبت شده")
    version = VersionField()
    expected_fingerprint = HiddenTextField()
    seen_at = SeenAtField()
    idempotency_key = RepeatKeyField()


class CompletingScreen(Screen):
    """The form that completes one record."""

    title = "انجام خدمت"
    path = "completing"
    address = "/admin/records/<int:key>/complete"
    does = {"index": Does(complete_service, "check", main=True), "answer": Does(complete_service)}
    in_menu = False

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        record = self._record(key)
        form, result_form = self._forms(record)
        if request.method == "GET":
            return self._shown(record, form, result_form, self._answer(key, form, result_form))
        if not (form.validate() and (result_form is None or result_form.validate())):
            return self._shown(record, form, result_form, self._answer(key, form, result_form))
        now = seen_at(form, self._now())
        if now is None or not form.expected_fingerprint.data:
            return self._shown(record, form, result_form, self._answer(key, form, result_form))
        result = complete_service(self.desk, self.viewer, self._command(key, form, result_form, now))
        if not result.problems:
            flash("انجام خدمت ثبت شد.", "success")
            return to("records.show", key=key)
        return self._refused(record, form, result_form, result)

    @expose("/answer/", methods=("POST",))
    def answer(self, key: int) -> Response:
        """The answer alone, for htmx."""
        record = self._record(key)
        form, result_form = self._forms(record)
        return self.part("records/completion_answer.html", answer=self._answer(key, form, result_form), record=record)

    def _record(self, key: int) -> CompletedRecord:
        with self.reading() as reader:
            return self.found(reader, "ServiceRecord", key, selected(CompletedRecord))

    def _forms(self, record: CompletedRecord) -> tuple[CompletionForm, Form | None]:
        form = CompletionForm(posted(), data=record)
        kind = self.desk.registry.get(record["service_type"]["code"])
        return form, part_form(kind, Part.RESULT, self.viewer.language) if kind else None

    def _command(self, key: int, form: CompletionForm, result_form: Form | None, now: datetime) -> CompleteService:
        result = raw_values(result_form) if result_form is not None else {}
        return CompleteService(
            id=key,
            version=form.version.number,
            performed_at=instant(form.performed_on.data, form.performed_clock.data, now),
            minutes=form.minutes.data,
            distance_metres=form.distance_metres.data,
            result=result or None,
            expected_fingerprint=form.expected_fingerprint.data or None,
            idempotency_key=form.idempotency_key.data,
        )

    def _answer(self, key: int, form: CompletionForm, result_form: Form | None) -> LiveAnswer:
        if request.method == "POST" and not form.validate():
            return LiveAnswer(waiting="آنچه نوشته‌اید هنوز درست نیست")
        return self._answer_to(
            foresee(complete_service, self.desk, self.viewer, self._command(key, form, None, self._now()))
        )

    def _answer_to(self, result: Result) -> LiveAnswer:
        with self.reading() as reader:
            return answer_of(reader, result, self.viewer.language, at=self._now())

    def _refused(
        self, record: CompletedRecord, form: CompletionForm, result_form: Form | None, result: Result
    ) -> Response:
        language = self.viewer.language
        changed = any(problem.code in (ErrorCode.DECISION_CHANGED, ErrorCode.STALE) for problem in result.problems)
        answer = self._answer_to(result) if result.decision else LiveAnswer(problems=texts(result.problems, language))
        rest = list(result.problems)
        if result_form is not None:
            rest = place_in(result_form, rest, "result", language)
        errors = place(rest, form, language)
        return self._shown(record, form, result_form, answer, status=409 if changed else 422, errors=errors)

    def _shown(
        self,
        record: CompletedRecord,
        form: CompletionForm,
        result_form: Form | None,
        answer: LiveAnswer,
        *,
        status: int | None = None,
        errors: list[str] | None = None,
    ) -> Response:
        return self.page(
            "records/complete.html",
            status=status or form_status(form, errors or []),
            record=record,
            form=form,
            result_form=result_form,
            answer=answer,
            errors=errors or [],
        )

    def _now(self) -> datetime:
        return self.desk.clock()
