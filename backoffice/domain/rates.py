"""The rates that a service is priced by: edition, tariff lines, billed minutes and VAT, or what is missing of them."""

from dataclasses import dataclass
from datetime import date

from backoffice.domain.calendar import jalali_year
from backoffice.domain.canonical import JSON
from backoffice.domain.decision import Reason
from backoffice.domain.entitlement import judged_day
from backoffice.domain.facts import Facts
from backoffice.domain.plan import MissingTariff, SupportPlan
from backoffice.domain.service import Mode
from backoffice.domain.tariff import PriceUnit, TariffEdition, TariffLine, TariffMapping
from backoffice.domain.tax import TaxRate

LABOUR_UNITS = frozenset({PriceUnit.HOUR, PriceUnit.SESSION})
"""Units a labour line may have: billed minutes by the hour, or one session whatever its length."""


@dataclass(frozen=True, kw_only=True)
class Rates:
    """What a price is computed with; ``day`` is the day whose prices these are. Only work on site has travel lines."""

    day: date
    edition: TariffEdition
    provisional: bool
    tax: TaxRate
    labour: TariffLine
    billed_minutes: int | None
    call_out: TariffLine | None
    kilometre: TariffLine | None


@dataclass(frozen=True)
class PriceSource:
    """The edition and the VAT that stand behind every price of a day; provisional where the edition is older."""

    day: date
    edition: TariffEdition
    provisional: bool
    tax: TaxRate


@dataclass(frozen=True)
class Unpriced:
    """Why there is no price; ``by_quote`` when the plan then has one announced instead."""

    reason: Reason
    by_quote: bool = False


def needs_distance(facts: Facts) -> bool:
    """Whether pricing what is asked takes the road distance: work on site does, unless its tariff has no kilometres."""
    mapping = facts.book.mapping_for(facts.asked.service_type)
    return facts.asked.mode is Mode.ON_SITE and (mapping is None or mapping.kilometre is not None)


def find_source(facts: Facts, plan: SupportPlan) -> PriceSource | Unpriced:
    """What prices the price day: of the work, by ``plan``'s price clock, or of the request while it is not done."""
    day = judged_day(facts.asked, plan.price_clock)
    edition, provisional = facts.book.edition_on(day, plan.missing_tariff)
    if edition is None:
        reason = Reason("no_edition", {"day": day.isoformat(), "jalali_year": jalali_year(day)})
        return Unpriced(reason, by_quote=plan.missing_tariff is MissingTariff.QUOTE)
    tax = facts.taxes.rate_on(day)
    if tax is None:
        return Unpriced(Reason("no_tax_rate", {"day": day.isoformat()}))
    return PriceSource(day, edition, provisional, tax)


def find_rates(facts: Facts, plan: SupportPlan) -> Rates | Unpriced:
    """The rates on the price day, from what prices it."""
    source = find_source(facts, plan)
    if isinstance(source, Unpriced):
        return source
    mapping = facts.book.mapping_for(facts.asked.service_type)
    if mapping is None:
        return Unpriced(Reason("no_tariff_mapping", {"service_type": facts.asked.service_type}))
    lines = _lines(mapping, source.edition, facts.asked.mode)
    if isinstance(lines, Reason):
        return Unpriced(lines)
    billed = _billed_minutes(facts, lines["labour"])
    if isinstance(billed, Reason):
        return Unpriced(billed)
    return Rates(
        day=source.day,
        edition=source.edition,
        provisional=source.provisional,
        tax=source.tax,
        labour=lines["labour"],
        billed_minutes=billed,
        call_out=lines.get("call_out"),
        kilometre=lines.get("kilometre"),
    )


def _lines(mapping: TariffMapping, edition: TariffEdition, mode: Mode) -> dict[str, TariffLine] | Reason:
    """The edition's lines by what they are for, or the first that is missing or in a unit of no use there."""
    found: dict[str, TariffLine] = {}
    for purpose, code, units in _wanted(mapping, mode):
        line = edition.line(code)
        params: dict[str, JSON] = {"line": code, "jalali_year": edition.jalali_year, "version": edition.version}
        if line is None:
            return Reason("no_tariff_line", params)
        if line.unit not in units:
            return Reason("unusable_tariff_line", {**params, "unit": line.unit.value})
        found[purpose] = line
    return found


def _wanted(mapping: TariffMapping, mode: Mode) -> list[tuple[str, str, frozenset[PriceUnit]]]:
    wanted = [("labour", mapping.labour, LABOUR_UNITS)]
    if mode is Mode.ON_SITE and mapping.call_out is not None:
        wanted.append(("call_out", mapping.call_out, frozenset({PriceUnit.CALL_OUT})))
    if mode is Mode.ON_SITE and mapping.kilometre is not None:
        wanted.append(("kilometre", mapping.kilometre, frozenset({PriceUnit.KILOMETRE})))
    return wanted


def _billed_minutes(facts: Facts, labour: TariffLine) -> int | Reason | None:
    if labour.unit is not PriceUnit.HOUR:
        return None
    billed = facts.book.billed_minutes(facts.asked.mode, facts.asked.minutes)
    return Reason("no_billing_rule", {"mode": facts.asked.mode.value}) if billed is None else billed
