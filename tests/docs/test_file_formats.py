"""The files that the documentation shows are imported as it says."""

import re
from pathlib import Path

import pytest

from backoffice.access.roles import system_viewer
from backoffice.domain.money import PriceUnit
from backoffice.models import TaxRate
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import MOST_BYTES, MOST_COLUMNS, MOST_ROWS
from backoffice.operations.import_plan import ImportPlan, import_plan
from backoffice.operations.import_tariff import ImportTariff, preview_tariff
from backoffice.operations.import_taxes import ImportTaxes, import_taxes
from backoffice.operations.publish_draft import PublishDraft, publish_draft
from backoffice.wording import texts
from tests.builders import Kit, kit_on, prepare_desk
from tests.conftest import MakeDatabase

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = DOCS / "examples"
TEXT = (DOCS / "file-formats.md").read_text(encoding="utf-8")


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    return kit_on(make_database(prepare_desk))


@pytest.mark.parametrize("name", ["tariff.csv", "taxes.csv", "plan.toml"])
def test_the_examples_that_are_shown_are_the_files(name: str):
    shown = re.findall(rf"```{Path(name).suffix[1:]}\n(.*?)```", TEXT, re.DOTALL)
    assert (EXAMPLES / name).read_text(encoding="utf-8") in shown


def test_every_example_is_linked():
    assert {path.name for path in EXAMPLES.iterdir()} == set(re.findall(r"\(examples/([\w.]+)\)", TEXT))


def test_the_tariff_is_the_same_in_both_kinds_of_file(kit: Kit):
    def read(name: str):
        command = ImportTariff(file_name=name, content=(EXAMPLES / name).read_bytes())
        answer = preview_tariff(kit.desk, system_viewer(), command)
        assert answer.result.problems == ()
        assert answer.review is not None
        assert answer.review.warnings == ()
        return answer.review.edition

    assert read("tariff.csv") == read("tariff.xlsx")


def test_the_taxes_are_imported(kit: Kit):
    command = ImportTaxes(file_name="taxes.csv", content=(EXAMPLES / "taxes.csv").read_bytes())
    assert import_taxes(kit.desk, system_viewer(), command).result.problems == ()
    assert len(kit.rows(TaxRate)) == 4


def test_the_plan_is_imported_and_published(kit: Kit):
    command = ImportPlan(content=(EXAMPLES / "plan.toml").read_bytes())
    answer = import_plan(kit.desk, system_viewer(), command)
    assert (answer.result.problems, answer.findings) == ((), ())
    assert publish_draft(kit.desk, system_viewer(), PublishDraft(code="example-phone")).problems == ()


def test_every_name_is_documented_with_its_persian_word():
    for code in set(names().fields.values()):
        assert f"| `{code}` | {texts('fa')[f'file_field.{code}']} |" in TEXT
    for unit in PriceUnit:
        assert f"`{unit}` {texts('fa')[f'unit.{unit}']}" in TEXT


def test_the_limits_are_the_documented_ones():
    assert f"At most {MOST_BYTES // 1_000_000} MB, {MOST_ROWS:,} rows and {MOST_COLUMNS} columns" in TEXT
