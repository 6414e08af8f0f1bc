"""The rows of files that people filled in."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from backoffice.domain.problem import Problem
from backoffice.operations import file_rows
from backoffice.operations.file_rows import rows_of, text_of
from backoffice.wording import LANGUAGES, problem_text


def workbook(*rows: tuple[Any, ...], formats: dict[str, str] | None = None) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for address, number_format in (formats or {}).items():
        book.active[address].number_format = number_format
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def cells(name: str, content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    rows = rows_of(name, content)
    assert not isinstance(rows, Problem), rows
    return [(row.number, row.cells) for row in rows]


def refused(name: str, content: bytes) -> str | None:
    problem = rows_of(name, content)
    assert isinstance(problem, Problem)
    assert all(problem_text(problem, language) for language in LANGUAGES)
    return problem.detail


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_is_read_with_any_usual_delimiter(delimiter: str, mark: str):
    text = mark + "\n".join(delimiter.join(row) for row in [("کد", "نرخ"), ("a", "1"), (), ("b", '"2\n3"')])
    assert cells("t.csv", text.encode()) == [(1, ("کد", "نرخ")), (2, ("a", "1")), (3, ()), (4, ("b", "2\n3"))]


def test_a_workbook_has_the_texts_that_people_would_have_typed():
    content = workbook(
        ("text", 9480000, 9480000.0, 0.5, None),
        (),
        (date(2026, 9, 23), datetime(2026, 9, 23, 12), True, None, "۱۴۰۵"),  # noqa: DTZ001  # as spreadsheets have it
    )
    assert cells("T.XLSX", content) == [
        (1, ("text", "9480000", "9480000", "0.5")),
        (2, ()),
        (3, ("2026-09-23", "2026-09-23", "True", "", "۱۴۰۵")),
    ]


def test_a_percentage_of_a_workbook_is_what_it_shows():
    content = workbook((0.1, 0.095, 0.1), formats={"A1": "0%", "B1": "0.00%"})
    assert cells("t.xlsx", content) == [(1, ("10%", "9.5%", "0.1"))]


def test_a_formula_keeps_its_sign_and_is_not_calculated():
    content = workbook(("=1+1", ArrayFormula("B1:B1", "=SUM(1,1)")))
    assert [text.startswith("=") for text in cells("t.xlsx", content)[0][1]] == [True, True]


def test_the_rows_of_a_workbook_keep_their_numbers_across_gaps():
    book = Workbook()
    book.active["A1"], book.active["C4"] = "a", "c"
    stream = io.BytesIO()
    book.save(stream)
    assert cells("t.xlsx", stream.getvalue()) == [(1, ("a",)), (2, ()), (3, ()), (4, ("", "", "c"))]


@pytest.mark.parametrize(
    ("name", "content", "detail"),
    [
        ("t.ods", b"", "file_kind"),
        ("t", b"", "file_kind"),
        ("t.csv", "کد".encode("cp1256"), "file_encoding"),
        ("t.csv", b"a\0b", "file_encoding"),
        ("t.csv", b'a,"b', "file_unreadable"),
        ("t.xlsx", b"not a zip", "file_unreadable"),
        ("t.xlsx", b"", "file_unreadable"),
        ("t.csv", b"a\n" * (file_rows.MOST_ROWS + 1), "file_cells"),
        ("t.csv", b"a," * file_rows.MOST_COLUMNS + b"a", "file_cells"),
        ("t.csv", b"a" * (file_rows.MOST_BYTES + 1), "file_too_large"),
        ("t.xlsx", b"a" * (file_rows.MOST_BYTES + 1), "file_too_large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str, content: bytes, detail: str):
    assert refused(name, content) == detail


def zipped(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize("damage", [b"", b"<", b"<worksheet/>", b"\xff" * 100])
def test_a_workbook_with_a_damaged_part_is_refused(damage: bytes):
    with zipfile.ZipFile(io.BytesIO(workbook(("a",)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    assert refused("t.xlsx", zipped(files | {"xl/workbook.xml": damage})) == "file_unreadable"


def test_a_zip_that_is_no_workbook_is_refused():
    assert refused("t.xlsx", zipped({"a": b"b"})) == "file_unreadable"


def test_a_small_file_that_unpacks_to_much_is_refused():
    assert refused("t.xlsx", zipped({"a": b"0" * (file_rows.MOST_UNPACKED_BYTES + 1)})) == "file_too_large"


def test_what_a_workbook_says_about_its_size_is_not_believed():
    with zipfile.ZipFile(io.BytesIO(workbook(("a",)))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    files[sheet] = files[sheet].replace(b'ref="A1"', b'ref="A1:XFD1048576"')
    assert cells("t.xlsx", zipped(files)) == [(1, ("a",))]


def test_a_text_is_read_without_its_byte_order_mark():
    assert text_of("\ufeffکد".encode()) == "کد"
    assert isinstance(text_of(b"\xff"), Problem)
