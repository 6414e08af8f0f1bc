"""The tariff book: editions, billed minutes and mappings."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.canonical import canonical_json
from backoffice.domain.plan import MissingTariff
from backoffice.domain.service import Mode
from backoffice.domain.tariff import BillingRule, TariffBook, TariffMapping
from tests.domain.examples import BOOK

PREVIOUS = MissingTariff.PREVIOUS_PROVISIONAL


def edition_name(book: TariffBook, day: date, missing: MissingTariff = PREVIOUS) -> str | None:
    edition, provisional = book.edition_on(day, missing)
    return edition and f"{edition.jalali_year}v{edition.version}{' provisional' if provisional else ''}"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2024, 4, 19), None),
        (date(2024, 4, 20), "1403v1"),
        (date(2026, 3, 20), "1404v1"),
        (date(2026, 3, 21), "1404v1 provisional"),
        (date(2026, 5, 10), "1405v1"),
        (date(2026, 9, 22), "1405v1"),
        (date(2026, 9, 23), "1405v2"),
        (date(2030, 1, 1), "1405v2 provisional"),
    ],
)
def test_the_newest_edition_of_the_years_own_in_force_that_day_counts(day: date, name: str | None):
    assert edition_name(BOOK, day) == name


@pytest.mark.parametrize("missing", [MissingTariff.BLOCK, MissingTariff.QUOTE])
def test_another_years_edition_counts_only_when_the_plan_says_so(missing: MissingTariff):
    assert edition_name(BOOK, date(2026, 3, 21), missing) is None


def test_an_edition_not_approved_yet_counts_for_nothing():
    drafts = replace(BOOK, editions=tuple(replace(edition, approved=False) for edition in BOOK.editions))
    assert edition_name(drafts, date(2026, 9, 23)) is None


def test_of_two_editions_of_one_day_the_higher_version_counts():
    first = BOOK.editions[0]
    book = replace(BOOK, editions=(replace(first, version=2), first))
    assert edition_name(book, first.effective_from) == "1403v2"


@pytest.mark.parametrize(("version", "day"), [(1, date(2025, 6, 1)), (2, date(2025, 5, 5))])
@pytest.mark.parametrize("asked", [date(2025, 7, 1), date(2026, 4, 1)])
def test_the_later_day_counts_before_the_higher_version(asked: date, version: int, day: date):
    """In its own year, and provisionally in the next: the edition that came into force last, whatever its version."""
    [first] = [edition for edition in BOOK.editions if edition.jalali_year == 1404]
    other = replace(first, version=3 - version, effective_from=date(2025, 5, 20))
    book = replace(BOOK, editions=(replace(first, version=version, effective_from=day), other))
    edition, _ = book.edition_on(asked, PREVIOUS)
    assert edition is not None
    assert edition.effective_from == max(day, date(2025, 5, 20))


def test_of_earlier_years_the_newest_day_counts_provisionally_not_the_highest_version():
    first, second, *_ = BOOK.editions
    book = replace(BOOK, editions=(replace(first, version=9), second))
    assert edition_name(book, date(2026, 4, 1)) == "1404v1 provisional"


@pytest.mark.parametrize(
    ("minutes", "billed"), [(None, 30), (0, 30), (30, 30), (31, 45), (45, 45), (46, 60), (95, 105)]
)
def test_minutes_are_billed_from_the_minimum_in_whole_steps(minutes: int | None, billed: int):
    assert BOOK.billed_minutes(Mode.REMOTE, minutes) == billed


@given(st.integers(0, 10_000), st.integers(0, 300), st.integers(1, 60))
def test_billed_minutes_cover_the_work_by_less_than_a_step(minutes: int, minimum: int, step: int):
    billed = BillingRule(Mode.REMOTE, minimum, step).billed(minutes)
    assert billed % step == 0
    assert 0 <= billed - max(minutes, minimum) < step


@pytest.mark.parametrize(("minimum", "step"), [(-1, 15), (30, 0)])
def test_a_billing_rule_that_would_never_end_is_refused(minimum: int, step: int):
    with pytest.raises(ValueError, match="billing of remote"):
        BillingRule(Mode.REMOTE, minimum, step)


def test_a_mode_without_a_billing_rule_bills_nothing_it_could_not_explain():
    assert TariffBook().billed_minutes(Mode.REMOTE, 60) is None


def test_a_service_types_own_mapping_comes_before_the_one_for_any():
    own, any_service = TariffMapping("training", "session"), TariffMapping("*", "hour")
    book = TariffBook(mappings=(any_service, own))
    assert (book.mapping_for("training"), book.mapping_for("installation")) == (own, any_service)


def test_without_a_mapping_there_is_none():
    assert TariffBook(mappings=(TariffMapping("training", "session"),)).mapping_for("installation") is None


def test_a_book_reads_back_from_its_document():
    assert TariffBook.from_document(BOOK.to_document()).content_hash == BOOK.content_hash


def test_the_order_of_rows_changes_no_hash():
    turned = TariffBook(BOOK.editions[::-1], BOOK.billing[::-1], BOOK.mappings[::-1])
    assert turned.content_hash == BOOK.content_hash


def test_a_rate_changes_the_hash():
    first = BOOK.editions[0]
    dearer = replace(first, lines=(replace(first.lines[0], rate=1), *first.lines[1:]))
    assert replace(BOOK, editions=(dearer, *BOOK.editions[1:])).content_hash != BOOK.content_hash


def test_a_books_document_is_json():
    assert canonical_json(BOOK.to_document()).startswith('{"billing":')


def test_an_edition_of_the_year_that_is_not_in_force_yet_prices_nothing_provisionally():
    book = replace(BOOK, editions=tuple(edition for edition in BOOK.editions if edition.jalali_year == 1405))
    assert edition_name(book, date(2026, 5, 9)) is None


def test_an_edition_of_a_later_year_is_no_earlier_one():
    first = BOOK.editions[0]
    book = replace(BOOK, editions=(first, replace(first, jalali_year=1406, version=2)))
    assert edition_name(book, date(2025, 4, 1)) == "1403v1 provisional"


def test_the_order_of_a_book_changes_no_hash():
    mappings = (TariffMapping("training", "hour"), TariffMapping("*", "hour"))
    editions = (replace(BOOK.editions[1], version=2), replace(BOOK.editions[2], version=1))
    book = replace(BOOK, mappings=mappings, editions=editions)
    turned = replace(BOOK, mappings=mappings[::-1], editions=editions[::-1], billing=BOOK.billing[::-1])
    assert turned.content_hash == book.content_hash
    assert [one["service_type"] for one in book.to_document()["mappings"]] == ["*", "training"]
    assert [one["jalali_year"] for one in book.to_document()["editions"]] == [1404, 1405]
