"""Generated facts: any service asked for in any way, of any asset, under tame and unruly plans and tariff books."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import strategies as st

from backoffice.domain.calendar import TEHRAN
from backoffice.domain.coverage import AllowanceUsage, AssetFacts, Facts, PeriodFacts, ServiceAsked
from backoffice.domain.period import Track
from backoffice.domain.plan import MissingTariff
from backoffice.domain.service import Mode, Subject
from backoffice.domain.tariff import TariffBook, TariffMapping
from backoffice.domain.tax import TaxTable
from backoffice.domain.term import DistanceCondition, FailOutcome, TermOutcome
from tests.domain.examples import BOOK, OFFERINGS, PLAN, TAXES

UNRULY = tuple(
    replace(
        PLAN,
        version=100 + number,
        missing_tariff=missing,
        terms=tuple(
            replace(
                term,
                condition=DistanceCondition(10_000) if number % 2 else term.condition,
                when_condition_fails=fails,
                when_exhausted=(*TermOutcome, None)[number % 6],
                track=tuple(Track)[number % 2],
            )
            for term in PLAN.terms
        ),
    )
    for number, (missing, fails) in enumerate(
        (missing, fails) for missing in MissingTariff for fails in (*FailOutcome, None)
    )
)
SILENT = replace(PLAN, version=99, terms=())
PLANS = (PLAN, *UNRULY, SILENT)
BOOKS = (BOOK, TariffBook(), replace(BOOK, mappings=(TariffMapping("*", "hour"),)), replace(BOOK, billing=()))

plans = st.just(PLAN) | st.sampled_from(PLANS)
instants = st.datetimes(datetime(2023, 1, 1), datetime(2028, 1, 1), timezones=st.just(TEHRAN))  # noqa: DTZ001
days = st.dates(date(2023, 1, 1), date(2028, 1, 1))
usages = st.builds(
    AllowanceUsage, st.integers(1, 3), st.sampled_from([rule.key for rule in PLAN.allowances]), st.integers(0, 3)
)


@st.composite
def periods(draw: st.DrawFn, near: date) -> PeriodFacts:
    """A period on any track under any plan, often one around ``near``."""
    starts_on = draw(st.integers(0, 400).map(lambda back: near - timedelta(days=back)) | days)
    return PeriodFacts(
        id=draw(st.integers(1, 3)),
        track=draw(st.sampled_from(Track)),
        starts_on=starts_on,
        ends_before=starts_on + timedelta(days=draw(st.integers(1, 800))),
        plan=draw(plans),
    )


@st.composite
def assets(draw: st.DrawFn, near: date) -> AssetFacts:
    """An asset bought at any time, often when its first period starts."""
    found = tuple(draw(st.lists(periods(near), max_size=3)))
    bought = [st.just(period.starts_on) for period in found[:1]]
    return AssetFacts(draw(st.one_of(*bought, days)), found)


@st.composite
def any_facts(draw: st.DrawFn) -> Facts:
    """Any service asked for in any way, of any asset, under any plan and tariff book."""
    offering = draw(st.sampled_from(sorted(OFFERINGS.values(), key=lambda one: one.code)))
    requested_at = draw(instants)
    asked = ServiceAsked(
        service_type=offering.code,
        mode=draw(st.sampled_from(sorted(offering.modes)) | st.sampled_from(Mode)),
        subject=draw(st.sampled_from(sorted(offering.subjects)) | st.sampled_from(Subject)),
        requested_at=requested_at,
        performed_at=draw(st.none() | instants),
        minutes=draw(st.none() | st.integers(0, 10_000)),
        distance_metres=draw(st.none() | st.integers(0, 80_000)),
    )
    return Facts(
        asked=asked,
        offering=offering,
        asset=draw(st.none() | assets(requested_at.date())),
        default_plan=draw(plans),
        book=draw(st.just(BOOK) | st.sampled_from(BOOKS)),
        taxes=draw(st.sampled_from((TAXES, TAXES, TaxTable()))),
        usage=tuple(draw(st.lists(usages, max_size=3))),
    )
