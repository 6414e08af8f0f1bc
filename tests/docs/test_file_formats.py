"""The files that the documentation shows are imported as it says."""

import re
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from backoffice.access.viewers import system_viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.money import PriceUnit
from backoffice.domain.service import Mode, Subject
from backoffice.models import TaxRate
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from backoffice.operations.operation import foresee
from backoffice.operations.plans.add_plan_addendum import AddPlanAddendum, add_plan_addendum
from backoffice.operations.plans.import_plan import ImportPlan, import_plan
from backoffice.operations.plans.plan_text import read_addendum
from backoffice.operations.plans.publish_draft import PublishDraft, publish_draft
from backoffice.operations.services.record_service import PreviewService, record_service
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.operations.tariffs.import_taxes import ImportTaxes, import_taxes
from backoffice.plugins import Registry
from backoffice.plugins.admission import admit
from backoffice.wording import texts
from tests.builders import Kit, decision_of, kit_on, prepare_desk
from tests.databases import MakeDatabase
from tests.plugins.test_tutorial import BLOCKS, module

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"
TEXT = (DOCS / "file-formats.md").read_text(encoding="utf-8")


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    return kit_on(make_database(prepare_desk))


@pytest.mark.parametrize("name", ["tariff.csv", "taxes.csv", "plan.toml", "addendum.toml"])
def test_the_examples_that_are_shown_are_the_files(name: str):
    shown = re.findall(rf"```{Path(name).suffix[1:]}\n(.*?)```", TEXT, re.DOTALL)
    assert (EXAMPLES / name).read_text(encoding="utf-8") in shown


def test_every_example_is_linked():
    assert {path.name for path in EXAMPLES.iterdir()} == set(re.findall(r"\(examples/([\w.]+)\)", TEXT))


def test_the_tariff_is_the_same_in_both_kinds_of_file(kit: Kit):
    def read(name: str):
        command = ImportTariff(file_name=name, content=(EXAMPLES / name).read_bytes())
        answer = foresee(import_tariff, kit.desk, system_viewer(), command)
        assert answer.problems == ()
        assert answer.told is not None
        assert answer.told.warnings == ()
        return answer.told.edition

    assert read("tariff.csv") == read("tariff.xlsx")


def test_the_taxes_are_imported(kit: Kit):
    command = ImportTaxes(file_name="taxes.csv", content=(EXAMPLES / "taxes.csv").read_bytes())
    assert import_taxes(kit.desk, system_viewer(), command).problems == ()
    assert len(kit.rows(TaxRate)) == 4


def test_the_plan_is_imported_and_published(kit: Kit):
    command = ImportPlan(content=(EXAMPLES / "plan.toml").read_bytes())
    answer = import_plan(kit.desk, system_viewer(), command)
    assert (answer.problems, answer.told.findings) == ((), ())
    assert publish_draft(kit.desk, system_viewer(), PublishDraft(code="example-phone")).problems == ()


def test_the_addendum_answers_for_a_service_that_came_after_the_purchase(kit: Kit):
    asset_id = kit.purchase()
    registry = kit.desk.registry
    types = {**registry.service_types, "calibration": admit("calibration", module(BLOCKS[0]))}
    later = replace(kit, desk=replace(kit.desk, registry=Registry(MappingProxyType(types), registry.owners)))

    def outcome(mode: Mode, **given: object) -> Outcome:
        asked = PreviewService(
            service_type="calibration",
            mode=mode,
            subject=Subject.DEVICE,
            asset_id=asset_id,
            requested_at=kit.clock.now,
            **given,
        )
        return decision_of(foresee(record_service, later.desk, later.agent, asked)).outcome

    assert outcome(Mode.AT_COMPANY) is Outcome.TARIFF
    read = read_addendum((EXAMPLES / "addendum.toml").read_bytes())
    command = AddPlanAddendum(
        plan="padra-standard", version=1, effective_from=kit.clock.now.date(), terms=read.terms, reason="کالیبراسیون"
    )
    assert add_plan_addendum(later.desk, system_viewer(), command).problems == read.problems == ()
    assert outcome(Mode.AT_COMPANY) is Outcome.FREE
    assert outcome(Mode.ON_SITE, distance_metres=12_000) is Outcome.ALLOWANCE


def test_every_name_is_documented_with_its_persian_word():
    for code in set(names().fields.values()):
        assert f"| `{code}` | {texts('fa')[f'file_field.{code}']} |" in TEXT
    for unit in PriceUnit:
        assert f"`{unit}` {texts('fa')[f'unit.{unit}']}" in TEXT


def test_the_limits_are_the_documented_ones():
    assert f"At most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns" in TEXT
