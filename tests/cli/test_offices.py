"""``backoffice office``: listed, added, changed, and the origin of distances."""

import pytest
from sqlalchemy import select

from backoffice.models import Office, OfficeKind
from tests.cli.conftest import Rows, Run, read, refused, table


def origins(rows: Rows) -> list[str]:
    return list(rows(select(Office.code).where(Office.is_origin)))


def test_offices_are_listed_with_the_origin(backoffice: Run):
    assert [line[:4] for line in table(backoffice("office", "list"))] == [
        ["HQ", "HEAD_OFFICE", "yes", "0"],
        ["TABRIZ", "AGENCY", "no", "0"],
    ]


def test_offices_are_listed_for_programs(backoffice: Run):
    [first, _] = read(backoffice("office", "list", "--json"))
    assert (first["code"], first["kind"], first["isOrigin"]) == ("HQ", "HEAD_OFFICE", True)


def test_an_office_is_added_and_may_become_the_origin(backoffice: Run, rows: Rows):
    assert backoffice("office", "add", "ISF", "--name", "اصفهان", "--kind", "BRANCH").exit_code == 0
    assert origins(rows) == ["HQ"]
    answer = backoffice("office", "add", "SHZ", "--name", "شیراز", "--kind", "AGENCY", "--origin")
    assert "Distances count from here" in answer.output
    assert origins(rows) == ["SHZ"]


def test_a_taken_office_code_is_refused(backoffice: Run):
    assert "HQ" in refused(backoffice("office", "add", "HQ", "--name", "x", "--kind", "HEAD_OFFICE"))


def test_an_unknown_kind_of_office_is_a_wrong_command(backoffice: Run):
    assert backoffice("office", "add", "X", "--name", "x", "--kind", "CASTLE").exit_code == 2


def test_an_office_changes_in_what_is_given_alone(backoffice: Run, rows: Rows):
    assert backoffice("office", "change", "TABRIZ", "--kind", "branch").exit_code == 0
    [tabriz] = rows(select(Office).where(Office.code == "TABRIZ"))
    assert (tabriz.kind, tabriz.name, tabriz.is_origin) == (OfficeKind.BRANCH, "نمایندگی تبریز", False)


def test_another_office_becomes_the_origin(backoffice: Run, rows: Rows):
    assert "Distances count from here" in backoffice("office", "change", "TABRIZ", "--origin").output
    assert origins(rows) == ["TABRIZ"]


def test_an_unknown_office_is_refused_with_those_there_are(backoffice: Run):
    told = refused(backoffice("office", "change", "TEHRAN", "--name", "x"))
    assert told == "error: there is no office TEHRAN; there are HQ, TABRIZ\n"


@pytest.mark.parametrize("arguments", [["HQ"], ["HQ", "--kind", "CASTLE"], []], ids=["nothing", "kind", "no code"])
def test_a_change_of_nothing_or_to_nonsense_is_a_wrong_command(backoffice: Run, arguments: list[str]):
    assert backoffice("office", "change", *arguments).exit_code == 2
