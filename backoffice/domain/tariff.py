"""The tariff book: editions of the guild's price list, what of it prices which service, and billed minutes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from backoffice.domain.calendar import jalali_year
from backoffice.domain.canonical import JSON, content_hash
from backoffice.domain.money import PriceUnit
from backoffice.domain.plan import MissingTariff
from backoffice.domain.service import Mode
from backoffice.domain.term import ANY_SERVICE

__all__ = [
    "BillingRule",
    "PriceUnit",
    "TariffBook",
    "TariffEdition",
    "TariffLine",
    "TariffMapping",
]


@dataclass(frozen=True)
class TariffLine:
    """One line of an edition: ``rate`` rials for one ``unit``."""

    code: str
    unit: PriceUnit
    rate: int


@dataclass(frozen=True)
class TariffEdition:
    """One edition of the price list, in force from ``effective_from`` in its Jalali year, once approved."""

    id: int | None
    jalali_year: int
    version: int
    effective_from: date
    lines: tuple[TariffLine, ...]
    approved: bool = True

    def line(self, code: str) -> TariffLine | None:
        """The line of that code."""
        return next((line for line in self.lines if line.code == code), None)


@dataclass(frozen=True)
class BillingRule:
    """Billed minutes in one mode: at least ``minimum_minutes``, rounded up to a multiple of ``step_minutes``."""

    mode: Mode
    minimum_minutes: int
    step_minutes: int

    def __post_init__(self) -> None:
        if self.minimum_minutes < 0 or self.step_minutes < 1:
            raise ValueError(f"billing of {self.mode}: a minimum of 0 minutes or more and a step of 1 or more")

    def billed(self, minutes: int | None) -> int:
        """The minutes to bill for ``minutes`` of work; the minimum's when they are not known."""
        worked = max(minutes or 0, self.minimum_minutes)
        return -(-worked // self.step_minutes) * self.step_minutes


@dataclass(frozen=True)
class TariffMapping:
    """Which lines of an edition price a service type, or any other (``*``). Travel lines are for work on site."""

    service_type: str
    labour: str
    call_out: str | None = None
    kilometre: str | None = None


@dataclass(frozen=True)
class TariffBook:
    """All that prices are found in."""

    editions: tuple[TariffEdition, ...] = ()
    billing: tuple[BillingRule, ...] = ()
    mappings: tuple[TariffMapping, ...] = ()

    def edition_on(self, day: date, missing: MissingTariff) -> tuple[TariffEdition | None, bool]:
        """``(edition, provisional)`` for work on ``day``.

        The newest approved edition of that day's Jalali year in force on it. Where the year has none, the newest of
        earlier years, provisionally, if ``missing`` says so; else ``(None, False)``.
        """
        year = jalali_year(day)
        in_force = [edition for edition in self.editions if edition.approved and edition.effective_from <= day]
        own = _newest(edition for edition in in_force if edition.jalali_year == year)
        if own is not None or missing is not MissingTariff.PREVIOUS_PROVISIONAL:
            return own, False
        earlier = _newest(edition for edition in in_force if edition.jalali_year < year)
        return earlier, earlier is not None

    def billing_rule(self, mode: Mode) -> BillingRule | None:
        """The minimum and step of a mode."""
        return next((rule for rule in self.billing if rule.mode is mode), None)

    def billed_minutes(self, mode: Mode, minutes: int | None) -> int | None:
        """The minutes to bill; None when the book has no rule for the mode."""
        rule = self.billing_rule(mode)
        return None if rule is None else rule.billed(minutes)

    def mapping_for(self, service_type: str) -> TariffMapping | None:
        """The mapping of a service type, else the one for any (``*``)."""
        by_type = {mapping.service_type: mapping for mapping in self.mappings}
        return by_type.get(service_type) or by_type.get(ANY_SERVICE)

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of the book's canonical JSON: the name of its frozen copy."""
        return content_hash(self.to_document())

    def to_document(self) -> dict[str, JSON]:
        """The book as JSON, sorted, so that the order rows were read in changes no hash."""
        editions = sorted(self.editions, key=lambda edition: (edition.jalali_year, edition.version))
        billing = sorted(self.billing, key=lambda rule: rule.mode)
        mappings = sorted(self.mappings, key=lambda mapping: mapping.service_type)
        return {
            "editions": [_edition_document(edition) for edition in editions],
            "billing": [_billing_document(rule) for rule in billing],
            "mappings": [_mapping_document(mapping) for mapping in mappings],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "TariffBook":
        """The book that ``to_document`` wrote; raises KeyError or ValueError for anything else."""
        return cls(
            editions=tuple(_edition_of(edition) for edition in document["editions"]),
            billing=tuple(BillingRule(**{**rule, "mode": Mode(rule["mode"])}) for rule in document["billing"]),
            mappings=tuple(TariffMapping(**mapping) for mapping in document["mappings"]),
        )


def _newest(editions: Iterable[TariffEdition]) -> TariffEdition | None:
    return max(editions, key=lambda edition: (edition.effective_from, edition.version), default=None)


def _edition_document(edition: TariffEdition) -> dict[str, JSON]:
    lines = sorted(edition.lines, key=lambda line: line.code)
    return {
        "id": edition.id,
        "jalali_year": edition.jalali_year,
        "version": edition.version,
        "effective_from": edition.effective_from.isoformat(),
        "lines": [{"code": line.code, "unit": line.unit.value, "rate": line.rate} for line in lines],
        "approved": edition.approved,
    }


def _edition_of(document: Mapping[str, Any]) -> TariffEdition:
    return TariffEdition(
        id=document["id"],
        jalali_year=document["jalali_year"],
        version=document["version"],
        effective_from=date.fromisoformat(document["effective_from"]),
        lines=tuple(TariffLine(line["code"], PriceUnit(line["unit"]), line["rate"]) for line in document["lines"]),
        approved=document["approved"],
    )


def _billing_document(rule: BillingRule) -> dict[str, JSON]:
    return {"mode": rule.mode.value, "minimum_minutes": rule.minimum_minutes, "step_minutes": rule.step_minutes}


def _mapping_document(mapping: TariffMapping) -> dict[str, JSON]:
    return {
        "service_type": mapping.service_type,
        "labour": mapping.labour,
        "call_out": mapping.call_out,
        "kilometre": mapping.kilometre,
    }
