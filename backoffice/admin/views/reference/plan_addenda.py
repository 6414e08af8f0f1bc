"""An addendum to a published plan: its terms uploaded or written, looked at as promises, and only then added."""

from collections.abc import Sequence

from flask import abort, flash, request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response
from wtforms import Form

from backoffice.admin.findings import told
from backoffice.admin.page_action import Does
from backoffice.admin.screen import Screen
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.operation import foresee
from backoffice.operations.plans.add_plan_addendum import Addendum, AddPlanAddendum, add_plan_addendum
from backoffice.operations.plans.plan_text import AddendumText, at_lines, read_addendum
from backoffice.pages.fields import JalaliDateField, LongTextField, RepeatKeyField, SourceField, required
from backoffice.pages.problems import form_status, place, refused_status
from backoffice.pages.requests import to
from backoffice.pages.rows import Row
from backoffice.query.plan_outcomes import promised_by
from backoffice.query.selection import want

NO_TERMS = Problem(code=ErrorCode.INVALID, detail="required", path=("terms",))
AT_FIELDS = {("terms",), ("effective_from",), ("reason",), ("idempotency_key",)}
"""The paths of what is told at a field of the form; all else is about a term, and told at its line."""

VERSION = want("id", "code", "version", "name", "published_at")


class AddendumForm(Form):
    """What an addendum says, from when, and why."""

    terms = SourceField("بندها", description="به نوشتار فایل طرح؛ هر بند با \u2066[[terms]]\u2069 آغاز می‌شود")
    effective_from = JalaliDateField(
        "اجرا از", validators=[required()], description="برای خدماتی که پوشش آن‌ها از این روز سنجیده می‌شود"
    )
    reason = LongTextField("دلیل", validators=[required()], description="کنار متمم و در گزارش تغییرات می‌ماند")
    idempotency_key = RepeatKeyField()


class PlanAddendumScreen(Screen):
    """Adding an addendum."""

    title = "افزودن متمم"
    path = "plan_addendum"
    address = "/admin/plans/<int:key>/addendum"
    does = {"index": Does(add_plan_addendum, "plus")}
    entity = "SupportPlan"
    in_menu = False
    takes_files = True

    @expose("/", methods=("GET", "POST"))
    def index(self, key: int) -> ResponseReturnValue:
        row = self._published(key)
        if request.method == "GET":
            return self._asking(row, AddendumForm(effective_from=self.around.today))
        read = _read()
        form = AddendumForm(_with_terms(read))
        if not form.validate() or read.problems:
            return self._asking(row, form, problems=read.problems)
        command = _command(row, form, read.terms)
        return self._add(key, row, form, command) if "save" in request.form else self._preview(row, form, command)

    def _preview(self, row: Row, form: Form, command: AddPlanAddendum) -> Response:
        terms = command.terms
        asked = Addendum(plan=command.plan, version=command.version, effective_from=command.effective_from, terms=terms)
        seen = foresee(add_plan_addendum, self.desk, self.viewer, asked)
        if seen.told is None:
            return self._asking(row, form, problems=seen.problems)
        if "edit" in request.form:
            return self._asking(row, form)
        return self._previewing(row, form, seen.told, terms)

    def _add(self, key: int, row: Row, form: Form, command: AddPlanAddendum) -> ResponseReturnValue:
        result = add_plan_addendum(self.desk, self.viewer, command)
        if result.id is None:
            return self._asking(row, form, problems=result.problems)
        flash("متمم افزوده شد و دوره‌های فروخته‌شده هم آن را دارند.", "success")
        return to("plans.show", key=key)

    def _published(self, key: int) -> Row:
        with self.reading() as reader:
            row = self.found(reader, "SupportPlan", key, VERSION)
        if row["published_at"] is None:
            abort(404)
        return row

    def _asking(self, row: Row, form: Form, *, problems: Sequence[Problem] = ()) -> Response:
        """The form, with what speaks against the terms at their lines and against the day at its field."""
        of_fields = [problem for problem in problems if problem.path in AT_FIELDS]
        errors = place(of_fields, form, self.viewer.language)
        text = form["terms"].data or ""
        against = at_lines(text, (problem for problem in problems if problem not in of_fields))
        findings = told(against, text, self.viewer.language)
        status = refused_status(problems) if problems else form_status(form, errors)
        return self.page("plans/addendum.html", status=status, row=row, form=form, errors=errors, findings=findings)

    def _previewing(self, row: Row, form: Form, plan: SupportPlan, terms: Sequence[PlanTerm]) -> Response:
        registry = self.desk.registry
        promised = promised_by(plan, terms, registry, self.viewer.language)
        return self.page(
            "plans/addendum_preview.html",
            row=row,
            form=form,
            promises=promised,
            elsewhere=[one.name for one in promised if one.code not in registry.service_types],
        )


def _read() -> AddendumText:
    """The terms of the file that was chosen, else those that were written."""
    chosen = request.files.get("file")
    if chosen is not None and chosen.filename:
        return read_addendum(chosen.read())
    written = request.form.get("terms", "")
    return read_addendum(written.encode()) if written.strip() else AddendumText("", problems=(NO_TERMS,))


def _with_terms(read: AddendumText) -> MultiDict[str, str]:
    """What was sent, with the terms of the file where one was read."""
    sent = request.form.copy()
    if read.text:
        sent["terms"] = read.text
    return sent


def _command(row: Row, form: Form, terms: tuple[PlanTerm, ...]) -> AddPlanAddendum:
    return AddPlanAddendum(
        plan=str(row["code"]),
        version=int(str(row["version"])),
        effective_from=form["effective_from"].data,
        terms=terms,
        reason=form["reason"].data,
        idempotency_key=form["idempotency_key"].data,
    )
