"""Documents of the audit trail side by side."""

from collections.abc import Iterator

import pytest

from backoffice.admin.audit_comparison import Compared, compare
from backoffice.admin.audit_words import field_words
from backoffice.operations.catalogue import core_operations
from tests.pages.reader import page_in


def compared(before: object, after: object) -> tuple[Compared, ...]:
    """Both documents, by the words for what changes a customer."""
    return compare(before, after, field_words(core_operations(), "update_customer"))


@pytest.fixture(autouse=True)
def persian_page() -> Iterator[None]:
    with page_in("fa"):
        yield


def test_equal_values_are_no_change() -> None:
    assert [one.changed for one in compared({"name": "تهران"}, {"name": "تهران"})] == [False]


def test_a_new_object_has_nothing_before() -> None:
    assert compared(None, {"name": "تهران"}) == (Compared("نام", "", "تهران"),)


def test_values_inside_others_are_named_by_their_place() -> None:
    assert compared({"labels": {"fa": "تلفن"}}, {"labels": {"fa": "تماس"}}) == (
        Compared("نام ‹ فارسی", "تلفن", "تماس"),
    )


def test_lines_of_a_list_are_told_apart_by_their_codes() -> None:
    before = {"lines": [{"code": "hour", "rate": 10}, {"code": "km", "rate": 20}]}
    after = {"lines": [{"code": "km", "rate": 21}]}
    changed = [(one.name, one.before, one.after) for one in compared(before, after) if one.name.endswith("نرخ (ریال)")]
    assert changed == [("ردیف ‹ km ‹ نرخ (ریال)", "۲۰", "۲۱"), ("ردیف ‹ hour ‹ نرخ (ریال)", "۱۰", "")]


def test_days_and_instants_are_jalali() -> None:
    (day, instant) = compared(None, {"starts_on": "2026-11-22", "created_at": "2026-11-22T20:30:00+00:00"})
    assert (day.after, instant.after) == ("۱۴۰۵/۰۹/۰۱", "۱۴۰۵/۰۹/۰۲، ۰۰:۰۰")


def test_what_only_looks_like_an_instant_stays_as_it_is() -> None:
    assert compared(None, {"code": "2026-13-45Tabriz"})[0].after == "2026-13-45Tabriz"


def test_a_name_without_words_is_shown_as_it_is() -> None:
    assert compared(None, {"dongle": True}) == (Compared("dongle", "", "بله"),)


def test_values_that_are_one_of_a_few_are_in_words() -> None:
    changed = compared({"roles": ["agent", "admin"], "status": "requested"}, {"roles": ["agent"], "status": "paid"})
    assert [(one.before, one.after) for one in changed] == [
        ("کارشناس، مدیر سامانه", "کارشناس"),
        ("درخواست‌شده", "پرداخت‌شده"),
    ]


def test_what_is_stored_only_to_find_and_sort_by_is_left_out() -> None:
    assert [one.name for one in compared(None, {"name": "علی", "search_text": "علی", "sort_key": "x"})] == ["نام"]
