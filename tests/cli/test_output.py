"""How objects are printed: lines for people, JSON for programs."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import click
import pytest
from click.testing import CliRunner

from backoffice.cli.output import TOLD, Columns, Table, Teller, shown
from backoffice.models import OfficeKind

ROWS = [
    {"code": "HQ", "count": 7, "office": {"name": "تهران"}, "kind": OfficeKind.HEAD_OFFICE},
    {"code": "TABRIZ", "count": 12, "office": None, "kind": OfficeKind.AGENCY},
]
COLUMNS: Columns = {"CODE": "code", "COUNT": "count", "NAME": "office.name", "FIRST": lambda row: str(row["code"])[0]}


@click.command()
@TOLD
def show_list(told: Teller) -> None:
    told.rows(ROWS, COLUMNS)


@click.command()
@TOLD
def show_none(told: Teller) -> None:
    told.rows([], COLUMNS)


@click.command()
@TOLD
def show_one(told: Teller) -> None:
    told.one(ROWS[0], COLUMNS)


def printed(command: click.Command, *arguments: str) -> str:
    return CliRunner().invoke(command, arguments, catch_exceptions=False).stdout


def test_a_list_has_a_line_for_each_object_below_headings():
    assert printed(show_list).splitlines() == [
        "CODE    COUNT  NAME   FIRST",
        "HQ          7  تهران  H",
        "TABRIZ     12  -      T",
    ]


def test_an_empty_list_has_its_headings():
    assert printed(show_none) == "CODE  COUNT  NAME  FIRST\n"


def test_one_object_has_a_line_for_each_fact():
    assert printed(show_one).splitlines() == ["CODE   HQ", "COUNT  7", "NAME   تهران", "FIRST  H"]


def test_what_belongs_to_an_object_stands_below_it():
    @click.command()
    @TOLD
    def with_table(told: Teller) -> None:
        told.one(ROWS[0], {"CODE": "code"}, Table("Offices", ROWS, {"CODE": "code"}))

    assert printed(with_table).splitlines() == ["CODE  HQ", "", "Offices", "CODE", "HQ", "TABRIZ"]
    assert json.loads(printed(with_table, "--json"))["code"] == "HQ"


def test_what_is_no_table_has_lines_of_its_own():
    @click.command()
    @TOLD
    def written(told: Teller) -> None:
        told.text(ROWS[1], ["TABRIZ, an agency  ", "12"])

    assert printed(written) == "TABRIZ, an agency\n12\n"
    assert json.loads(printed(written, "--json"))["kind"] == "AGENCY"


def test_programs_are_told_the_fields_as_they_were_read():
    assert json.loads(printed(show_one, "--json")) == {**ROWS[0], "kind": "HEAD_OFFICE"}
    assert [row["kind"] for row in json.loads(printed(show_list, "--json"))] == ["HEAD_OFFICE", "AGENCY"]
    assert json.loads(printed(show_none, "--json")) == []


def test_numbers_stand_below_one_another():
    @click.command()
    @TOLD
    def numbers(told: Teller) -> None:
        told.rows([{"a": "1,200", "b": "+10.0%"}, {"a": None, "b": "x"}], {"A": "a", "B": "b"})

    assert printed(numbers).splitlines() == ["    A  B", "1,200  +10.0%", "    -  x"]


def test_marks_and_joiners_take_no_room():
    @click.command()
    @TOLD
    def marked(told: Teller) -> None:
        told.rows([{"a": "می\u200cخواهد", "b": 1}, {"a": "seven", "b": 2}], {"A": "a", "B": "b"})

    assert [line.index(end) for line, end in zip(printed(marked).splitlines()[1:], "12", strict=True)] == [10, 9]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "-"),
        ("", "-"),
        ((), "-"),
        (True, "yes"),
        (False, "no"),
        (OfficeKind.BRANCH, "BRANCH"),
        (date(2026, 11, 22), "2026-11-22 (1405/09/01)"),
        (datetime(2026, 11, 22, 20, 30, tzinfo=UTC), "2026-11-23 00:00 (1405/09/02)"),
        (["a", "b"], "a, b"),
        (Decimal("1.5"), "1.5"),
        ("one\nline \x1b[31m", "one line  [31m"),
    ],
)
def test_values_are_told_on_one_line(value: object, text: str):
    assert shown(value) == text


def test_programs_are_told_instants_in_utc_and_days_in_iso():
    @click.command()
    @TOLD
    def dated(told: Teller) -> None:
        row = {"at": datetime(2026, 11, 22, 20, 30, tzinfo=UTC), "on": date(2026, 11, 22), "rate": Decimal("0.10")}
        told.one(row, {})

    read = json.loads(printed(dated, "--json"))
    assert read == {"at": "2026-11-22T20:30:00+00:00", "on": "2026-11-22", "rate": "0.10"}
