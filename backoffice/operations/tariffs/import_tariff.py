"""Import a tariff edition from a file; it is a draft until somebody else approves it."""

from dataclasses import dataclass, field
from typing import ClassVar

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from backoffice.access.viewer import Viewer
from backoffice.domain.event import Event
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.sheet import Mistakes
from backoffice.domain.tariff import TariffEdition
from backoffice.domain.tariff_file import TariffDraft, read_tariff
from backoffice.models import TariffEdition as EditionRow
from backoffice.models import TariffLine as LineRow
from backoffice.operations import lookups
from backoffice.operations.command import Command
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import rows_of
from backoffice.operations.premises import Premises
from backoffice.operations.result import Refusal, Result
from backoffice.operations.retrying import Contended
from backoffice.operations.tariffs import editions
from backoffice.operations.tariffs.review_tariff import TariffReview, reviewed
from backoffice.operations.undeclared import perform
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ImportTariff(Command):
    """A file as it was given: its name, which tells an xlsx from a csv, and what is in it."""

    operation: ClassVar[str] = editions.IMPORT

    file_name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True)
class TariffImport:
    """What came of an import or its preview; ``review`` is None beside problems."""

    result: Result
    review: TariffReview | None = None


def import_tariff(desk: Premises, viewer: Viewer, command: ImportTariff) -> TariffImport:
    """``result.id`` is the edition's. INVALID for each mistake in the file, and then nothing is written.

    A draft of the same year and version gets these lines instead of its own; of an approved one it is a DUPLICATE.
    """
    viewer.require("tariff.write")
    draft = _read(command)
    if isinstance(draft, Result):
        return TariffImport(draft)
    result = perform(desk, viewer, "tariff.write", command, lambda work: _store(work, draft))
    if result.problems:
        return TariffImport(result)
    return TariffImport(result, _seen(desk, viewer, draft))


def preview_tariff(desk: Premises, viewer: Viewer, command: ImportTariff) -> TariffImport:
    """What ``import_tariff`` would say now; nothing is written, and ``result.id`` is None."""
    viewer.require("tariff.write")
    draft = _read(command)
    if isinstance(draft, Result):
        return TariffImport(draft)
    with desk.database.reading() as session:
        row = editions.find(session, draft.edition.jalali_year, draft.edition.version)
    if row is not None and row.approved_at is not None:
        return TariffImport(Result(id=None, problems=(_approved_already(draft.edition),)))
    return TariffImport(Result(id=None), _seen(desk, viewer, draft))


def _read(command: ImportTariff) -> TariffDraft | Result:
    rows = rows_of(command.file_name, command.content)
    if isinstance(rows, Problem):
        return Result(id=None, problems=(rows,))
    read = read_tariff(rows, names())
    return Result(id=None, problems=read.problems) if isinstance(read, Mistakes) else read


def _seen(desk: Premises, viewer: Viewer, draft: TariffDraft) -> TariffReview:
    with desk.database.reading() as session:
        return reviewed(session, draft.edition, source=draft.source, imported_by=viewer.name)


def _store(work: Work, draft: TariffDraft) -> Done:
    row = editions.find(work.session, draft.edition.jalali_year, draft.edition.version)
    if row is None:
        row, before = _inserted(work, draft), None
    else:
        before = _emptied(work, row, draft)
    work.session.add_all(
        LineRow(edition_id=row.id, code=line.code, unit=line.unit, rate=line.rate) for line in draft.edition.lines
    )
    work.session.flush()
    after = _document(editions.with_lines(work.session, row), row.source)
    return Done(entity=editions.ENTITY, entity_id=row.id, events=(Event.TARIFF_IMPORTED,), before=before, after=after)


def _inserted(work: Work, draft: TariffDraft) -> EditionRow:
    edition = draft.edition
    row = EditionRow(
        jalali_year=edition.jalali_year,
        version=edition.version,
        effective_from=edition.effective_from,
        source=draft.source,
        created_at=work.now,
    )
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError as error:
        raise Contended("somebody imported the same edition at this moment") from error
    return row


def _emptied(work: Work, row: EditionRow, draft: TariffDraft) -> dict[str, object]:
    """Make room in a draft for the lines of another import; what it was before."""
    lookups.lock(work, row)
    if row.approved_at is not None:
        raise Refusal(_approved_already(draft.edition))
    before = _document(editions.with_lines(work.session, row), row.source)
    work.session.execute(delete(LineRow).where(LineRow.edition_id == row.id))
    row.effective_from, row.source = draft.edition.effective_from, draft.source
    return before


def _approved_already(edition: TariffEdition) -> Problem:
    params = {"jalali_year": edition.jalali_year, "version": edition.version}
    return Problem(code=ErrorCode.DUPLICATE, detail="tariff_edition", path=("file",), params=params)


def _document(edition: TariffEdition, source: str) -> dict[str, object]:
    return {
        "jalali_year": edition.jalali_year,
        "version": edition.version,
        "effective_from": edition.effective_from,
        "source": source,
        "lines": [{"code": line.code, "unit": line.unit, "rate": line.rate} for line in edition.lines],
    }
