"""Importing dated VAT."""

from datetime import date
from functools import partial

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.access.viewers import system_viewer
from backoffice.domain.service import Mode, Subject
from backoffice.models import AuditEntry, CoverageDecision, TaxRate
from backoffice.operations.operation import foresee
from backoffice.operations.result import Result
from backoffice.operations.tariffs.import_taxes import ImportTaxes, Rates, import_taxes
from tests.builders import CASES, Kit, decision_of, kit_on, prepare_reference, problem_codes
from tests.databases import MakeDatabase

Y1402, Y1403, Y1405, Y1406 = date(2023, 3, 21), date(2024, 3, 20), date(2026, 3, 21), date(2027, 3, 21)
FIRST = date(2008, 9, 22)


def file(*lines: str) -> ImportTaxes:
    return ImportTaxes(file_name="taxes.csv", content="\n".join(["starts_on,last_day,percent", *lines]).encode())


def imported(kit: Kit, *lines: str) -> Result[Rates]:
    return import_taxes(kit.desk, kit.staff("finance"), file(*lines))


def table(kit: Kit) -> list[tuple[date, date | None, int]]:
    rows = sorted(kit.rows(TaxRate), key=lambda row: row.starts_on)
    return [(row.starts_on, row.ends_before, row.basis_points) for row in rows]


def test_the_first_rates_of_a_desk(make_database: MakeDatabase):
    kit = kit_on(make_database(prepare_reference))
    answer = import_taxes(kit.desk, system_viewer(), file("1403/01/01,1404/12/29,10", "1405/01/01,,12"))
    assert answer.changed
    assert table(kit) == [(Y1403, Y1405, 1000), (Y1405, None, 1200)]


def test_a_new_rate_ends_the_open_one_before_it(fresh_kit: Kit):
    imported(fresh_kit, "1406/01/01,,13")
    assert table(fresh_kit) == [
        (FIRST, Y1403, 900),
        (Y1403, Y1405, 1000),
        (Y1405, Y1406, 1200),
        (Y1406, None, 1300),
    ]


def test_a_rate_between_two_ends_where_the_next_begins(fresh_kit: Kit):
    imported(fresh_kit, "1402/01/01,,9.5")
    assert table(fresh_kit)[:3] == [(FIRST, Y1402, 900), (Y1402, Y1403, 950), (Y1403, Y1405, 1000)]


def test_what_is_there_already_changes_nothing(fresh_kit: Kit):
    before = len(fresh_kit.rows(AuditEntry))
    answer = imported(fresh_kit, "1403/01/01,1404/12/29,10", "1405/01/01,,12")
    assert (answer.changed, answer.problems, len(answer.told)) == (False, (), len(CASES["taxRates"]))
    assert len(fresh_kit.rows(AuditEntry)) == before


def test_a_rate_that_no_decision_was_made_with_may_be_corrected(fresh_kit: Kit):
    answer = imported(fresh_kit, "1405/01/01,,11")
    assert table(fresh_kit)[-1] == (Y1405, None, 1100)
    (entry,) = fresh_kit.rows(AuditEntry, operation="import_taxes")
    assert (entry.entity, entry.entity_id) == ("TaxRate", answer.id)
    assert entry.before != entry.after


def test_a_rate_that_decisions_were_made_with_keeps_its_rate_and_may_end(fresh_kit: Kit):
    fresh_kit.recorded(fresh_kit.purchase(), service_type="customization")
    fresh_kit.recorded(fresh_kit.purchase())
    assert any(decision.tax_rate_id for decision in fresh_kit.rows(CoverageDecision))
    refused = imported(fresh_kit, "1405/01/01,,11")
    assert problem_codes(refused) == [("CONFLICT", "tax_in_use", ("file",))]
    assert refused.told is None
    assert imported(fresh_kit, "1405/01/01,1405/12/29,12").problems == ()
    assert table(fresh_kit)[-1] == (Y1405, Y1406, 1200)


def test_a_rate_may_not_begin_before_one_with_a_last_day_of_its_own_has_ended(fresh_kit: Kit):
    imported(fresh_kit, "1405/01/01,1405/12/29,12")
    answer = imported(fresh_kit, "1405/07/01,,13")
    assert problem_codes(answer) == [("CONFLICT", "tax_overlap", ("file",))]
    assert table(fresh_kit)[-1] == (Y1405, Y1406, 1200)


def test_a_preview_shows_the_table_afterwards_and_writes_nothing(fresh_kit: Kit):
    before = table(fresh_kit)
    preview = foresee(import_taxes, fresh_kit.desk, fresh_kit.staff("finance"), file("1406/01/01,,13"))
    assert table(fresh_kit) == before
    assert preview.told == imported(fresh_kit, "1406/01/01,,13").told


def test_a_preview_refuses_what_an_import_would(fresh_kit: Kit):
    imported(fresh_kit, "1405/01/01,1405/12/29,12")
    preview = foresee(import_taxes, fresh_kit.desk, fresh_kit.staff("finance"), file("1405/07/01,,13"))
    assert problem_codes(preview) == [("CONFLICT", "tax_overlap", ("file",))]
    preview = foresee(import_taxes, fresh_kit.desk, fresh_kit.staff("finance"), file("1405/07/01,,x"))
    assert problem_codes(preview) == [("INVALID", "cell_not_a_percentage", ("file",))]


def test_the_newest_rate_prices(fresh_kit: Kit):
    imported(fresh_kit, "1405/05/01,,20")
    device = {"service_type": "reinstallation", "mode": Mode.AT_COMPANY, "subject": Subject.DEVICE}
    decision = decision_of(fresh_kit.record(fresh_kit.purchase(), **device))
    assert decision.vat
    assert decision.vat * 5 == sum(line.amount for line in decision.lines)


def test_an_agent_imports_no_taxes(kit: Kit):
    for act in (import_taxes, partial(foresee, import_taxes)):
        with pytest.raises(Forbidden):
            act(kit.desk, kit.agent, file("1406/01/01,,13"))
