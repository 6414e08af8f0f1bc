"""``backoffice plan``: versions of support plans, from files."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import click

from backoffice.access.viewers import system_viewer
from backoffice.cli.command_desk import CommandRefused, opened_desk, refuse_problems, told
from backoffice.cli.days import DAY
from backoffice.domain.calendar import business_day
from backoffice.domain.problem import Problem
from backoffice.models import SupportPlan
from backoffice.models.base import LARGEST_INTEGER
from backoffice.operations.operation import foresee, perform
from backoffice.operations.plans.add_plan_addendum import Addendum, AddPlanAddendum, add_plan_addendum
from backoffice.operations.plans.import_plan import ImportPlan, PlanImport, import_plan
from backoffice.operations.plans.plan_text import PlanFinding, at_lines, read_addendum
from backoffice.operations.plans.publish_draft import PublishDraft, publish_draft
from backoffice.wording import day, problem_text

FILE = click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
DRY_RUN = click.option("--dry-run", is_flag=True, help="Say what would come of it, and write nothing.")


@click.group()
def plan() -> None:
    """Support plans: the versioned terms of support."""


@plan.command("import")
@FILE
@DRY_RUN
def import_file(file: Path, dry_run: bool) -> None:  # noqa: FBT001  # click's flag
    """Make the plan in FILE (TOML) a draft, and name what keeps it from being published, with its line."""
    content = file.read_bytes()
    command, do = ImportPlan(content=content), foresee if dry_run else perform
    with opened_desk() as desk:
        imported = do(import_plan, desk, system_viewer(), command)
    _refuse_at_lines(file, content.decode("utf-8-sig", errors="replace"), imported.problems)
    assert imported.told is not None  # noqa: S101  # an import without problems tells what it read
    for finding in imported.told.findings:
        click.echo(_line(file, finding))
    click.echo(_summary(imported.told) if not dry_run else "Nothing was written.")


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


@plan.command()
@click.argument("code")
@click.argument("version", type=click.IntRange(1, LARGEST_INTEGER))
@FILE
@click.option("--from", "since", type=DAY, metavar="DAY", help="First day, 1405/07/01 or ISO 8601; today by default.")
@click.option("--reason", default="", help="Why; it stays beside the addendum and in the audit trail.")
@DRY_RUN
def addendum(code: str, version: int, file: Path, since: date | None, reason: str, dry_run: bool) -> None:  # noqa: FBT001  # click's flag
    """Add the terms in FILE (TOML) to VERSION of the published plan CODE, for services that it does not mention."""
    read = read_addendum(file.read_bytes())
    _refuse_at_lines(file, read.text, read.problems)
    with opened_desk() as desk:
        first = since or business_day(desk.clock())
        given: dict[str, Any] = {"plan": code, "version": version, "effective_from": first, "terms": read.terms}
        if dry_run:
            result = foresee(add_plan_addendum, desk, system_viewer(), Addendum(**given))
        else:
            result = add_plan_addendum(desk, system_viewer(), AddPlanAddendum(**given, reason=reason))
    _refuse_at_lines(file, read.text, result.problems)
    services = ", ".join(dict.fromkeys(term.service_type for term in read.terms))
    click.echo(f"{code} version {version} from {day(first, 'en')} on: {len(read.terms)} terms for {services}.")
    click.echo("Nothing was written." if dry_run else "Added.")


def _refuse_at_lines(file: Path, text: str, problems: Sequence[Problem]) -> None:
    """Refuse with each problem: about the file at its line, about anything else at its field."""
    if problems:
        found = at_lines(text, problems)
        raise CommandRefused(*(_line(file, one) if _is_of_file(one) else told(one.problem) for one in found))


def _is_of_file(found: PlanFinding) -> bool:
    return found.line is not None or found.problem.path[:1] == ("file",)


def _line(file: Path, finding: PlanFinding) -> str:
    where = file.name if finding.line is None else f"{file.name}:{finding.line}"
    return f"{where}: {problem_text(finding.problem, 'en')}"


def _summary(imported: PlanImport) -> str:
    named = f"{imported.plan.code} version {imported.plan.version}"
    if imported.findings:
        return f"Imported {named} as a draft; {len(imported.findings)} findings keep it from being published."
    return f"Imported {named} as a draft; nothing keeps it from being published."
