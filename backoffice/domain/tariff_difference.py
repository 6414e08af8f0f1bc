"""What a tariff edition changes: line by line against the edition before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from backoffice.domain.tariff import PriceUnit, TariffEdition, TariffLine


@dataclass(frozen=True)
class LineChange:
    """One line before and after; None where the edition has no such line. Rates are rials for one unit."""

    code: str
    old: TariffLine | None
    new: TariffLine | None

    @property
    def unit(self) -> PriceUnit | None:
        """The unit of the newer line."""
        line = self.new or self.old
        return line.unit if line else None

    @property
    def is_same(self) -> bool:
        """Whether nothing changed."""
        return self.old == self.new

    @property
    def percent(self) -> Decimal | None:
        """By how many per cent the rate rose, to one place; None for a new or dropped line, another unit, or from 0."""
        if self.old is None or self.new is None or self.old.unit is not self.new.unit or self.old.rate == 0:
            return None
        return (Decimal(self.new.rate - self.old.rate) * 100 / self.old.rate).quantize(Decimal("0.1"))


@dataclass(frozen=True)
class TariffDifference:
    """What ``edition`` changes of the one ``before``, None for the first; its lines in order, dropped ones last."""

    before: TariffEdition | None
    edition: TariffEdition
    lines: tuple[LineChange, ...]


def difference(edition: TariffEdition, editions: Iterable[TariffEdition]) -> TariffDifference:
    """What ``edition`` changes of the newest approved one of ``editions`` that comes before it."""
    own = _order(edition)
    earlier = (other for other in editions if other.approved and _order(other) < own)
    before = max(earlier, key=_order, default=None)
    old = {line.code: line for line in before.lines} if before else {}
    new = {line.code for line in edition.lines}
    return TariffDifference(
        before,
        edition,
        (
            *(LineChange(line.code, old.get(line.code), line) for line in edition.lines),
            *(LineChange(code, line, None) for code, line in old.items() if code not in new),
        ),
    )


def _order(edition: TariffEdition) -> tuple[date, int, int]:
    return edition.effective_from, edition.jalali_year, edition.version
