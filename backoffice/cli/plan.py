"""``backoffice plan``: versions of support plans, from files."""

from pathlib import Path

import click

from backoffice.access.roles import system_viewer
from backoffice.cli.desk import opened_desk, refuse_problems
from backoffice.models import SupportPlan
from backoffice.operations.import_plan import ImportPlan, PlanFinding, PlanImport, import_plan, preview_plan
from backoffice.operations.publish_draft import PublishDraft, publish_draft
from backoffice.wording import problem_text

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))


@click.group()
def plan() -> None:
    """Support plans: the versioned terms of support."""


@plan.command("import")
@FILE
@click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")
def import_file(file: Path, dry_run: bool) -> None:  # noqa: FBT001  # click's flag
    """Make the plan in FILE (TOML) a draft, and name what keeps it from being published, with its line."""
    command, do = ImportPlan(content=file.read_bytes()), preview_plan if dry_run else import_plan
    with opened_desk() as desk:
        imported = do(desk, system_viewer(), command)
    refuse_problems(imported.result.problems)
    for finding in imported.findings:
        click.echo(_line(file, finding))
    click.echo(_summary(imported) if not dry_run else "Nothing was written.")


@plan.command()
@click.argument("code")
def publish(code: str) -> None:
    """Publish the draft of the plan CODE: new sales get it from now on, and it never changes again."""
    with opened_desk() as desk:
        result = publish_draft(desk, system_viewer(), PublishDraft(code=code))
        refuse_problems(result.problems)
        with desk.database.reading() as session:
            version = session.get_one(SupportPlan, result.id).version
    click.echo(f"Published {code} version {version}.")


def _line(file: Path, finding: PlanFinding) -> str:
    where = file.name if finding.line is None else f"{file.name}:{finding.line}"
    return f"{where}: {problem_text(finding.problem, 'en')}"


def _summary(imported: PlanImport) -> str:
    assert imported.plan is not None  # noqa: S101  # an import without problems has one
    named = f"{imported.plan.code} version {imported.plan.version}"
    if imported.findings:
        return f"Imported {named} as a draft; {len(imported.findings)} findings keep it from being published."
    return f"Imported {named} as a draft; nothing keeps it from being published."
