"""Importing tariff editions, and approving them."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from backoffice.access.viewer import Forbidden, Viewer
from backoffice.access.viewers import system_viewer
from backoffice.domain.service import Subject
from backoffice.models import AuditEntry, Outbox, TariffEdition, TariffLine
from backoffice.operations.operation import foresee
from backoffice.operations.result import Result
from backoffice.operations.staff.add_staff import AddStaff, add_staff
from backoffice.operations.tariffs.approve_tariff import ApproveTariff, approve_tariff
from backoffice.operations.tariffs.import_tariff import ImportTariff, import_tariff
from backoffice.operations.tariffs.review_tariff import TariffReview, review_tariff
from tests.builders import PASSWORD, Kit, decision_of, problem_codes

LINES = ["hour,hour,10000000", "km,kilometre,50000", "callout,call_out,2250000"]


def file(*lines: str, version: int = 3, begins: str = "1405/05/01", name: str = "t.csv") -> ImportTariff:
    head = [
        "jalali_year,1405",
        f"version,{version}",
        f"effective_from,{begins}",
        "source,guild",
        "code,unit,rate_rials",
    ]
    return ImportTariff(file_name=name, content="\n".join([*head, *(lines or LINES)]).encode())


def imported(kit: Kit, command: ImportTariff, viewer: Viewer | None = None) -> Result[TariffReview]:
    return import_tariff(kit.desk, viewer or kit.staff("finance"), command)


def approved(kit: Kit, by: Viewer, version: int = 3, reviewed: str | None = None) -> Result:
    return approve_tariff(kit.desk, by, ApproveTariff(jalali_year=1405, version=version, reviewed=reviewed))


def lines_of(kit: Kit, edition_id: int | None) -> list[tuple[str, int]]:
    return [(line.code, line.rate) for line in kit.rows(TariffLine, edition_id=edition_id)]


@pytest.fixture
def finance_2(fresh_kit: Kit) -> Viewer:
    """Another member of finance."""
    add_staff(fresh_kit.desk, system_viewer(), AddStaff(username="finance2", role="finance", password=PASSWORD))
    return fresh_kit.staff("finance2")


def test_an_import_is_a_draft_with_its_lines(fresh_kit: Kit):
    answer = imported(fresh_kit, file())
    row = fresh_kit.row(TariffEdition, answer.id)
    assert (row.jalali_year, row.version, row.source, row.approved_at) == (1405, 3, "guild", None)
    assert lines_of(fresh_kit, row.id) == [("hour", 10_000_000), ("km", 50_000), ("callout", 2_250_000)]


def test_an_import_shows_what_it_changes(fresh_kit: Kit):
    review = imported(fresh_kit, file()).told
    assert review is not None
    before = review.difference.before
    assert before is not None
    assert (before.jalali_year, before.version) == (1405, 1)
    assert [str(change.percent) for change in review.difference.lines] == ["5.5", "11.1", "0.0"]


def test_a_line_that_services_are_priced_by_and_that_is_missing_is_warned_of(fresh_kit: Kit):
    review = imported(fresh_kit, file("hour,day,1", "callout,call_out,2")).told
    assert review is not None
    assert [warning.detail for warning in review.warnings] == ["tariff_line_unusable", "tariff_line_missing"]
    assert problem_codes(Result(id=None, problems=review.warnings))


def test_an_import_leaves_its_trace(fresh_kit: Kit):
    edition_id = imported(fresh_kit, file()).id
    (entry,) = fresh_kit.rows(AuditEntry, operation="import_tariff")
    assert (entry.entity, entry.entity_id, entry.before) == ("TariffEdition", edition_id, None)
    assert entry.after is not None
    assert [line["rate"] for line in entry.after["lines"]] == [10_000_000, 50_000, 2_250_000]  # type: ignore[attr-defined]
    assert len(fresh_kit.rows(Outbox, event="tariff_imported")) == 1


def test_a_mistake_refuses_the_whole_file(fresh_kit: Kit):
    before = len(fresh_kit.rows(TariffEdition))
    answer = imported(fresh_kit, file("hour,hour,x", "km,parsec,5", *LINES))
    assert [(problem.detail, problem.params["row"]) for problem in answer.problems] == [
        ("cell_not_rials", 6),
        ("cell_not_a_unit", 7),
        ("cell_repeated", 8),
        ("cell_repeated", 9),
    ]
    assert len(fresh_kit.rows(TariffEdition)) == before


def test_another_import_replaces_the_draft(fresh_kit: Kit):
    first = imported(fresh_kit, file()).id
    second = imported(fresh_kit, file("hour,hour,7", begins="1405/06/01")).id
    assert first == second
    assert lines_of(fresh_kit, second) == [("hour", 7)]
    assert fresh_kit.row(TariffEdition, second).effective_from.isoformat() == "2026-08-23"
    entry = fresh_kit.rows(AuditEntry, operation="import_tariff")[-1]
    assert entry.before is not None


def test_an_approved_edition_is_not_imported_again(fresh_kit: Kit):
    answer = imported(fresh_kit, file(version=1))
    assert problem_codes(answer) == [("DUPLICATE", "tariff_edition", ("file",))]
    preview = foresee(import_tariff, fresh_kit.desk, fresh_kit.staff("finance"), file(version=1))
    assert preview.problems == answer.problems


def test_a_preview_says_what_an_import_would_and_writes_nothing(fresh_kit: Kit):
    preview = foresee(import_tariff, fresh_kit.desk, fresh_kit.staff("finance"), file())
    assert fresh_kit.rows(TariffEdition, version=3) == []
    assert (preview.id, preview.changed, preview.problems) == (None, False, ())
    review = imported(fresh_kit, file()).told
    assert preview.told is not None
    assert review == preview.told


def test_a_draft_prices_nothing_and_an_approved_edition_does(fresh_kit: Kit, finance_2: Viewer):
    asset_id = fresh_kit.purchase()
    imported(fresh_kit, file())
    before = decision_of(fresh_kit.record(asset_id, service_type="reinstallation", subject=Subject.DEVICE))
    approved(fresh_kit, finance_2)
    after = decision_of(fresh_kit.record(asset_id, service_type="reinstallation", subject=Subject.DEVICE))
    assert [decision.edition.version for decision in (before, after) if decision.edition] == [1, 3]


def test_whoever_imported_an_edition_does_not_approve_it(fresh_kit: Kit, finance_2: Viewer):
    edition_id = imported(fresh_kit, file()).id
    assert problem_codes(approved(fresh_kit, fresh_kit.staff("finance"))) == [("FORBIDDEN", "own_tariff", ())]
    assert approved(fresh_kit, finance_2).id == edition_id
    row = fresh_kit.row(TariffEdition, edition_id)
    assert (row.approved_at, row.approved_by_id) == (fresh_kit.clock.now, finance_2.staff_id)


def test_whoever_imported_the_lines_that_are_there_now_does_not_approve_them(fresh_kit: Kit, finance_2: Viewer):
    imported(fresh_kit, file())
    imported(fresh_kit, file("hour,hour,7"), finance_2)
    assert problem_codes(approved(fresh_kit, finance_2)) == [("FORBIDDEN", "own_tariff", ())]
    assert approved(fresh_kit, fresh_kit.staff("finance")).problems == ()


def test_what_the_command_line_imported_any_member_of_finance_approves(fresh_kit: Kit):
    imported(fresh_kit, file(), system_viewer())
    assert problem_codes(approved(fresh_kit, system_viewer())) == [("FORBIDDEN", "approval_by_staff", ())]
    assert approved(fresh_kit, fresh_kit.staff("finance")).problems == ()


def test_lines_that_changed_after_they_were_reviewed_are_not_approved(fresh_kit: Kit, finance_2: Viewer):
    imported(fresh_kit, file())
    review = review_tariff(fresh_kit.desk, finance_2, 1405, 3)
    assert review is not None
    assert review.imported_by == fresh_kit.staff("finance").name
    imported(fresh_kit, file("hour,hour,7"))
    assert problem_codes(approved(fresh_kit, finance_2, reviewed=review.reviewed)) == [("STALE", None, ("reviewed",))]
    again = review_tariff(fresh_kit.desk, finance_2, 1405, 3)
    assert again is not None
    assert approved(fresh_kit, finance_2, reviewed=again.reviewed).problems == ()


def test_an_edition_is_approved_once_and_must_be_there(fresh_kit: Kit):
    finance = fresh_kit.staff("finance")
    assert problem_codes(approved(fresh_kit, finance, version=1)) == [("CONFLICT", "tariff_approved", ())]
    assert problem_codes(approved(fresh_kit, finance, version=9)) == [("NOT_FOUND", "unknown_tariff_edition", ())]
    assert review_tariff(fresh_kit.desk, finance, 1405, 9) is None


def test_an_approval_leaves_its_trace(fresh_kit: Kit, finance_2: Viewer):
    imported(fresh_kit, file())
    approved(fresh_kit, finance_2)
    (entry,) = fresh_kit.rows(AuditEntry, operation="approve_tariff")
    assert (entry.staff_id, entry.before is None, entry.after is None) == (finance_2.staff_id, False, False)
    assert len(fresh_kit.rows(Outbox, event="tariff_approved", entity_id=entry.entity_id)) == 1


@pytest.mark.parametrize("role", ["viewer", "agent", "supervisor"])
def test_only_finance_and_administrators_write_tariffs(kit: Kit, role: str):
    for act in (
        lambda viewer: imported(kit, file(), viewer),
        lambda viewer: foresee(import_tariff, kit.desk, viewer, file()),
        lambda viewer: approved(kit, viewer),
    ):
        with pytest.raises(Forbidden):
            act(kit.staff(role))


def test_a_file_of_another_kind_is_refused(kit: Kit):
    assert problem_codes(imported(kit, file(name="t.pdf"))) == [("INVALID", "file_kind", ("file",))]


def test_refusals_leave_no_trace(kit: Kit):
    with kit.desk.database.reading() as session:
        before = session.scalar(select(func.count()).select_from(AuditEntry))
    imported(kit, file("hour,hour,x"))
    approved(kit, kit.staff("finance"), version=1)
    with kit.desk.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == before


def test_two_who_import_the_same_edition_at_once_leave_the_lines_of_one(fresh_kit: Kit, finance_2: Viewer):
    files = [(file("hour,hour,1", "km,kilometre,2"), fresh_kit.staff("finance")), (file("hour,hour,7"), finance_2)]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda given: imported(fresh_kit, *given), files * 4))
    assert {answer.problems for answer in answers} == {()}
    (edition,) = fresh_kit.rows(TariffEdition, version=3)
    assert lines_of(fresh_kit, edition.id) in ([("hour", 1), ("km", 2)], [("hour", 7)])


def test_lines_are_never_changed_under_an_approval(fresh_kit: Kit, finance_2: Viewer):
    """Of an import and an approval at once, the import comes first or is refused."""
    imported(fresh_kit, file("hour,hour,1"), system_viewer())
    finance = fresh_kit.staff("finance")
    with ThreadPoolExecutor(2) as pool:
        importing = pool.submit(imported, fresh_kit, file("hour,hour,7"), finance)
        approving = pool.submit(approved, fresh_kit, finance_2)
    assert approving.result().problems == ()
    (edition,) = fresh_kit.rows(TariffEdition, version=3)
    assert lines_of(fresh_kit, edition.id) == [("hour", 1 if importing.result().problems else 7)]
