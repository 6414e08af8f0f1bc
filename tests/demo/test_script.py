"""The demo's script: the same by seed and day, and always possible."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backoffice.demo.chance import Chance
from backoffice.demo.course import Act
from backoffice.demo.reference_data import tariffs
from backoffice.demo.script import ScriptStep, script

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
KINDS = frozenset({"installation", "training", "guidance", "on_site_visit"})

DAYS = pytest.mark.parametrize(
    "now",
    [
        pytest.param(NOW, id="a-working-day"),
        pytest.param(datetime(2026, 11, 21, 21, 0, tzinfo=UTC), id="before-the-desk-opens"),
        pytest.param(datetime(2026, 11, 20, 12, 0, tzinfo=UTC), id="a-friday"),
        pytest.param(datetime(2026, 11, 20, 21, 0, tzinfo=UTC), id="the-night-after-a-friday"),
        pytest.param(datetime(2025, 3, 20, 12, 0, tzinfo=UTC), id="the-last-day-of-a-leap-year"),
        pytest.param(datetime(2026, 3, 21, 12, 0, tzinfo=UTC), id="new-year"),
    ],
)


def steps(now: datetime = NOW, seed: int = 1) -> list[ScriptStep]:
    return script(Chance(seed, now), kinds=KINDS)


def services(script: list[ScriptStep]) -> list[ScriptStep]:
    return [step for step in script if step.act is Act.RECORD]


def test_the_same_seed_on_the_same_day_gives_the_same_script():
    assert steps() == steps()


def test_another_seed_gives_another_script():
    assert steps(seed=2) != steps()


def test_another_day_gives_another_script():
    assert steps(NOW + timedelta(days=1)) != steps()


@DAYS
def test_nothing_lies_in_the_future(now: datetime):
    assert max(step.at for step in steps(now)) <= now


@DAYS
def test_a_purchase_is_registered_on_its_day_or_later(now: datetime):
    sales = [step for step in steps(now) if step.act is Act.SELL]
    assert [step for step in sales if step.at.date() < step.told[0].bought_on] == []


@DAYS
def test_a_service_comes_after_its_purchase(now: datetime):
    sold = {step.told[0].serial: step.at for step in steps(now) if step.act is Act.SELL}
    asked = [step.told[1] for step in services(steps(now))]
    assert [plan for plan in asked if plan.purchase and plan.requested_at <= sold[plan.purchase.serial]] == []


def test_service_types_that_are_not_installed_are_left_out():
    assert {step.told[1].kind for step in services(steps())} == KINDS


def test_no_serial_number_is_given_twice():
    serials = [step.told[0].serial for step in steps() if step.act is Act.SELL]
    assert len(set(serials)) == len(serials)


def test_the_invented_tariffs_reach_up_to_the_present_year():
    assert {edition["jalaliYear"] for edition in tariffs(date(2026, 11, 22))["tariffEditions"]} == {
        1402,
        1403,
        1404,
        1405,
    }


def test_the_invented_tariffs_say_so():
    assert tariffs(date(2026, 11, 22))["note"] == "نمونه: نرخ‌های ساختگی"
