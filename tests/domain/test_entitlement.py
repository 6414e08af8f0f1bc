"""Where a request stands: which period, which side, whose plan."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from backoffice.domain.calendar import TEHRAN
from backoffice.domain.entitlement import Entitlement, find_entitlement
from backoffice.domain.facts import AssetFacts
from backoffice.domain.period import Track
from backoffice.domain.term import Side
from tests.domain.examples import BOUGHT, INSIDE, PLAN, REMOTE, facts, year_from

OLDER, NEWER, STANDARD = (replace(PLAN, code=code) for code in ("older", "newer", "standard"))
RENEWED = date(2026, 10, 23)
TWO_PERIODS = AssetFacts(
    BOUGHT, (year_from(RENEWED, period_id=2, plan=NEWER), year_from(BOUGHT, period_id=1, plan=OLDER))
)


def noon(day: date) -> datetime:
    return datetime.combine(day, time(12), TEHRAN)


def stands(asset: AssetFacts | None, day: date, service_type: str = "troubleshooting") -> Entitlement:
    return find_entitlement(facts(service_type, REMOTE, noon(day), asset=asset, default_plan=STANDARD))


@pytest.mark.parametrize(
    ("day", "plan", "side", "reason"),
    [
        (BOUGHT - timedelta(days=1), "older", Side.OUTSIDE, "before_purchase"),
        (BOUGHT, "older", Side.INSIDE, "inside_period"),
        (date(2026, 8, 5), "older", Side.INSIDE, "inside_period"),
        (date(2026, 8, 6), "older", Side.OUTSIDE, "between_periods"),
        (RENEWED, "newer", Side.INSIDE, "inside_period"),
        (date(2027, 10, 23), "newer", Side.OUTSIDE, "after_period"),
    ],
)
def test_the_plan_and_side_follow_from_the_day(day: date, plan: str, side: Side, reason: str):
    found = stands(TWO_PERIODS, day)
    assert (found.plan.code, found.side, found.reason.code) == (plan, side, reason)


def test_between_periods_the_reason_names_both_their_edges():
    assert stands(TWO_PERIODS, date(2026, 9, 1)).reason.params == {
        "day": "2026-09-01",
        "last_day": "2026-08-05",
        "starts_on": "2026-10-23",
    }


def test_before_a_first_period_that_begins_later_its_outside_column_answers():
    asset = AssetFacts(BOUGHT, (year_from(RENEWED, plan=NEWER),))
    found = stands(asset, BOUGHT)
    assert (found.plan.code, found.side, found.reason.code) == ("newer", Side.OUTSIDE, "before_first_period")


def test_no_service_before_the_purchase_is_inside_a_period_that_begins_earlier():
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT - timedelta(days=30), plan=OLDER),))
    found = stands(asset, BOUGHT - timedelta(days=1))
    assert (found.side, found.reason.code) == (Side.OUTSIDE, "before_purchase")


def test_work_before_the_purchase_is_inside_no_period_though_it_was_asked_for_later():
    asked = facts("troubleshooting", REMOTE, noon(BOUGHT), performed_at=noon(BOUGHT - timedelta(days=1)))
    found = find_entitlement(asked)
    assert (found.side, found.reason.code) == (Side.OUTSIDE, "before_purchase")
    assert found.reason.params["day"] == "2025-08-05"


def test_an_asset_without_periods_has_the_default_plans_outside_column():
    found = stands(AssetFacts(BOUGHT), BOUGHT)
    assert (found.plan.code, found.side, found.reason.code) == ("standard", Side.OUTSIDE, "no_period")


def test_before_the_purchase_of_an_asset_without_periods_the_reason_is_the_purchase():
    assert stands(AssetFacts(BOUGHT), BOUGHT - timedelta(days=1)).reason.code == "before_purchase"


def test_without_an_asset_the_default_plans_outside_column_answers():
    found = stands(None, BOUGHT)
    assert (found.plan.code, found.side, found.reason.code) == ("standard", Side.OUTSIDE, "no_asset")


def test_a_demo_needs_no_asset():
    assert stands(None, BOUGHT, "demo").reason.code == "asset_not_needed"


class TestTracks:
    """A term is judged by the periods of its own track."""

    support = year_from(BOUGHT, period_id=1)
    warranty = year_from(BOUGHT, period_id=2, track=Track.WARRANTY)
    by_warranty = replace(
        PLAN,
        terms=tuple(replace(t, track=Track.WARRANTY) if t.key.startswith("trouble") else t for t in PLAN.terms),
    )

    def test_a_term_judged_by_support_is_inside_the_support_period(self):
        found = stands(AssetFacts(BOUGHT, (self.warranty, self.support)), BOUGHT)
        assert (found.period, found.side) == (self.support, Side.INSIDE)

    def test_a_term_judged_by_support_is_outside_when_only_the_warranty_runs(self):
        found = stands(AssetFacts(BOUGHT, (self.warranty,)), BOUGHT)
        assert (found.side, found.reason.code, found.reason.params["track"]) == (
            Side.OUTSIDE,
            "outside_track",
            "support",
        )

    def test_a_term_judged_by_the_warranty_is_inside_the_warranty_period(self):
        warranty = replace(self.warranty, plan=self.by_warranty)
        support = replace(self.support, plan=self.by_warranty)
        found = stands(AssetFacts(BOUGHT, (support, warranty)), BOUGHT)
        assert (found.period, found.side) == (warranty, Side.INSIDE)

    def test_a_plan_that_is_silent_inside_does_not_fall_back_to_its_outside_column(self):
        silent = replace(PLAN, terms=tuple(term for term in PLAN.terms if term.side is Side.OUTSIDE))
        found = stands(AssetFacts(BOUGHT, (replace(self.support, plan=silent),)), BOUGHT)
        assert (found.side, found.term) == (Side.INSIDE, None)


class TestCoverageClock:
    """A plan says which instant its coverage is judged by."""

    by_work = replace(PLAN, coverage_clock="performed_at")
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT, plan=by_work),))

    def test_the_day_of_the_request_counts_by_default(self):
        late = facts("troubleshooting", REMOTE, noon(date(2026, 8, 5)), performed_at=noon(date(2026, 8, 7)))
        assert find_entitlement(late).side is Side.INSIDE

    def test_the_day_of_the_work_counts_when_the_plan_says_so(self):
        requested, performed = noon(date(2026, 8, 5)), noon(date(2026, 8, 7))
        late = facts("troubleshooting", REMOTE, requested, performed_at=performed, asset=self.asset)
        assert find_entitlement(late).side is Side.OUTSIDE

    def test_work_not_done_yet_is_judged_by_the_request(self):
        asked = facts("troubleshooting", REMOTE, INSIDE, performed_at=None, asset=self.asset)
        assert find_entitlement(asked).side is Side.INSIDE


GAP = date(2026, 9, 1)


def after_gaps(*starts: date) -> AssetFacts:
    return AssetFacts(BOUGHT, tuple(year_from(day, period_id=number) for number, day in enumerate(starts, start=1)))


def test_after_several_periods_the_reason_names_the_last_day_of_all():
    asset = after_gaps(RENEWED, BOUGHT)
    assert stands(asset, date(2028, 1, 1)).reason.params == {"day": "2028-01-01", "last_day": "2027-10-22"}


def test_before_several_periods_the_reason_names_the_first_day_of_all():
    asset = after_gaps(date(2030, 1, 1), RENEWED, BOUGHT)
    assert stands(asset, GAP).reason.params == {
        "day": "2026-09-01",
        "last_day": "2026-08-05",
        "starts_on": "2026-10-23",
    }


def test_before_the_purchase_the_reason_names_both_days():
    assert stands(TWO_PERIODS, date(2025, 8, 5)).reason.params == {"day": "2025-08-05", "purchased_on": "2025-08-06"}


def test_inside_the_reason_names_the_period():
    assert stands(TWO_PERIODS, BOUGHT).reason.params == {
        "period_id": 1,
        "track": "support",
        "starts_on": "2025-08-06",
        "last_day": "2026-08-05",
        "day": "2025-08-06",
    }


@pytest.mark.parametrize("turned", [1, -1])
def test_of_periods_that_begin_on_one_day_support_answers_whatever_their_order(turned: int):
    support = year_from(BOUGHT, plan=OLDER)
    warranty = year_from(BOUGHT, period_id=2, plan=NEWER, track=Track.WARRANTY)
    asset = AssetFacts(BOUGHT, (support, warranty)[::turned])
    assert [stands(asset, day).plan.code for day in (BOUGHT, date(2027, 1, 1))] == ["older", "older"]


@pytest.mark.parametrize("turned", [1, -1])
def test_the_later_period_answers_before_the_track(turned: int):
    support = year_from(BOUGHT, plan=OLDER)
    warranty = year_from(RENEWED, period_id=2, plan=NEWER, track=Track.WARRANTY)
    asset = AssetFacts(BOUGHT, (support, warranty)[::turned])
    assert stands(asset, date(2028, 1, 1)).plan.code == "newer"


WARRANTED = replace(PLAN, code="warranted", terms=tuple(replace(t, track=Track.WARRANTY) for t in PLAN.terms))


@pytest.mark.parametrize("turned", [1, -1])
def test_of_two_tracks_that_both_answer_support_answers_first(turned: int):
    warranty = year_from(BOUGHT, period_id=2, plan=WARRANTED, track=Track.WARRANTY)
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT, plan=OLDER), warranty)[::turned])
    assert stands(asset, BOUGHT).plan.code == "older"


def test_on_its_first_day_a_period_has_begun_also_for_who_does_not_own_the_asset_yet():
    periods = (year_from(BOUGHT, plan=OLDER), year_from(RENEWED, period_id=2, plan=NEWER))
    found = stands(AssetFacts(RENEWED + timedelta(days=1), periods), RENEWED)
    assert (found.plan.code, found.reason.code) == ("newer", "before_purchase")
