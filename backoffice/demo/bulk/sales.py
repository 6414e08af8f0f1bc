"""Customers, purchases and renewals on a sheet, as the operations enter them."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from backoffice.demo.bulk.sheet import Sheet
from backoffice.demo.bulk.standing import Standing
from backoffice.demo.bulk.units import Granted, Unit
from backoffice.demo.customers import CustomerPlan, SitePlan
from backoffice.demo.purchases import Purchase, Renewal
from backoffice.demo.words import words
from backoffice.domain.coverage import AssetFacts, PeriodFacts
from backoffice.domain.period import PeriodKind, Track, period_bounds, renewal_anchor
from backoffice.domain.phone import parse_phone
from backoffice.domain.text import fold, sort_key
from backoffice.models import (
    Allowance,
    Asset,
    Customer,
    CustomerPhone,
    CustomerStage,
    Site,
    SiteDistance,
    SupportPeriod,
)


class Unreadable(ValueError):
    """A telephone number of the demo's that is none."""


@dataclass(slots=True)
class Party:
    """A customer that was entered: the id, and each site's by its key."""

    id: int
    sites: dict[str, int]
    is_prospect: bool = True


@dataclass(frozen=True, kw_only=True)
class Opening:
    """A support period to be opened."""

    track: Track
    kind: PeriodKind
    starts_on: date
    ends_before: date
    anchor_on: date


class Sales:
    """What was sold to whom so far."""

    def __init__(self, sheet: Sheet, standing: Standing) -> None:
        self.sheet = sheet
        self._standing = standing
        self.parties: dict[str, Party] = {}
        self.units: dict[str, Unit] = {}

    def arrive(self, at: datetime, plan: CustomerPlan) -> None:
        """Enter a customer with their sites."""
        now, numbers = at.astimezone(UTC), _numbers(plan.phones)
        customer_id = self.sheet.add(
            Customer,
            code=plan.code,
            name=plan.name,
            sort_key=sort_key(plan.name),
            kind=plan.kind,
            stage=CustomerStage.PROSPECT,
            city=plan.city,
            search_text=fold(" ".join(filter(None, [plan.name, plan.code, plan.city, *numbers]))),
            version=1,
            created_at=now,
            updated_at=now,
            created_by_id=self._standing.supervisor.id,
        )
        for position, (number, raw) in enumerate(numbers.items()):
            self.sheet.add(CustomerPhone, customer_id=customer_id, position=position, number=number, raw=raw)
        sites = {site.key: self._site(at, customer_id, plan, site) for site in plan.sites}
        self.parties[plan.code] = Party(customer_id, sites)

    def sell(self, at: datetime, purchase: Purchase) -> None:
        """Register a purchase."""
        now, party = at.astimezone(UTC), self.parties[purchase.customer.code]
        product_id, site_id = self._standing.products[purchase.sku], party.sites[purchase.site.key]
        asset_id = self.sheet.add(
            Asset,
            serial_number=purchase.serial,
            serial_folded=fold(purchase.serial),
            customer_id=party.id,
            product_id=product_id,
            site_id=site_id,
            purchased_on=purchase.bought_on,
            version=1,
            created_at=now,
            updated_at=now,
        )
        unit = Unit(asset_id, party.id, product_id, site_id, purchase.site.metres, AssetFacts(purchase.bought_on))
        self.units[purchase.serial] = unit
        months = self._standing.sold.plan.months
        for track in sorted(months):
            starts_on, ends_before = period_bounds(purchase.bought_on, 0, months[track])
            opening = Opening(
                track=track,
                kind=PeriodKind.INITIAL,
                starts_on=starts_on,
                ends_before=ends_before,
                anchor_on=starts_on,
            )
            self._open_period(now, unit, opening)
        if party.is_prospect:
            party.is_prospect = False
            self.sheet.change(Customer, party.id, stage=CustomerStage.CUSTOMER, version=2, updated_at=now)

    def renew(self, at: datetime, purchase: Purchase, renewal: Renewal) -> None:
        """Renew the support of a unit."""
        now, unit = at.astimezone(UTC), self.units[purchase.serial]
        anchor, offset = renewal_anchor(unit.periods(Track.SUPPORT), renewal.starts_on)
        starts_on, ends_before = period_bounds(anchor, offset, self._standing.sold.plan.months[Track.SUPPORT])
        opening = Opening(
            track=Track.SUPPORT,
            kind=PeriodKind.RENEWAL,
            starts_on=starts_on,
            ends_before=ends_before,
            anchor_on=anchor,
        )
        self._open_period(now, unit, opening)
        unit.version += 1
        self.sheet.change(Asset, unit.id, version=unit.version, updated_at=now)

    def _site(self, at: datetime, customer_id: int, plan: CustomerPlan, site: SitePlan) -> int:
        site_id = self.sheet.add(
            Site,
            customer_id=customer_id,
            title=site.title,
            address=site.address,
            city=plan.city,
            version=1,
            created_at=at.astimezone(UTC),
            updated_at=at.astimezone(UTC),
        )
        if site.metres is not None:
            self.sheet.add(
                SiteDistance,
                site_id=site_id,
                office_id=self._standing.origin_id,
                metres=site.metres,
                source=words("places")["distance_source"],
                measured_on=at.date(),
            )
        return site_id

    def _open_period(self, now: datetime, unit: Unit, opening: Opening) -> None:
        """A period of the newest plan, with its allowances."""
        sold = self._standing.sold
        period_id = self.sheet.add(
            SupportPeriod,
            asset_id=unit.id,
            track=opening.track,
            kind=opening.kind,
            starts_on=opening.starts_on,
            ends_before=opening.ends_before,
            anchor_on=opening.anchor_on,
            plan_id=sold.id,
            plan_hash=sold.plan.content_hash,
            created_at=now,
        )
        rules = sold.grants[opening.track]
        ids = [
            self.sheet.add(
                Allowance,
                period_id=period_id,
                key=rule.key,
                quantity=rule.quantity,
                labels={"fa": rule.label.fa, "en": rule.label.en},
                modes=sorted(rule.modes),
            )
            for rule in rules
        ]
        period = PeriodFacts(
            id=period_id,
            track=opening.track,
            starts_on=opening.starts_on,
            ends_before=opening.ends_before,
            plan=sold.plan,
        )
        unit.open(period_id, period, Granted(ids[0] if ids else 0, sold.keys[opening.track]))


def _numbers(phones: tuple[str, ...]) -> dict[str, str]:
    """E.164 number → as it was typed, each once."""
    found: dict[str, str] = {}
    for raw in phones:
        number = parse_phone(raw)
        if number is None:
            raise Unreadable(raw)
        found.setdefault(number, raw)
    return found
