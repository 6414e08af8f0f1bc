"""``backoffice tariff`` and ``tax``: what is there, line by line, and which lines price which service."""

import pytest
from sqlalchemy import select

from backoffice.models import TariffMapping
from tests.cli.conftest import Rows, Run, read, refused, table
from tests.cli.every_command import EXAMPLES


def imported(backoffice: Run) -> None:
    assert backoffice("tariff", "import", EXAMPLES / "tariff.csv").exit_code == 0


def test_editions_are_listed_with_the_newest_first(backoffice: Run):
    imported(backoffice)
    editions = [line[:4] for line in table(backoffice("tariff", "list"))]
    assert editions[:2] == [
        ["1405", "3", "2026-12-22", "(1405/10/01)"],
        ["1405", "2", "2026-09-23", "(1405/07/01)"],
    ]


def test_a_draft_is_told_apart_from_what_is_approved(backoffice: Run):
    imported(backoffice)
    assert [edition["approved"] for edition in read(backoffice("tariff", "list", "--json"))][:2] == [False, True]


def test_an_edition_is_shown_with_its_lines(backoffice: Run):
    imported(backoffice)
    shown = backoffice("tariff", "show", "1405", "3").stdout
    assert "imported by  system" in shown
    assert shown.partition("Lines\n")[2].splitlines() == [
        "CODE     UNIT             RATE",
        "hour     hour       10,430,000",
        "session  session    15,000,000",
        "callout  call_out    2,475,000",
        "km       kilometre      52,000",
    ]


def test_an_edition_is_shown_beside_the_one_before(backoffice: Run):
    imported(backoffice)
    shown = backoffice("tariff", "show", "1405", "3", "--diff").stdout
    assert [line.split() for line in shown.partition("Lines beside 1405 version 2\n")[2].splitlines()] == [
        ["CODE", "UNIT", "BEFORE", "RATE", "CHANGE"],
        ["hour", "hour", "9,480,000", "10,430,000", "+10.0%"],
        ["session", "session", "-", "15,000,000", "-"],
        ["callout", "call_out", "2,250,000", "2,475,000", "+10.0%"],
        ["km", "kilometre", "50,000", "52,000", "+4.0%"],
    ]


def test_programs_are_told_both_rates_of_each_line(backoffice: Run):
    imported(backoffice)
    edition = read(backoffice("tariff", "show", "1405", "3", "--json"))
    assert edition["before"] == {"jalaliYear": 1405, "version": 2}
    assert edition["lines"][0] == {
        "code": "hour",
        "unit": "hour",
        "rate": 10_430_000,
        "before": 9_480_000,
        "percent": "10.0",
    }


def test_the_first_edition_has_none_before(backoffice: Run):
    [*_, first] = read(backoffice("tariff", "list", "--json"))
    shown = backoffice("tariff", "show", first["jalaliYear"], first["version"], "--diff").stdout
    assert "Lines beside the first edition" not in shown
    assert "There is none before it." in shown


def test_a_line_that_prices_a_service_and_is_missing_is_warned_of(backoffice: Run):
    imported(backoffice)
    assert backoffice("tariff", "map", "demo", "--labour", "session").exit_code == 0
    assert "warning: This tariff has no line “session”" in backoffice("tariff", "show", "1405", "2").stderr


def test_an_unknown_edition_is_refused_with_those_there_are(backoffice: Run):
    assert "1405 2" in refused(backoffice("tariff", "show", "1405", "9"))


@pytest.mark.parametrize("given", [("next", "1"), ("99999", "1"), ("1405", "0"), ("1405",)], ids=str)
def test_what_is_no_edition_is_a_wrong_command(backoffice: Run, given: tuple[str, ...]):
    assert backoffice("tariff", "show", *given).exit_code == 2


def test_a_service_gets_lines_of_its_own_and_loses_them_again(backoffice: Run):
    usual = ["*", "hour", "callout", "km"]
    assert table(backoffice("tariff", "mapping")) == [usual]
    assert backoffice("tariff", "map", "training", "--labour", "hour", "--call-out", "callout").exit_code == 0
    assert table(backoffice("tariff", "mapping")) == [usual, ["training", "hour", "callout", "-"]]
    assert backoffice("tariff", "unmap", "training").exit_code == 0
    assert table(backoffice("tariff", "mapping")) == [usual]


def test_the_mapping_is_listed_for_programs(backoffice: Run):
    [usual] = read(backoffice("tariff", "mapping", "--json"))
    assert usual == {"serviceType": "*", "labour": "hour", "callOut": "callout", "kilometre": "km"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("map", "trainin", "--labour", "hour"), "there is no service trainin; there are retraining, training"),
        (("map", "training", "--labour", "gold"), "labour: No tariff has a line “gold”."),
        (("map", "training", "--labour", "km"), "labour: The line “km” has a unit"),
        (("unmap", "training"), "there is no mapping of training; there are *"),
        (("unmap", "*"), "These lines are for every service"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(backoffice: Run, rows: Rows, arguments: tuple[str, ...], told: str):
    assert told in refused(backoffice("tariff", *arguments))
    assert rows(select(TariffMapping.service_type)) == ["*"]


def test_a_mapping_without_a_line_for_the_work_is_a_wrong_command(backoffice: Run):
    assert backoffice("tariff", "map", "training").exit_code == 2


def test_taxes_are_listed_with_their_days_in_both_calendars(backoffice: Run):
    newest, *_, oldest = backoffice("tax", "list").stdout.splitlines()[1:]
    assert newest.split() == ["2026-03-21", "(1405/01/01)", "-", "12%"]
    assert oldest.endswith("9%")


def test_taxes_are_listed_for_programs(backoffice: Run):
    assert read(backoffice("tax", "list", "--json"))[0] == {
        "startsOn": "2026-03-21",
        "endsBefore": None,
        "basisPoints": 1200,
    }
