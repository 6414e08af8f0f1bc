"""Everything a coverage decision is made from, and its spelling as a document that replays."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from backoffice.domain.canonical import JSON
from backoffice.domain.period import Track
from backoffice.domain.plan import SupportPlan
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.tariff import TariffBook
from backoffice.domain.tax import TaxRate, TaxTable


@dataclass(frozen=True, kw_only=True)
class ServiceAsked:
    """What is asked for. Instants have a time zone; what is not known yet is None, never zero."""

    service_type: str
    mode: Mode
    subject: Subject
    requested_at: datetime
    performed_at: datetime | None = None
    minutes: int | None = None
    distance_metres: int | None = None

    def __post_init__(self) -> None:
        for instant in (self.requested_at, self.performed_at):
            if instant is not None and instant.tzinfo is None:
                raise ValueError("requested_at and performed_at need a time zone")
        for name, quantity in (("minutes", self.minutes), ("distance_metres", self.distance_metres)):
            if quantity is not None and quantity < 0:
                raise ValueError(f"{name} is {quantity}, not at least 0")


@dataclass(frozen=True, kw_only=True)
class PeriodFacts:
    """One support period that was not cancelled, with the frozen copy of its plan."""

    id: int | None
    track: Track
    starts_on: date
    ends_before: date
    plan: SupportPlan


@dataclass(frozen=True)
class AssetFacts:
    """The asset that the service is for: its purchase and its periods, in any order."""

    purchased_on: date
    periods: tuple[PeriodFacts, ...] = ()


@dataclass(frozen=True)
class AllowanceUsage:
    """How many slots of a period's allowance are held now, the slot of the record being decided not among them."""

    period_id: int | None
    key: str
    used: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The whole input of ``decide``. ``asset`` is None when the service is for no asset."""

    asked: ServiceAsked
    offering: Offering
    asset: AssetFacts | None
    default_plan: SupportPlan
    book: TariffBook
    taxes: TaxTable
    usage: tuple[AllowanceUsage, ...] = ()

    def to_document(self) -> dict[str, JSON]:
        """The facts as JSON. Plans and the tariff book are named by their content hashes and kept once, elsewhere."""
        return {
            "asked": _asked_document(self.asked),
            "offering": _offering_document(self.offering),
            "asset": None if self.asset is None else _asset_document(self.asset),
            "default_plan": self.default_plan.content_hash,
            "book": self.book.content_hash,
            "taxes": [rate.to_document() for rate in self.taxes.rates],
            "usage": [{"period_id": use.period_id, "key": use.key, "used": use.used} for use in self.usage],
        }

    @classmethod
    def from_document(
        cls, document: Mapping[str, Any], plans: Mapping[str, SupportPlan], books: Mapping[str, TariffBook]
    ) -> "Facts":
        """The facts that ``to_document`` wrote; ``plans`` and ``books`` have, by content hash, those that it names."""
        asset = document["asset"]
        return cls(
            asked=_asked_of(document["asked"]),
            offering=_offering_of(document["offering"]),
            asset=None if asset is None else _asset_of(asset, plans),
            default_plan=plans[document["default_plan"]],
            book=books[document["book"]],
            taxes=TaxTable(tuple(TaxRate.from_document(rate) for rate in document["taxes"])),
            usage=tuple(AllowanceUsage(**use) for use in document["usage"]),
        )


def plans_named(document: Mapping[str, Any]) -> Iterator[str]:
    """The content hashes of the plans that a document of facts names."""
    yield document["default_plan"]
    if document["asset"] is not None:
        yield from (period["plan"] for period in document["asset"]["periods"])


def _instant(value: datetime | None) -> str | None:
    return None if value is None else value.astimezone(UTC).isoformat()


def _asked_document(asked: ServiceAsked) -> dict[str, JSON]:
    return {
        "service_type": asked.service_type,
        "mode": asked.mode.value,
        "subject": asked.subject.value,
        "requested_at": _instant(asked.requested_at),
        "performed_at": _instant(asked.performed_at),
        "minutes": asked.minutes,
        "distance_metres": asked.distance_metres,
    }


def _asked_of(document: Mapping[str, Any]) -> ServiceAsked:
    performed_at = document["performed_at"]
    return ServiceAsked(
        service_type=document["service_type"],
        mode=Mode(document["mode"]),
        subject=Subject(document["subject"]),
        requested_at=datetime.fromisoformat(document["requested_at"]),
        performed_at=None if performed_at is None else datetime.fromisoformat(performed_at),
        minutes=document["minutes"],
        distance_metres=document["distance_metres"],
    )


def _offering_document(offering: Offering) -> dict[str, JSON]:
    return {
        "code": offering.code,
        "modes": sorted(offering.modes),
        "subjects": sorted(offering.subjects),
        "needs_asset": offering.needs_asset,
    }


def _offering_of(document: Mapping[str, Any]) -> Offering:
    return Offering(
        code=document["code"],
        modes=frozenset(Mode(mode) for mode in document["modes"]),
        subjects=frozenset(Subject(subject) for subject in document["subjects"]),
        needs_asset=document["needs_asset"],
    )


def _asset_document(asset: AssetFacts) -> dict[str, JSON]:
    return {
        "purchased_on": asset.purchased_on.isoformat(),
        "periods": [
            {
                "id": period.id,
                "track": period.track.value,
                "starts_on": period.starts_on.isoformat(),
                "ends_before": period.ends_before.isoformat(),
                "plan": period.plan.content_hash,
            }
            for period in asset.periods
        ],
    }


def _asset_of(document: Mapping[str, Any], plans: Mapping[str, SupportPlan]) -> AssetFacts:
    periods = tuple(
        PeriodFacts(
            id=period["id"],
            track=Track(period["track"]),
            starts_on=date.fromisoformat(period["starts_on"]),
            ends_before=date.fromisoformat(period["ends_before"]),
            plan=plans[period["plan"]],
        )
        for period in document["periods"]
    )
    return AssetFacts(date.fromisoformat(document["purchased_on"]), periods)
