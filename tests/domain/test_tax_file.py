"""Reading dated VAT from the rows of a sheet."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from backoffice.domain.sheet import Mistakes, SheetRow
from backoffice.domain.tax_file import DatedRate, chained, read_taxes
from backoffice.operations.file_names import names
from backoffice.wording import LANGUAGES, problem_text

HEADINGS = ("starts_on", "last_day", "percent")


def read(*cells: Sequence[str]) -> tuple[DatedRate, ...] | Mistakes:
    rows = [SheetRow(number, tuple(texts)) for number, texts in enumerate(cells, start=1)]
    return read_taxes(rows, names().fields)


def mistakes(*cells: Sequence[str]) -> list[tuple[str | None, object]]:
    found = read(HEADINGS, *cells)
    assert isinstance(found, Mistakes)
    assert all(problem_text(problem, language) for problem in found.problems for language in LANGUAGES)
    return [(problem.detail, problem.params.get("row")) for problem in found.problems]


def test_a_rate_without_a_last_day_holds_until_the_next_begins():
    rates = read(("percent", "starts_on"), ("10", "1403/01/01"), ("12", "1405/01/01"))
    assert rates == (
        DatedRate(date(2024, 3, 20), date(2026, 3, 21), 1000),
        DatedRate(date(2026, 3, 21), None, 1200),
    )


def test_the_last_day_belongs_to_the_rate():
    rates = read(HEADINGS, ("1402/01/01", "1402/12/29", "۹"))
    assert rates == (DatedRate(date(2023, 3, 21), date(2024, 3, 20), 900),)


def test_a_sheet_may_speak_persian_and_have_its_rows_in_any_order():
    persian = read(("از", "تا پایان", "درصد"), ("۱۴۰۵/۰۱/۰۱", "", "۱۲٪"), ("۱۴۰۳/۰۱/۰۱", "", "۱۰٪"))
    assert persian == read(HEADINGS, ("1403/01/01", "", "10"), ("1405/01/01", "", "12"))


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ([("1403/13/01", "", "10")], ("cell_not_a_day", 2)),
        ([("1403/01/01", "1402/12/29", "10")], ("cell_before_first_day", 2)),
        ([("1403/01/01", "", "0.1")], ("cell_not_a_percentage", 2)),
        ([("1403/01/01", "", "10"), ("1403/01/01", "", "12")], ("cell_repeated", 3)),
        ([("1403/01/01", "1404/12/29", "10"), ("1404/01/01", "", "12")], ("cell_overlaps", 3)),
        ([("1403/01/01", "", "=0.1*100")], ("cell_formula", 2)),
        ([("1403/01/01", "", "10", "?")], ("cell_beyond", 2)),
    ],
)
def test_each_mistake_is_told_with_its_row(cells: list[Sequence[str]], expected: tuple[str, int]):
    assert expected in mistakes(*cells)


def test_nothing_may_stand_above_the_table():
    found = read(("vat", "10"), HEADINGS, ("1403/01/01", "", "10"))
    assert isinstance(found, Mistakes)
    assert [problem.detail for problem in found.problems] == ["cell_unknown_field"]


def test_a_rate_is_a_fraction_to_calculate_with():
    assert DatedRate(date(2024, 3, 20), None, 950).fraction == Decimal("0.095")


def test_a_rate_may_end_the_day_before_the_next_begins_and_last_one_day():
    rates = read(HEADINGS, ("1403/01/01", "1403/12/30", "10"), ("1404/01/01", "1404/01/01", "12"))
    assert rates == (
        DatedRate(date(2024, 3, 20), date(2025, 3, 21), 1000),
        DatedRate(date(2025, 3, 21), date(2025, 3, 22), 1200),
    )


def test_every_rate_is_told_of_in_whatever_order_the_rows_stand():
    found = mistakes(("1405/01/01", "", "10"), ("1403/01/01", "", "9"), ("1405/01/01", "", "12"), ("?", "", "?"))
    assert found == [("cell_not_a_day", 5), ("cell_not_a_percentage", 5), ("cell_repeated", 4)]


def test_a_day_that_is_none_is_told_though_a_last_day_stands_beside_it():
    assert mistakes(("?", "1403/12/29", "10")) == [("cell_not_a_day", 2)]
    assert mistakes(("1403/01/01", "?", "10")) == [("cell_not_a_day", 2)]


def test_rates_are_chained_by_their_first_days():
    older, newer = DatedRate(date(2024, 3, 20), None, 1000), DatedRate(date(2026, 3, 21), None, 1200)
    assert chained((newer, older)) == (replace(older, ends_before=newer.starts_on), newer)


def test_a_row_without_a_day_is_told_though_its_rate_is_good():
    assert mistakes(("1403/01/01", "", "10"), ("?", "", "12")) == [("cell_not_a_day", 3)]
    assert mistakes(("1403/01/01", "", "?"), ("1404/01/01", "", "12")) == [("cell_not_a_percentage", 2)]
