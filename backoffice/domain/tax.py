"""Value added tax, as a dated table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from backoffice.domain.canonical import JSON


@dataclass(frozen=True)
class TaxRate:
    """VAT from ``starts_on`` up to, not including, ``ends_before``: ``rate`` 0.10 is ten per cent."""

    id: int | None
    starts_on: date
    ends_before: date | None
    rate: Decimal

    def contains(self, day: date) -> bool:
        """Whether the rate is in force on ``day``."""
        return self.starts_on <= day and (self.ends_before is None or day < self.ends_before)

    def to_document(self) -> dict[str, JSON]:
        """The rate as JSON, the number as text."""
        return {
            "id": self.id,
            "starts_on": self.starts_on.isoformat(),
            "ends_before": self.ends_before.isoformat() if self.ends_before else None,
            "rate": str(self.rate),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "TaxRate":
        """The rate that ``to_document`` wrote."""
        ends_before = document["ends_before"]
        return cls(
            id=document["id"],
            starts_on=date.fromisoformat(document["starts_on"]),
            ends_before=date.fromisoformat(ends_before) if ends_before else None,
            rate=Decimal(document["rate"]),
        )


@dataclass(frozen=True)
class TaxTable:
    """The dated rates of VAT."""

    rates: tuple[TaxRate, ...] = ()

    def rate_on(self, day: date) -> TaxRate | None:
        """The rate in force on ``day``, the one begun last where two are; None when there is none."""
        in_force = (rate for rate in self.rates if rate.contains(day))
        return max(in_force, key=lambda rate: rate.starts_on, default=None)
