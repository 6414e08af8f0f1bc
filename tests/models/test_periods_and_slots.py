"""Periods that may not share a day, and slot numbers that may not exceed an allowance."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.exc import IntegrityError

from backoffice import models
from backoffice.domain.period import Track

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WHOLE_YEAR = {"starts_on": date(2026, 1, 1), "ends_before": date(2027, 1, 1)}
REFUSED = r"share a day|ex_support_period_"


@pytest.mark.parametrize("track", Track)
@pytest.mark.parametrize(
    ("starts_on", "ends_before"),
    [
        (date(2026, 1, 1), date(2027, 1, 1)),
        (date(2026, 12, 31), date(2027, 12, 31)),
        (date(2025, 1, 1), date(2026, 1, 2)),
        (date(2026, 6, 1), date(2026, 6, 2)),
        (date(2025, 1, 1), date(2028, 1, 1)),
    ],
    ids=["same", "last day", "first day", "within", "around"],
)
def test_two_periods_of_an_asset_and_track_share_no_day(rows, track, starts_on, ends_before):
    rows.add(models.SupportPeriod, track=track, **WHOLE_YEAR)

    with pytest.raises(IntegrityError, match=REFUSED):
        rows.add(
            models.SupportPeriod, track=track, starts_on=starts_on, ends_before=ends_before, anchor_on=date(2025, 1, 1)
        )


def test_a_period_may_begin_on_the_day_another_ends_before(rows):
    rows.add(models.SupportPeriod, **WHOLE_YEAR)

    rows.add(models.SupportPeriod, starts_on=date(2027, 1, 1), ends_before=date(2028, 1, 1))


def test_support_and_warranty_may_share_days(rows):
    rows.add(models.SupportPeriod, track=Track.SUPPORT)

    rows.add(models.SupportPeriod, track=Track.WARRANTY)


def test_periods_of_two_assets_may_share_days(rows):
    rows.add(models.SupportPeriod)

    rows.add(models.SupportPeriod, asset_id=rows.add(models.Asset, serial_number="S-2", serial_folded="s-2").id)


def test_a_cancelled_period_does_not_stand_in_the_way(rows):
    rows.add(models.SupportPeriod, cancelled_at=NOW)

    rows.add(models.SupportPeriod)


def test_a_period_cannot_be_moved_onto_another(rows):
    rows.add(models.SupportPeriod, **WHOLE_YEAR)
    later = rows.add(models.SupportPeriod, starts_on=date(2027, 1, 1), ends_before=date(2028, 1, 1))
    later.starts_on = date(2026, 12, 31)

    with pytest.raises(IntegrityError, match=REFUSED):
        rows.session.flush()


def test_a_cancelled_period_cannot_come_back_onto_another(rows):
    cancelled = rows.add(models.SupportPeriod, cancelled_at=NOW)
    rows.add(models.SupportPeriod)
    cancelled.cancelled_at = None

    with pytest.raises(IntegrityError, match=REFUSED):
        rows.session.flush()


def test_a_period_may_be_shortened(rows):
    period = rows.add(models.SupportPeriod, **WHOLE_YEAR)
    period.ends_before = date(2026, 7, 1)

    rows.session.flush()


def test_the_last_slot_of_an_allowance_can_be_taken(rows):
    rows.add(models.AllowanceSlot, slot_no=2)


def test_no_slot_is_numbered_above_its_allowance(rows):
    with pytest.raises(IntegrityError, match="above the quantity"):
        rows.add(models.AllowanceSlot, slot_no=3)


def test_a_slot_cannot_be_renumbered_above_its_allowance(rows):
    slot = rows.add(models.AllowanceSlot)
    slot.slot_no = 3

    with pytest.raises(IntegrityError, match="above the quantity"):
        rows.session.flush()
