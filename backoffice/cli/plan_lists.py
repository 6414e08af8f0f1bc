"""``backoffice plan list`` and ``show``: the versions of plans, and one with what it promises and rests on."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

import click

from backoffice.cli.command_desk import opened_desk, reading, unknown
from backoffice.cli.output import TOLD, Columns, Row, Table, Teller
from backoffice.cli.plan import plan as plans
from backoffice.cli.plan_outcome_lines import told_promises
from backoffice.cli.selecting import want
from backoffice.domain.plan import SupportPlan
from backoffice.operations.desk import Desk
from backoffice.operations.plans.publish_plan import problems_of
from backoffice.query.plan_outcomes import promises
from backoffice.wording import problem_text, say

VERSION = want(
    *("code", "version", "name", "published", "publishedAt", "createdAt"), addenda=want("effectiveFrom", "reason")
)
DOCUMENT = want("hash", "body")
PLAN = want(
    *("code", "version", "name", "published", "publishedAt", "createdAt"),
    document=DOCUMENT,
    addenda=want("effectiveFrom", "reason", document=DOCUMENT),
)
COLUMNS: Columns = {
    "CODE": "code",
    "VERSION": "version",
    "PUBLISHED": "publishedAt",
    "ADDENDA": lambda row: len(_addenda(row)),
    "NAME": "name",
}
ALLOWANCES: Columns = {"ALLOWANCE": "key", "USES": "quantity", "MODES": "modes", "PERSIAN": "label.fa"}
TERMS: Columns = {"TERM": "key", "SOURCE": "seed_ref", "TO BE CONFIRMED": "needs_confirmation"}
ADDENDA: Columns = {"FROM": "effectiveFrom", "REASON": "reason"}
FINDINGS: Columns = {"TERM": "term", "FINDING": "message"}


@plans.command("list")
@TOLD
def list_plans(told: Teller) -> None:
    """Every version of every plan; one without a day of publication is a draft."""
    with opened_desk() as desk, reading(desk) as reader:
        told.rows(reader.list("SupportPlan", VERSION), COLUMNS)


@plans.command()
@click.argument("code")
@click.argument("version", type=click.IntRange(1), required=False)
@TOLD
def show(code: str, version: int | None, told: Teller) -> None:
    """The newest version of the plan CODE, or VERSION: what it promises, its sources, what keeps it a draft.

    A plan is shown with all its addenda. What keeps it a draft is told with lines by plan import --dry-run.
    """
    with opened_desk() as desk:
        row = _version(desk, code, version)
        plan = SupportPlan.from_document(_document(row))
        promised = told_promises(promises(plan, desk.registry, "en"))
        findings = () if row["published"] else _findings(desk, plan)
    addenda = [{"effectiveFrom": one["effectiveFrom"], "reason": one["reason"]} for one in _addenda(row)]
    added: Row = {"document": plan.to_document(), "addenda": addenda, "promises": promised.rows, "findings": findings}
    whole = {**row, **added}
    told.one(whole, _facts(plan), *_tables(whole, promised))


def _version(desk: Desk, code: str, version: int | None) -> Row:
    with reading(desk) as reader:
        versions = [row for row in reader.list("SupportPlan", PLAN) if row["code"] == code]
        if not versions:
            raise unknown("plan", code, {str(row["code"]) for row in reader.list("SupportPlan", VERSION)})
    by_number = {row["version"]: row for row in versions}
    if version is not None and version not in by_number:
        raise unknown(f"version of {code}", str(version), map(str, by_number))
    return versions[-1] if version is None else by_number[version]


def _document(row: Row) -> Mapping[str, Any]:
    """The frozen document of the last addendum, which has the terms of all of them; else of the version itself."""
    latest = (row, *_addenda(row))[-1]
    return cast(Mapping[str, Any], cast(Row, latest["document"])["body"])


def _addenda(row: Row) -> Sequence[Row]:
    return cast(Sequence[Row], row["addenda"])


def _findings(desk: Desk, plan: SupportPlan) -> Sequence[Row]:
    with desk.database.reading() as session:
        problems = problems_of(session, desk.registry, plan)
    return [{"term": problem.path[-1], "message": problem_text(problem, "en")} for problem in problems]


def _facts(plan: SupportPlan) -> Columns:
    clocks = {"requested_at": "request", "performed_at": "work"}
    periods = [f"{months} months of {say(f'track.{track}', {}, 'en')}" for track, months in plan.months.items()]
    return {
        "code": "code",
        "version": "version",
        "name": "name",
        "published": "publishedAt",
        "imported": "createdAt",
        "periods": lambda row: periods,
        "distances from": lambda row: plan.origin_office,
        "covered on the day of the": lambda row: clocks[plan.coverage_clock],
        "priced on the day of the": lambda row: clocks[plan.price_clock],
        "without a tariff": lambda row: say(f"missing_tariff.{plan.missing_tariff}", {}, "en"),
    }


def _tables(whole: Row, promised: Table) -> Sequence[Table]:
    document = cast(Mapping[str, Sequence[Row]], whole["document"])
    tables = (
        Table("Allowances of a period", document["allowances"], ALLOWANCES),
        promised,
        Table("Terms and what they rest on", document["terms"], TERMS),
        Table("Addenda", cast(Sequence[Row], whole["addenda"]), ADDENDA),
        Table("What keeps it from being published", cast(Sequence[Row], whole["findings"]), FINDINGS),
    )
    return [table for table in tables if table.rows]
