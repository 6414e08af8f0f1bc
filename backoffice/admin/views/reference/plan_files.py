"""A version of a support plan from a file: what it promises, the linter's findings at their lines, then a draft."""

from dataclasses import dataclass

from flask import flash
from flask.typing import ResponseReturnValue

from backoffice.admin.base import to
from backoffice.admin.promises import promises, unconfirmed
from backoffice.admin.uploads import Upload
from backoffice.admin.views.reference.importing import ImportingScreen
from backoffice.operations.import_plan import ImportPlan, PlanFinding, import_plan, preview_plan
from backoffice.wording import problem_text


@dataclass(frozen=True)
class Finding:
    """A finding in words, with its line and the words of the line; None and empty where no line is known."""

    line: int | None
    written: str
    text: str


class PlanImportScreen(ImportingScreen):
    """Importing a version of a plan."""

    title = "ورود طرح پشتیبانی"
    path = "plan_import"
    address = "/admin/plans/import"
    permissions = {"index": "plan.write"}
    accept = ".toml"
    template = "plans/import.html"

    def preview(self, upload: Upload) -> ResponseReturnValue:
        seen = preview_plan(self.desk, self.viewer, ImportPlan(content=upload.content))
        if seen.plan is None:
            return self.choosing(problems=seen.result.problems, upload=upload)
        return self.previewing(
            upload,
            plan=seen.plan,
            promises=promises(seen.plan, self.desk.registry, self.viewer.language),
            unconfirmed=unconfirmed(seen.plan),
            findings=[self._told(finding, upload) for finding in seen.findings],
        )

    def _told(self, finding: PlanFinding, upload: Upload) -> Finding:
        lines = upload.content.decode("utf-8-sig").splitlines()
        written = "" if finding.line is None else lines[finding.line - 1].strip()
        return Finding(finding.line, written, problem_text(finding.problem, self.viewer.language))

    def store(self, upload: Upload) -> ResponseReturnValue:
        result = import_plan(self.desk, self.viewer, ImportPlan(content=upload.content)).result
        if result.id is None:
            return self.choosing(problems=result.problems, upload=upload)
        flash("پیش‌نویس طرح ذخیره شد. تا منتشر نشود کسی با آن نمی‌خرد.", "success")
        return to("plans.show", key=result.id)
