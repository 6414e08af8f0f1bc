"""Customers, purchases and renewals on a sheet, as the operations enter them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from backoffice.demo.bulk.desk_at_start import DeskAtStart
from backoffice.demo.bulk.row_sheet import RowSheet
from backoffice.demo.bulk.units import Granted, Unit
from backoffice.demo.customer_plans import CustomerPlan, SitePlan
from backoffice.demo.purchases import Purchase, Renewal
from backoffice.demo.words import words
from backoffice.domain.coverage import AssetFacts, PeriodFacts
from backoffice.domain.period import Track
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
from backoffice.operations.customers.asset_rows import Sale, asset_values
from backoffice.operations.customers.customer_rows import CustomerEntry, customer_values, parsed_phones, phone_values
from backoffice.operations.customers.period_rows import (
    Opening,
    allowance_values,
    initial_openings,
    period_values,
    renewal_opening,
)
from backoffice.operations.customers.site_rows import Measured, SiteEntry, distance_values, site_values


@dataclass(slots=True)
class Party:
    """A customer that was entered: the id, and each site's by its key."""

    id: int
    sites: dict[str, int]
    is_prospect: bool = True


class SoldUnits:
    """What was sold to whom so far."""

    def __init__(self, sheet: RowSheet, start: DeskAtStart) -> None:
        self.sheet = sheet
        self._start = start
        self.parties: dict[str, Party] = {}
        self.units: dict[str, Unit] = {}

    def arrive(self, at: datetime, plan: CustomerPlan) -> None:
        """Enter a customer with their sites."""
        phones = parsed_phones(plan.phones)
        entry = CustomerEntry(
            code=plan.code,
            name=plan.name,
            kind=plan.kind,
            stage=CustomerStage.PROSPECT,
            city=plan.city,
            phones=phones,
            staff_id=self._start.supervisor.id,
        )
        customer_id = self.sheet.add(Customer, customer_values(entry, at.astimezone(UTC)))
        for phone in phone_values(customer_id, phones):
            self.sheet.add(CustomerPhone, phone)
        sites = {site.key: self._site(at, customer_id, plan, site) for site in plan.sites}
        self.parties[plan.code] = Party(customer_id, sites)

    def sell(self, at: datetime, purchase: Purchase) -> None:
        """Register a purchase."""
        now, party = at.astimezone(UTC), self.parties[purchase.customer.code]
        sale = Sale(
            serial_number=purchase.serial,
            customer_id=party.id,
            product_id=self._start.products[purchase.sku],
            site_id=party.sites[purchase.site.key],
            purchased_on=purchase.bought_on,
        )
        asset_id = self.sheet.add(Asset, asset_values(sale, now))
        unit = Unit(asset_id, sale, purchase.site.metres, AssetFacts(purchase.bought_on))
        self.units[purchase.serial] = unit
        months = self._start.sold.plan.months
        self._open_periods(now, unit, list(initial_openings(months, dict.fromkeys(months, purchase.bought_on))))
        if party.is_prospect:
            party.is_prospect = False
            self.sheet.change(Customer, party.id, {"stage": CustomerStage.CUSTOMER, "version": 2, "updated_at": now})

    def renew(self, at: datetime, purchase: Purchase, renewal: Renewal) -> None:
        """Renew the support of a unit."""
        now, unit = at.astimezone(UTC), self.units[purchase.serial]
        months = self._start.sold.plan.months[Track.SUPPORT]
        self._open_periods(now, unit, [renewal_opening(unit.periods(Track.SUPPORT), renewal.starts_on, months=months)])
        unit.version += 1
        self.sheet.change(Asset, unit.id, {"version": unit.version, "updated_at": now})

    def _site(self, at: datetime, customer_id: int, plan: CustomerPlan, site: SitePlan) -> int:
        entry = SiteEntry(customer_id=customer_id, title=site.title, address=site.address, city=plan.city)
        site_id = self.sheet.add(Site, site_values(entry, at.astimezone(UTC)))
        if site.metres is not None:
            measured = Measured(site.metres, words("places")["distance_source"], at.date())
            self.sheet.add(SiteDistance, distance_values(site_id, self._start.origin_id, measured=measured))
        return site_id

    def _open_periods(self, now: datetime, unit: Unit, openings: Sequence[Opening]) -> None:
        """Periods of the newest plan, with their allowances."""
        sold = self._start.sold
        plan_hash = sold.plan.content_hash
        for opening in openings:
            values = period_values(opening, asset_id=unit.id, plan_id=sold.id, plan_hash=plan_hash, now=now)
            period_id = self.sheet.add(SupportPeriod, values)
            period = PeriodFacts(
                id=period_id,
                track=opening.track,
                starts_on=opening.starts_on,
                ends_before=opening.ends_before,
                plan=sold.plan,
            )
            rules = sold.grants[opening.track]
            ids = [self.sheet.add(Allowance, allowance_values(rule, period_id)) for rule in rules]
            unit.open(period_id, period, Granted(ids[0] if ids else 0, sold.keys[opening.track]))
