"""Reading a tariff edition from the rows of a sheet."""

from collections.abc import Sequence
from datetime import date

import pytest

from backoffice.domain.money import PriceUnit
from backoffice.domain.sheet import Mistakes, SheetRow, column_name
from backoffice.domain.tariff import TariffEdition, TariffLine
from backoffice.domain.tariff_file import Names, TariffDraft, read_tariff
from backoffice.operations.file_names import names
from backoffice.wording import LANGUAGES, problem_text

HEAD = [("jalali_year", "1405"), ("version", "3"), ("effective_from", "1405/10/01"), ("source", "نمونه")]
HEADINGS = ("code", "unit", "rate_rials")
LINES = [("hour", "hour", "10430000"), ("km", "kilometre", "52000")]
WHOLE = [*HEAD, (), HEADINGS, *LINES]

NAMES: Names = names()


def rows(*cells: Sequence[str]) -> list[SheetRow]:
    return [SheetRow(number, tuple(texts)) for number, texts in enumerate(cells, start=1)]


def read(*cells: Sequence[str]) -> TariffDraft | Mistakes:
    return read_tariff(rows(*cells), NAMES)


def mistakes(*cells: Sequence[str]) -> list[tuple[str | None, object, object]]:
    """Detail, row and column of each mistake, all of which can be put into words."""
    found = read(*cells)
    assert isinstance(found, Mistakes)
    for problem in found.problems:
        assert all(problem_text(problem, language) for language in LANGUAGES)
    return [(problem.detail, problem.params.get("row"), problem.params.get("column")) for problem in found.problems]


def replaced(row: int, *cells: str) -> list[Sequence[str]]:
    """The whole sheet with another row."""
    return [cells if number == row else texts for number, texts in enumerate(WHOLE, start=1)]


def test_a_sheet_is_an_edition_that_nobody_has_approved():
    lines = (TariffLine("hour", PriceUnit.HOUR, 10_430_000), TariffLine("km", PriceUnit.KILOMETRE, 52_000))
    edition = TariffEdition(None, 1405, 3, date(2026, 12, 22), lines, approved=False)
    assert read(*WHOLE) == TariffDraft(edition, "نمونه")


def test_a_sheet_may_speak_persian():
    persian = [
        ("سال", "۱۴۰۵"),
        ("نسخه", "۳"),
        ("اجرا از", "۱۴۰۵/۱۰/۰۱"),
        ("منبع", "نمونه"),
        ("كد", "واحد", "نرخ (ریال)"),  # with the Arabic letter
        ("hour", "ساعت", "۱۰٬۴۳۰٬۰۰۰"),
        ("km", "کیلومتر", "٥٢٠٠٠"),
    ]
    assert read(*persian) == read(*WHOLE)


def test_columns_may_stand_in_any_order_and_blank_rows_anywhere():
    moved = [(), *HEAD, (" ",), ("rate_rials", "", "code", "unit"), (), ("10430000", "", "hour", "hour")]
    assert read(*moved, ("52000", "", "km", "kilometre")) == read(*WHOLE)


def test_the_source_may_be_left_out():
    for sheet in (WHOLE[:3] + WHOLE[4:], replaced(4, "source")):
        draft = read(*sheet)
        assert isinstance(draft, TariffDraft)
        assert draft.source == ""


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        (replaced(1, "jalali_year", "2026"), ("cell_not_a_number", 1, "jalali_year")),
        (replaced(2, "version", "0"), ("cell_not_a_number", 2, "version")),
        (replaced(2, "version", "=1+2"), ("cell_formula", 2, "B")),
        (replaced(3, "effective_from", "1404/12/29"), ("cell_other_year", 3, "effective_from")),
        (replaced(3, "effective_from", "1405/10/31"), ("cell_not_a_day", 3, "effective_from")),
        (replaced(3, "effective_from", ""), ("cell_required", 3, "effective_from")),
        (replaced(3), ("sheet_field_missing", None, None)),
        (replaced(1, "jalali_year", "1329"), ("cell_not_a_number", 1, "jalali_year")),
        (replaced(1, "jalali_year", "1501"), ("cell_not_a_number", 1, "jalali_year")),
        (replaced(2, "version", "1000"), ("cell_not_a_number", 2, "version")),
        (replaced(4, "source", "x" * 201), ("cell_not_a_text", 4, "source")),
        (replaced(4, "source", "two\x07lines"), ("cell_not_a_text", 4, "source")),
        (replaced(4, "hour", "x"), ("cell_unknown_field", 4, "A")),
        (replaced(6, *HEADINGS, "source"), ("cell_unknown_field", 6, "D")),
        (replaced(4, "sauce", "x"), ("cell_unknown_field", 4, "A")),
        (replaced(4, "version", "3"), ("cell_repeated", 4, "A")),
        (replaced(4, "source", "x", "y"), ("cell_beyond", 4, "C")),
        (replaced(5, "a note that would be lost"), ("cell_unknown_field", 5, "A")),
        (replaced(6, "code", "unit", "rate"), ("sheet_column_missing", 6, "rate_rials")),
        (replaced(6, *HEADINGS, "rate_rials"), ("cell_repeated", 6, "D")),
        (replaced(6, *HEADINGS, "note"), ("cell_unknown_field", 6, "D")),
        (replaced(7, "hour", "hour", "1,5"), ("cell_not_rials", 7, "rate_rials")),
        (replaced(7, "hour", "hour", "9" * 17), ("cell_too_many_rials", 7, "rate_rials")),
        (replaced(7, "hour", "hour"), ("cell_required", 7, "rate_rials")),
        (replaced(7, "hour", "parsec", "5"), ("cell_not_a_unit", 7, "unit")),
        (replaced(7, "ساعت", "hour", "5"), ("cell_not_a_code", 7, "code")),
        (replaced(7, "hour", "hour", "=5"), ("cell_formula", 7, "C")),
        (replaced(7, "hour", "hour", "9", "480", "000"), ("cell_beyond", 7, "D")),
        (replaced(8, "hour", "hour", "5"), ("cell_repeated", 8, "code")),
    ],
)
def test_each_mistake_is_told_with_its_row_and_column(sheet: list[Sequence[str]], expected: tuple[object, ...]):
    assert expected in mistakes(*sheet)


def test_all_mistakes_are_told_at_once():
    found = mistakes(*HEAD, HEADINGS, ("hour", "parsec", "x"), ("", "hour", "5"))
    assert found == [("cell_not_a_unit", 6, "unit"), ("cell_not_rials", 6, "rate_rials"), ("cell_required", 7, "code")]


def test_a_sheet_without_a_table_and_one_without_lines_are_refused():
    assert mistakes(*HEAD) == [("sheet_table_missing", None, None)]
    assert mistakes(*HEAD, HEADINGS) == [("sheet_table_empty", None, None)]
    assert mistakes() == [("sheet_table_missing", None, None)]


def test_a_mistake_is_told_in_persian_with_its_row_and_column():
    found = read(*replaced(7, "hour", "hour", "ده"))
    assert isinstance(found, Mistakes)
    text = problem_text(found.problems[0], "fa")
    assert text == "ردیف ۷، ستون «rate_rials»: «ده» مبلغی به ریال بدون اعشار نیست."


@pytest.mark.parametrize(("index", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(index: int, letters: str):
    assert column_name(index) == letters


@pytest.mark.parametrize(
    ("row", "name", "value"), [(2, "version", "1"), (2, "version", "999"), (4, "source", "x" * 200)]
)
def test_the_least_and_the_most_are_allowed(row: int, name: str, value: str):
    assert isinstance(read(*replaced(row, name, value)), TariffDraft)


@pytest.mark.parametrize(("year", "day"), [("1330", "1330/01/01"), ("1500", "1500/01/01")])
def test_the_first_and_the_last_year_are_allowed(year: str, day: str):
    sheet = [("jalali_year", year), WHOLE[1], ("effective_from", day), *WHOLE[3:]]
    assert isinstance(read(*sheet), TariffDraft)


def test_a_source_may_have_half_spaces():
    draft = read(*replaced(4, "source", "نظام\u200cصنفی"))
    assert isinstance(draft, TariffDraft)
    assert draft.source == "نظام\u200cصنفی"


@pytest.mark.parametrize("row", [1, 2, 3])
def test_a_field_that_is_wrong_is_no_edition(row: int):
    assert isinstance(read(*replaced(row, WHOLE[row - 1][0], "?")), Mistakes)
    assert isinstance(read(*(cells for number, cells in enumerate(WHOLE, start=1) if number != row)), Mistakes)


def test_a_formula_is_told_once():
    assert mistakes(*replaced(7, "hour", "hour", "=5")) == [("cell_formula", 7, "C")]


def test_a_mistake_is_the_files():
    found = read(("note", "x"), *WHOLE[4:])
    assert isinstance(found, Mistakes)
    assert {problem.path for problem in found.problems} == {("file",)}


def test_a_field_of_another_kind_of_sheet_is_unknown_here():
    assert mistakes(*replaced(4, "percent", "10")) == [("cell_unknown_field", 4, "A")]
    assert ("cell_unknown_field", 6, "D") in mistakes(*replaced(6, *HEADINGS, "percent"))


def test_without_its_first_heading_there_is_no_table():
    assert ("sheet_table_missing", None, None) in mistakes(*HEAD, HEADINGS[1:], *(line[1:] for line in LINES))


def test_nothing_may_stand_below_a_blank_heading():
    sheet = [*HEAD, ("code", "", "unit", "rate_rials"), ("hour", "?", "hour", "5")]
    assert mistakes(*sheet) == [("cell_beyond", 6, "B")]


def test_a_year_that_is_none_is_told_once():
    assert mistakes(*replaced(1, "jalali_year", "2026")) == [("cell_not_a_number", 1, "jalali_year")]
