"""The rows of a file that somebody filled in, xlsx or csv, every cell as text; nothing in it is calculated."""

import csv
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import PurePath

from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.sheet import FORMULA, SheetRow

MOST_BYTES = 2_000_000
MOST_UNPACKED_BYTES = 50_000_000
"""An xlsx is a zip: what is small on the disk may unpack to far more than a price list ever is."""

MOST_ROWS = 5_000
MOST_COLUMNS = 50
DELIMITERS = ",;\t"

NOT_A_WORKBOOK = (
    *(zipfile.BadZipFile, zlib.error, SyntaxError, OSError, EOFError),
    *(LookupError, ValueError, TypeError, NotImplementedError),
)
"""What openpyxl raises for a file that only looks like a workbook: whatever it stumbled on first."""


class _NotRead(Exception):
    """Ends the reading of a file with its problem."""

    def __init__(self, detail: str, **params: object) -> None:
        super().__init__(detail)
        self.problem = Problem(code=ErrorCode.INVALID, detail=f"file_{detail}", path=("file",), params=params)


def rows_of(name: str, content: bytes) -> tuple[SheetRow, ...] | Problem:
    """The rows of the file called ``name``, the first sheet of a workbook; or why it cannot be read.

    Numbers and days of a workbook become the texts people would have typed; a formula keeps its ``=``.
    """
    try:
        return tuple(_rows(name, content))
    except _NotRead as failed:
        return failed.problem


def text_of(content: bytes) -> str | Problem:
    """The text of a file in UTF-8, with or without a byte order mark."""
    try:
        return _text(content)
    except _NotRead as failed:
        return failed.problem


def _rows(name: str, content: bytes) -> Iterator[SheetRow]:
    kind = PurePath(name).suffix.lower()
    if kind == ".csv":
        rows = _csv_rows(_text(content))
    elif kind == ".xlsx":
        _refuse_too_large(content)
        rows = _xlsx_rows(content)
    else:
        raise _NotRead("kind", given=PurePath(name).name, kinds=".xlsx .csv")
    for number, cells in enumerate(islice(rows, MOST_ROWS + 1), start=1):
        if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
            raise _NotRead("cells", rows=MOST_ROWS, columns=MOST_COLUMNS)
        yield SheetRow(number, cells)


def _refuse_too_large(content: bytes) -> None:
    if len(content) > MOST_BYTES:
        raise _NotRead("too_large", megabytes=MOST_BYTES // 1_000_000)


def _text(content: bytes) -> str:
    _refuse_too_large(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _NotRead("encoding", encoding="UTF-8") from None
    if "\0" in text:
        raise _NotRead("encoding", encoding="UTF-8")
    return text


def _csv_rows(text: str) -> Iterator[tuple[str, ...]]:
    """One tuple for each row, at the number a spreadsheet would give it."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            yield _trimmed(cells)
    except csv.Error:
        raise _NotRead("unreadable") from None


def _xlsx_rows(content: bytes) -> Iterator[tuple[str, ...]]:
    """Read as a stream: what the file says about its own size is not believed."""
    from openpyxl import load_workbook  # 179 modules, for the few who send a workbook

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(member.file_size for member in archive.infolist()) > MOST_UNPACKED_BYTES:
                raise _NotRead("too_large", megabytes=MOST_UNPACKED_BYTES // 1_000_000)
        with closing(load_workbook(io.BytesIO(content), read_only=True, keep_links=False)) as workbook:
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            for cells in sheet.iter_rows():
                yield _trimmed(_shown(cell) for cell in cells)
    except NOT_A_WORKBOOK:
        raise _NotRead("unreadable") from None


def _trimmed(cells: Iterable[str]) -> tuple[str, ...]:
    found = list(cells)
    while found and not found[-1].strip():
        found.pop()
    return tuple(found)


def _shown(cell: object) -> str:
    """A cell's value as it would be typed: a percentage with its sign, a whole number without a point."""
    value = getattr(cell, "value", None)
    if getattr(cell, "data_type", "") == "f":
        return value if isinstance(value, str) else FORMULA
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _number(value, str(getattr(cell, "number_format", "")))
    return str(value)


def _number(value: float, number_format: str) -> str:
    exact = Decimal(repr(value))
    if "%" in number_format:
        return _plain(exact * 100) + "%"
    return _plain(exact)


def _plain(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
