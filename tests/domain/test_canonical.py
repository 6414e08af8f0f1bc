"""One spelling of a value as JSON, and its hash."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from types import MappingProxyType

import pytest

from backoffice.domain.canonical import canonical_json, content_hash
from backoffice.domain.service import Mode


def test_keys_are_sorted_and_nothing_is_escaped_or_spaced():
    assert canonical_json({"ب": 1, "الف": [True, None]}) == '{"الف":[true,null],"ب":1}'


def test_dates_decimals_and_enum_members_are_text():
    values = (date(2025, 8, 6), Decimal("0.10"), Mode.ON_SITE)
    assert canonical_json(values) == '["2025-08-06","0.10","on_site"]'


def test_an_instant_is_spelled_in_utc():
    tehran = datetime(2025, 8, 6, 12, tzinfo=timezone(timedelta(hours=3, minutes=30)))
    assert content_hash(tehran) == content_hash(datetime(2025, 8, 6, 8, 30, tzinfo=UTC))


def test_a_set_is_spelled_in_one_order():
    assert canonical_json(frozenset(Mode)) == canonical_json(sorted(Mode))


def test_a_read_only_mapping_is_spelled_like_a_dict():
    assert content_hash(MappingProxyType({"a": 1})) == content_hash({"a": 1})


@pytest.mark.parametrize("value", [datetime(2025, 8, 6), object(), {1: "a"}])  # noqa: DTZ001
def test_what_has_no_one_spelling_is_refused(value: object):
    with pytest.raises(TypeError):
        canonical_json(value)


def test_what_is_not_a_number_is_refused():
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical_json(float("nan"))


def test_different_values_have_different_hashes():
    assert content_hash({"a": 1}) != content_hash({"a": "1"})


def test_an_instant_has_its_own_spelling():
    assert canonical_json(datetime(2025, 8, 6, 8, 30, tzinfo=UTC)) == '"2025-08-06T08:30:00+00:00"'


def test_a_set_of_what_has_no_order_is_spelled_in_one():
    assert canonical_json(frozenset({(1, "a"), (1, None)})) == canonical_json(frozenset({(1, None), (1, "a")}))
