"""Importing versions of support plans, and publishing them."""

from functools import partial
from importlib import resources

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.models import AuditEntry, FrozenDocument, Office, SupportPlan
from backoffice.operations.operation import foresee
from backoffice.operations.plans.import_plan import ImportPlan, PlanImport, import_plan
from backoffice.operations.plans.publish_draft import PublishDraft, publish_draft
from backoffice.operations.result import Result
from tests.builders import Kit, decision_of, problem_codes

SHIPPED = (resources.files("backoffice") / "data" / "padra-standard.toml").read_text(encoding="utf-8")


def text(version: int | None = None, *changes: tuple[str, str]) -> str:
    """The shipped plan as another version, or without one, and with other changes."""
    written = SHIPPED.replace("version = 1\n", "" if version is None else f"version = {version}\n")
    for old, new in changes:
        assert old in written
        written = written.replace(old, new, 1)
    return written


def imported(kit: Kit, toml: str) -> Result[PlanImport]:
    return import_plan(kit.desk, kit.supervisor, ImportPlan(content=toml.encode()))


def published(kit: Kit, code: str = "padra-standard") -> Result:
    return publish_draft(kit.desk, kit.supervisor, PublishDraft(code=code))


def versions(kit: Kit) -> list[tuple[int, bool]]:
    return [(row.version, row.published_at is not None) for row in kit.rows(SupportPlan)]


def test_an_import_is_a_draft(fresh_kit: Kit):
    answer = imported(fresh_kit, text(2))
    row = fresh_kit.row(SupportPlan, answer.id)
    assert (row.code, row.version, row.published_at) == ("padra-standard", 2, None)
    assert answer.told.plan is not None
    assert fresh_kit.row(FrozenDocument, row.document_hash).body == answer.told.plan.to_document()
    assert answer.told.findings == ()


def test_a_file_without_a_version_makes_the_next_draft_and_then_replaces_it(fresh_kit: Kit):
    first = imported(fresh_kit, text())
    second = imported(fresh_kit, text(None, ("quantity = 2", "quantity = 3")))
    assert versions(fresh_kit) == [(1, True), (2, False)]
    assert first.id == second.id
    assert first.told.plan != second.told.plan


def test_the_first_version_of_another_plan_is_1(fresh_kit: Kit):
    imported(fresh_kit, text(None, ('code = "padra-standard"', 'code = "padra-gold"')))
    assert [(row.code, row.version) for row in fresh_kit.rows(SupportPlan)][1:] == [("padra-gold", 1)]


def test_a_published_version_is_immutable(fresh_kit: Kit):
    answer = imported(fresh_kit, SHIPPED)
    assert problem_codes(answer) == [("DUPLICATE", "plan_version", ("version",))]


def test_a_draft_before_the_newest_published_version_would_hold_for_nobody(fresh_kit: Kit):
    imported(fresh_kit, text(3))
    published(fresh_kit)
    answer = imported(fresh_kit, text(2))
    assert problem_codes(answer) == [("CONFLICT", "plan_version_behind", ("version",))]


def test_a_finding_has_its_line_and_does_not_refuse_the_draft(fresh_kit: Kit):
    toml = text(2, ('inside.when_exhausted = "tariff"\n', ""))
    (finding,) = imported(fresh_kit, toml).told.findings
    assert finding.problem.detail == "plan_without_when_exhausted"
    assert finding.line is not None
    assert toml.splitlines()[finding.line - 1] == 'inside.outcome = "allowance"'
    assert versions(fresh_kit) == [(1, True), (2, False)]


def test_an_origin_that_is_no_office_is_found(fresh_kit: Kit):
    (finding,) = imported(fresh_kit, text(2, ('origin_office = "HQ"', 'origin_office = "MOON"'))).told.findings
    assert (finding.problem.detail, finding.line) == ("unknown_office", None)
    assert fresh_kit.rows(Office, code="MOON") == []


def test_a_draft_with_findings_is_not_published(fresh_kit: Kit):
    imported(fresh_kit, text(2, ('inside.when_exhausted = "tariff"\n', "")))
    key = ("plan", "installation.remote.inside")
    assert problem_codes(published(fresh_kit)) == [("INVALID", "plan_without_when_exhausted", key)]
    assert versions(fresh_kit) == [(1, True), (2, False)]


def test_a_published_draft_holds_for_new_purchases(fresh_kit: Kit):
    old = fresh_kit.purchase()
    draft = imported(fresh_kit, text(2, ("quantity = 2", "quantity = 5")))
    between = fresh_kit.purchase()
    assert published(fresh_kit).id == draft.id
    new = fresh_kit.purchase()
    uses = [decision_of(fresh_kit.record(asset_id)).allowance for asset_id in (old, between, new)]
    assert [use.limit for use in uses if use] == [2, 2, 5]


def test_without_a_draft_there_is_nothing_to_publish(fresh_kit: Kit):
    assert problem_codes(published(fresh_kit)) == [("CONFLICT", "no_plan_draft", ("code",))]
    assert problem_codes(published(fresh_kit, "padra-gold")) == [("NOT_FOUND", "unknown_plan", ("code",))]


@pytest.mark.parametrize(
    ("toml", "detail"),
    [
        (b"code = ", "plan_file_toml"),
        (text(2, ('code = "padra-standard"', "code = 1")).encode(), "plan_file_kind"),
        (text(2, ('code = "padra-standard"', 'code = " "')).encode(), "required"),
        (text(2, ('fa = "', 'fa = "\\u0000')).encode(), "characters"),
        (b"\xff", "file_encoding"),
        (b"#" * 2_000_001, "file_too_large"),
    ],
    ids=["toml", "kind", "code", "nul", "encoding", "size"],
)
def test_what_is_no_plan_is_refused(kit: Kit, toml: bytes, detail: str):
    for act in (import_plan, partial(foresee, import_plan)):
        answer = act(kit.desk, kit.supervisor, ImportPlan(content=toml))
        assert [problem[:2] for problem in problem_codes(answer)] == [("INVALID", detail)]
        assert answer.told is None


def test_a_preview_says_what_an_import_would_and_writes_nothing(fresh_kit: Kit):
    toml = text(None, ('inside.when_exhausted = "tariff"\n', ""))
    preview = foresee(import_plan, fresh_kit.desk, fresh_kit.supervisor, ImportPlan(content=toml.encode()))
    assert versions(fresh_kit) == [(1, True)]
    answer = imported(fresh_kit, toml)
    assert (preview.id, preview.told) == (None, answer.told)
    refused = foresee(import_plan, fresh_kit.desk, fresh_kit.supervisor, ImportPlan(content=SHIPPED.encode()))
    assert problem_codes(refused) == [("DUPLICATE", "plan_version", ("version",))]


def test_each_step_leaves_its_trace(fresh_kit: Kit):
    imported(fresh_kit, text())
    imported(fresh_kit, text(None, ("quantity = 2", "quantity = 3")))
    published(fresh_kit)
    steps = [(entry.operation, entry.before is None) for entry in fresh_kit.rows(AuditEntry, entity="SupportPlan")]
    assert steps == [("import_plan", True), ("import_plan", False), ("publish_draft", False)]


def test_an_agent_imports_and_publishes_nothing(kit: Kit):
    for act, command in (
        (import_plan, ImportPlan(content=b"")),
        (partial(foresee, import_plan), ImportPlan(content=b"")),
        (publish_draft, PublishDraft(code="padra-standard")),
    ):
        with pytest.raises(Forbidden):
            act(kit.desk, kit.agent, command)  # type: ignore[operator]
