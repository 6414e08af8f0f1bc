"""A record's states and number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.record import RECORD_STEPS, RecordStatus, record_id_of, record_number

R = RecordStatus
STEPS = {
    (R.REQUESTED, R.SCHEDULED),
    (R.REQUESTED, R.IN_PROGRESS),
    (R.REQUESTED, R.DONE),
    (R.REQUESTED, R.CANCELLED),
    (R.SCHEDULED, R.SCHEDULED),
    (R.SCHEDULED, R.IN_PROGRESS),
    (R.SCHEDULED, R.DONE),
    (R.SCHEDULED, R.CANCELLED),
    (R.IN_PROGRESS, R.DONE),
    (R.IN_PROGRESS, R.CANCELLED),
    (R.DONE, R.CLOSED),
    (R.DONE, R.IN_PROGRESS),
    (R.DONE, R.VOIDED),
    (R.CLOSED, R.VOIDED),
}


def test_exactly_these_steps_are_possible():
    assert {(old, new) for old in R for new in R if RECORD_STEPS.allow(old, new)} == STEPS


@pytest.mark.parametrize("status", [R.CANCELLED, R.VOIDED])
def test_nothing_follows_a_cancelled_or_voided_record(status: RecordStatus):
    assert RECORD_STEPS.is_final(status)


def test_a_number_has_six_digits_at_least():
    assert (record_number(123), record_number(1_234_567)) == ("SR-000123", "SR-1234567")


@given(st.integers(0, 2**53))
def test_a_number_leads_back_to_its_record(record_id: int):
    assert record_id_of(record_number(record_id)) == record_id


@pytest.mark.parametrize("typed", ["SR-۰۰۰۱۲۳", "sr-123", " SR-000123 "])
def test_a_number_is_read_as_people_type_it(typed: str):
    assert record_id_of(typed) == 123


@pytest.mark.parametrize("typed", ["", "123", "SR-", "SR-12x", "SR--1", "XSR-123", "SR-" + "9" * 40])
def test_what_is_no_record_number_names_none(typed: str):
    assert record_id_of(typed) is None
