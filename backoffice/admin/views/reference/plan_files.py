"""A version of a support plan from a file: what it promises, the linter's findings at their lines, then a draft."""

from flask import flash
from flask.typing import ResponseReturnValue

from backoffice.admin.base import to
from backoffice.admin.findings import told
from backoffice.admin.uploads import Upload
from backoffice.admin.views.reference.importing import ImportingScreen
from backoffice.operations.import_plan import ImportPlan, import_plan, preview_plan
from backoffice.query.promises import promises, unconfirmed


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
            findings=told(seen.findings, upload.content.decode("utf-8-sig"), self.viewer.language),
        )

    def store(self, upload: Upload) -> ResponseReturnValue:
        result = import_plan(self.desk, self.viewer, ImportPlan(content=upload.content)).result
        if result.id is None:
            return self.choosing(problems=result.problems, upload=upload)
        flash("پیش‌نویس طرح ذخیره شد. تا منتشر نشود کسی با آن نمی‌خرد.", "success")
        return to("plans.show", key=result.id)
