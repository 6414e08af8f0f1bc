"""What somebody looks at before a tariff edition is approved: its lines, what they change, and what they leave out."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.domain.canonical import content_hash
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.tariff import TariffEdition
from backoffice.domain.tariff_difference import TariffDifference, difference
from backoffice.domain.tariff_fit import Misfit, misfits
from backoffice.operations.premises import Premises
from backoffice.operations.rules.tariff_books import tariff_book
from backoffice.operations.tariffs import editions


@dataclass(frozen=True)
class TariffReview:
    """An edition beside the one before it. ``warnings`` name what could not be priced by it, and refuse nothing.

    ``imported_by`` is the name in the audit trail, None for an edition that no file brought, ``imported_by_id`` their
    id, None where that is no member of staff. ``reviewed`` stands for the lines seen here: given to
    ``approve_tariff``, it approves these and no others.
    """

    edition: TariffEdition
    source: str
    imported_by: str | None
    difference: TariffDifference
    warnings: tuple[Problem, ...]
    imported_by_id: int | None = None

    @property
    def reviewed(self) -> str:
        """The hash of what was seen."""
        return reviewed_hash(self.edition)


def review_tariff(desk: Premises, viewer: Viewer, jalali_year: int, version: int) -> TariffReview | None:
    """The edition with its difference; None when there is none of that year and version."""
    viewer.require("tariff.read")
    with desk.database.reading() as session:
        row = editions.find(session, jalali_year, version)
        if row is None:
            return None
        entry = editions.importer(session, row.id)
        edition = editions.with_lines(session, row)
        review = reviewed(session, edition, source=row.source, imported_by=entry.actor if entry else None)
        return replace(review, imported_by_id=entry.staff_id if entry else None)


def reviewed(session: Session, edition: TariffEdition, *, source: str, imported_by: str | None) -> TariffReview:
    """The review of an edition, stored or not."""
    book = tariff_book(session)
    warnings = tuple(_warning(edition, misfit) for misfit in misfits(edition, book.mappings))
    return TariffReview(edition, source, imported_by, difference(edition, book.editions), warnings)


def reviewed_hash(edition: TariffEdition) -> str:
    """What tells an edition from another with other lines, another first day, year or version."""
    lines = sorted((line.code, line.unit.value, line.rate) for line in edition.lines)
    return content_hash([edition.jalali_year, edition.version, edition.effective_from, lines])


def _warning(edition: TariffEdition, misfit: Misfit) -> Problem:
    params = {"line": misfit.line, "service_type": misfit.service_type}
    if misfit.unit is None:
        return Problem(code=ErrorCode.INVALID, detail="tariff_line_missing", path=("lines",), params=params)
    named = {**params, "unit": misfit.unit.value}
    return Problem(code=ErrorCode.INVALID, detail="tariff_line_unusable", path=("lines",), params=named)
