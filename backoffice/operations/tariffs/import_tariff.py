"""Import a tariff edition from a file; it is a draft until somebody else approves it."""

import dataclasses
from dataclasses import dataclass, replace
from typing import Annotated

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError

from backoffice.domain.event import Event
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.sheet import Mistakes
from backoffice.domain.tariff import TariffEdition
from backoffice.domain.tariff_file import TariffDraft, read_tariff
from backoffice.models import TariffEdition as EditionRow
from backoffice.models import TariffLine as LineRow
from backoffice.operations import lookups
from backoffice.operations.command import Command, Given
from backoffice.operations.file_names import names
from backoffice.operations.file_rows import rows_of
from backoffice.operations.kinds import File
from backoffice.operations.operation import Operation
from backoffice.operations.result import Refusal
from backoffice.operations.retrying import Contended
from backoffice.operations.tariffs import editions
from backoffice.operations.tariffs.review_tariff import TariffReview, reviewed
from backoffice.operations.work import Done, Work


@dataclass(frozen=True, kw_only=True)
class ImportTariff(Command):
    """A file as it was given: its name, which tells an xlsx from a csv, and what is in it."""

    file_name: Annotated[
        str,
        Given(
            File(),
            Label(fa="نام فایل", en="File name"),
            about="What the file is called, which tells an xlsx from a csv.",
        ),
    ]
    content: Annotated[bytes, Given(File(), Label(fa="فایل", en="File"), about="What is in the file.")] = (
        dataclasses.field(repr=False)
    )


def _import(work: Work, command: ImportTariff) -> Done[TariffReview]:
    draft = _read(command)
    done = _store(work, draft)
    review = reviewed(work.session, draft.edition, source=draft.source, imported_by=work.viewer.name)
    return replace(done, told=review)


def _read(command: ImportTariff) -> TariffDraft:
    rows = rows_of(command.file_name, command.content)
    if isinstance(rows, Problem):
        raise Refusal(rows)
    read = read_tariff(rows, names())
    if isinstance(read, Mistakes):
        raise Refusal(*read.problems)
    return read


def _store(work: Work, draft: TariffDraft) -> Done[TariffReview]:
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


import_tariff = Operation(
    name=editions.IMPORT,
    label=Label(fa="ورود تعرفه", en="Import a tariff edition"),
    description="Import a tariff edition from a file; it is a draft until somebody else approves it.",
    permission="tariff.write",
    command=ImportTariff,
    entity=editions.ENTITY,
    events=(Event.TARIFF_IMPORTED,),
    body=_import,
)
"""``id`` is the edition's, ``told`` its review. INVALID for each mistake in the file, and then nothing is written.

A draft of the same year and version gets these lines instead of its own; of an approved one it is a DUPLICATE.
"""
