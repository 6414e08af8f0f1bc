"""Recording a service: the form with its live answer, and the recording itself."""

from datetime import datetime

from flask import flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.customer_picker import customers_found
from backoffice.admin.live_answer import LiveAnswer, answer_of
from backoffice.admin.page_action import Does
from backoffice.admin.screen import Screen
from backoffice.admin.service_form import (
    OfferedChannel,
    RecordingCustomer,
    Sheet,
    previewed,
    recorded,
    seen_at,
    sheet_of,
)
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.operation import foresee
from backoffice.operations.result import Result
from backoffice.operations.services.record_service import record_service
from backoffice.pages.list_address import search_text
from backoffice.pages.plugin_form import place_in
from backoffice.pages.problems import place
from backoffice.pages.requests import number_in_address, to
from backoffice.query.typed_rows import selected


class RecordingScreen(Screen):
    """The form by which a service is recorded, on a page of its own or in a drawer over another."""

    title = "ثبت خدمت"
    path = "recording"
    address = "/admin/records/new"
    does = {"index": Does(record_service, "plus", main=True), "answer": Does(record_service)}
    in_menu = False

    @expose("/", methods=("GET", "POST"))
    def index(self) -> ResponseReturnValue:
        if number_in_address("customer") is None:
            return self._whom()
        sheet = self._sheet()
        if request.method == "POST":
            return self._post(sheet)
        return self._shown(sheet, self._answer(sheet))

    @expose("/answer/", methods=("POST",))
    def answer(self) -> Response:
        """The answer alone, for htmx; with the type's fields, empty of errors, when another type was chosen."""
        sheet = self._sheet()
        answer = self._answer(sheet)
        new_fields = sheet.form.shown.data != sheet.shown
        return self.part("records/answer_part.html", sheet=sheet.unjudged(), answer=answer, new_fields=new_fields)

    def _whom(self) -> Response:
        """Without a customer: find one first."""
        text = search_text()
        with self.reading() as reader:
            found = customers_found(reader, text)
        return self.page("records/whom.html", text=text, rows=found)

    def _sheet(self) -> Sheet:
        with self.reading() as reader:
            customer = self.found(reader, "Customer", number_in_address("customer") or 0, selected(RecordingCustomer))
            channels = reader.list("Channel", selected(OfferedChannel))
        return sheet_of(customer, channels, self.desk.registry, self.viewer.language)

    def _answer(self, sheet: Sheet) -> LiveAnswer:
        if sheet.type is None:
            return LiveAnswer(waiting="خدمت را برگزینید")
        if not sheet.form.validate():
            return LiveAnswer(waiting="آنچه نوشته‌اید هنوز کامل یا درست نیست")
        return self._answer_to(foresee(record_service, self.desk, self.viewer, previewed(sheet, self._now())))

    def _answer_to(self, result: Result) -> LiveAnswer:
        with self.reading() as reader:
            return answer_of(reader, result, self.viewer.language, at=self._now())

    def _post(self, sheet: Sheet) -> ResponseReturnValue:
        if sheet.type is None or not sheet.is_valid():
            return self._shown(sheet, self._answer(sheet), status=422)
        now = seen_at(sheet.form, self._now())
        if sheet.form.shown.data != sheet.shown or not sheet.form.expected_fingerprint.data or now is None:
            return self._shown(sheet, self._answer(sheet), note="پاسخ را ببینید و اگر درست است دوباره ثبت کنید.")
        result = record_service(self.desk, self.viewer, recorded(sheet, now))
        if result.id is not None:
            flash("خدمت ثبت شد.", "success")
            return to("records.show", key=result.id)
        return self._refused(sheet, result)

    def _refused(self, sheet: Sheet, result: Result) -> Response:
        """The form again, with what stood in the way; a decision that changed stands beside the one that was shown."""
        changed = any(problem.code is ErrorCode.DECISION_CHANGED for problem in result.problems)
        answer = self._answer_to(result) if result.decision else self._answer(sheet)
        errors = self._place(sheet, result.problems)
        return self._shown(sheet, answer, status=409 if changed else 422, errors=errors, changed=changed)

    def _place(self, sheet: Sheet, problems: tuple[Problem, ...]) -> list[str]:
        """Put each problem where it can be mended; give back the texts of the others."""
        language = self.viewer.language
        rest = list(problems)
        for part, form in (("request", sheet.request), ("result", sheet.result)):
            rest = place_in(form, rest, part, language) if form is not None else rest
        shown = [problem for problem in rest if problem.code is not ErrorCode.DECISION_CHANGED]
        return place(shown, sheet.form, language)

    def _shown(self, sheet: Sheet, answer: LiveAnswer, *, status: int = 200, **more: object) -> Response:
        values: dict[str, object] = {
            "errors": [],
            "changed": False,
            "note": "",
            **more,
            "sheet": sheet,
            "answer": answer,
        }
        if request.headers.get("HX-Request"):
            return self.part("records/new_drawer.html", status=status, **values)
        return self.page("records/new.html", status=status, **values)

    def _now(self) -> datetime:
        return self.desk.clock()
