"""A version of a support plan from a file: what it promises, the linter's findings at their lines, then a draft."""

from collections.abc import Sequence

from flask import flash
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.findings import FindingInWords, told
from backoffice.admin.page_action import Does
from backoffice.admin.views.reference.importing import ImportingScreen
from backoffice.domain.plan_file import shipped_text
from backoffice.domain.problem import Problem
from backoffice.operations.operation import foresee
from backoffice.operations.plans.import_plan import ImportPlan, import_plan
from backoffice.operations.plans.plan_text import at_lines
from backoffice.pages.requests import to
from backoffice.pages.uploads import Upload
from backoffice.query.plan_outcomes import promises, unconfirmed


class PlanImportScreen(ImportingScreen):
    """Importing a version of a plan."""

    title = "ورود طرح پشتیبانی"
    path = "plan_import"
    address = "/admin/plans/import"
    permissions = {"example": import_plan.permission}
    does = {"index": Does(import_plan, "upload", main=True)}
    accept = ".toml"
    template = "plans/import.html"

    def preview(self, upload: Upload) -> ResponseReturnValue:
        seen = foresee(import_plan, self.desk, self.viewer, ImportPlan(content=upload.content))
        if seen.told is None:
            return self.choosing(problems=seen.problems, upload=upload)
        plan = seen.told.plan
        return self.previewing(
            upload,
            plan=plan,
            promises=promises(plan, self.desk.registry, self.viewer.language),
            unconfirmed=unconfirmed(plan),
            findings=told(seen.told.findings, upload.content.decode("utf-8-sig"), self.viewer.language),
        )

    @expose("/example/")
    def example(self) -> Response:
        """The file of the plan that comes with the product, to write another by."""
        response = Response(shipped_text(), mimetype="application/toml")
        response.headers.set("Content-Disposition", "attachment", filename="padra-standard.toml")
        return response

    def where(self, problems: Sequence[Problem], upload: Upload) -> Sequence[FindingInWords]:
        text = upload.content.decode("utf-8-sig", errors="replace")
        return told(at_lines(text, problems), text, self.viewer.language)

    def store(self, upload: Upload) -> ResponseReturnValue:
        result = import_plan(self.desk, self.viewer, ImportPlan(content=upload.content))
        if result.id is None:
            return self.choosing(problems=result.problems, upload=upload)
        flash("پیش‌نویس طرح ذخیره شد. تا منتشر نشود کسی با آن نمی‌خرد.", "success")
        return to("plans.show", key=result.id)
