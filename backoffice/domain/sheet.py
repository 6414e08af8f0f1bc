"""A sheet that people filled in: fields above, a table below, and what is wrong, cell by cell.

Above the table a row holds a field's name and its value; the table begins with a row of headings. Every cell is a text,
and rows have the numbers that a spreadsheet shows.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from backoffice.domain.cell_text import BadText, cleaned
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import fold

Value = TypeVar("Value")

FORMULA = "="


@dataclass(frozen=True)
class SheetRow:
    """One row of a sheet, with the number that a spreadsheet shows beside it."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it."""
        return not any(cleaned(cell) for cell in self.cells)

    def text(self, index: int) -> str:
        """The text of a cell; empty beyond the row's end."""
        return self.cells[index].strip() if index < len(self.cells) else ""


@dataclass(frozen=True)
class Cell:
    """One cell: its row, the name of its column as the sheet has it, and its text."""

    row: int
    column: str
    text: str

    def problem(self, detail: str, params: Mapping[str, object] | None = None) -> Problem:
        """What is wrong with this cell; worded as ``problem.cell_<detail>``."""
        told = {"row": self.row, "column": self.column, "given": self.text, **(params or {})}
        return Problem(code=ErrorCode.INVALID, detail=f"cell_{detail}", path=("file",), params=told)


def column_name(index: int) -> str:
    """The letters a spreadsheet shows above a column: 0 is A, 26 is AA."""
    letters = ""
    while index >= 0:
        index, letter = index // 26 - 1, index % 26
        letters = chr(ord("A") + letter) + letters
    return letters


@dataclass(frozen=True)
class Mistakes:
    """Everything that is wrong with a sheet."""

    problems: tuple[Problem, ...]


@dataclass
class Reading:
    """A sheet being read. ``names`` gives the field or column by each of its names, folded; ``problems`` gather."""

    rows: Sequence[SheetRow]
    names: Mapping[str, str]
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rows = [row for row in self.rows if not row.is_blank]
        for row in self.rows:
            for index, text in enumerate(row.cells):
                if text.strip().startswith(FORMULA):
                    self.problems.append(Cell(row.number, column_name(index), text).problem("formula"))

    def value(self, cell: Cell | None, parse: Callable[[str], Value]) -> Value | None:
        """The value in ``cell``; None beside a problem, for an empty cell too. Of a missing cell none is told."""
        if cell is None or cell.text.startswith(FORMULA):
            return None
        if not cell.text:
            self.problems.append(cell.problem("required"))
            return None
        try:
            return parse(cell.text)
        except BadText as bad:
            self.problems.append(cell.problem(bad.code, bad.params))
            return None

    def fields(self, known: Sequence[str], optional: Sequence[str] = (), *, above: str) -> dict[str, Cell]:
        """The fields over the table, which begins at the row with the heading ``above``; ``known`` ones are needed."""
        found: dict[str, Cell] = {}
        start = self._table_start(above)
        if start is None:
            return found  # told once, by ``table``
        for row in self.rows[:start]:
            label, name = Cell(row.number, column_name(0), row.text(0)), self._named(row.text(0))
            if name is None or name not in (*known, *optional):
                self.problems.append(label.problem("unknown_field", {"fields": [*known, *optional]}))
            elif name in found:
                self.problems.append(label.problem("repeated", {"first": found[name].row}))
            else:
                found[name] = Cell(row.number, label.text, row.text(1))
            self._refuse_beyond(row, frozenset({0, 1}))
        for name in known:
            if name not in found:
                self.problems.append(_whole("field_missing", field=name))
        return found

    def table(self, needed: Sequence[str], optional: Sequence[str] = ()) -> Iterator[dict[str, Cell]]:
        """The rows of the table, each as its cells by column; none when headings are missing, which is told."""
        start = self._table_start(needed[0])
        if start is None:
            self.problems.append(_whole("table_missing", columns=list(needed)))
            return
        headings = self.rows[start]
        columns = self._columns(headings, (*needed, *optional))
        missing = [name for name in needed if name not in columns]
        self.problems.extend(_whole("column_missing", row=headings.number, column=name) for name in missing)
        if missing:
            return
        if start + 1 == len(self.rows):
            self.problems.append(_whole("table_empty"))
        headed = frozenset(index for index in range(len(headings.cells)) if headings.text(index))
        for row in self.rows[start + 1 :]:
            self._refuse_beyond(row, headed)
            yield {name: Cell(row.number, headings.text(index), row.text(index)) for name, index in columns.items()}

    def _columns(self, headings: SheetRow, known: Sequence[str]) -> dict[str, int]:
        columns: dict[str, int] = {}
        for index in range(len(headings.cells)):
            text = headings.text(index)
            cell, name = Cell(headings.number, column_name(index), text), self._named(text)
            if not text:
                continue
            if name is None or name not in known:
                self.problems.append(cell.problem("unknown_field", {"fields": list(known)}))
            elif name in columns:
                self.problems.append(cell.problem("repeated", {"first": headings.number}))
            else:
                columns[name] = index
        return columns

    def _refuse_beyond(self, row: SheetRow, allowed: frozenset[int]) -> None:
        """Nothing may stand in a column without a heading: it would be lost without a word."""
        for index in range(len(row.cells)):
            if index not in allowed and row.text(index):
                self.problems.append(Cell(row.number, column_name(index), row.text(index)).problem("beyond"))

    def _table_start(self, heading: str) -> int | None:
        for index, row in enumerate(self.rows):
            if heading in (self._named(row.text(column)) for column in range(len(row.cells))):
                return index
        return None

    def _named(self, text: str) -> str | None:
        return self.names.get(fold(text).strip())


def _whole(detail: str, **params: object) -> Problem:
    """What is wrong with the sheet as a whole."""
    return Problem(code=ErrorCode.INVALID, detail=f"sheet_{detail}", path=("file",), params=params)
