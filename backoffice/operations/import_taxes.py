"""Import dated VAT from a file: new rates are added, known ones may get a last day, and used ones keep their rate."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import select

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.tax_file import DatedRate, chained, read_taxes
from backoffice.models import CoverageDecision, TaxRate
from backoffice.operations.command import Command
from backoffice.operations.desk import Desk
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import rows_of
from backoffice.operations.operation import perform
from backoffice.operations.result import Refusal, Result
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ImportTaxes(Command):
    """A file as it was given: its name, which tells an xlsx from a csv, and what is in it."""

    operation: ClassVar[str] = "import_taxes"

    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class TaxImport:
    """What came of an import or its preview; ``rates`` is the whole table as it is, or would be, afterwards."""

    result: Result
    rates: tuple[DatedRate, ...] = ()


class _OnlyPreviewed(Exception):
    """Undoes what a preview has written."""

    def __init__(self, rates: tuple[DatedRate, ...]) -> None:
        super().__init__()
        self.rates = rates


def import_taxes(desk: Desk, viewer: Viewer, command: ImportTaxes) -> TaxImport:
    """INVALID for each mistake in the file; CONFLICT where it changes a rate that decisions were made with.

    ``result.id`` is that of the file's first rate, None when all was there already. Rates that the file does not name
    stay; an open one ends where the next begins.
    """
    return _imported(desk, viewer, command, preview=False)
