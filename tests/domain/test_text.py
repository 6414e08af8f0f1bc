"""Folding: one spelling for what readers take to be the same word."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.text import fold, to_latin_digits, to_persian_digits

persian = st.text(st.characters(min_codepoint=0x600, max_codepoint=0x6FF) | st.sampled_from("aZé\u200c \u0301"))


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("علي", "علی"),
        ("موسى", "موسی"),
        ("كتاب", "کتاب"),
        ("فاطمة", "فاطمه"),
        ("أإٱ", "ااا"),
        ("مؤمن", "مومن"),
        ("رئیس", "رییس"),
        ("مُحَمَّد", "محمد"),
        ("خانهٔ", "خانه"),
        ("خانۀ", "خانه"),
        ("كـــتاب", "کتاب"),
        ("۱۲٣٤", "1234"),
        ("می‌رود", "می رود"),
        ("SN-۰۰A", "sn-00a"),
    ],
)
def test_spellings_of_one_word_fold_to_one(typed: str, folded: str):
    assert fold(typed) == folded


def test_alef_with_madda_stays_a_letter_of_its_own():
    assert fold("آب") == "آب"


def test_a_letter_written_as_two_codes_folds_like_one():
    assert fold(unicodedata.normalize("NFD", "أئؤ")) == fold("أئؤ")


@given(st.text() | persian)
def test_folding_twice_changes_nothing(text: str):
    assert fold(fold(text)) == fold(text)


@given(st.text() | persian)
def test_folded_text_is_nfc(text: str):
    assert unicodedata.is_normalized("NFC", fold(text))


def test_digits_change_sets_and_nothing_else_does():
    assert to_latin_digits("سال ۱۴۰۵، ٣ بار") == "سال 1405، 3 بار"
    assert to_persian_digits("SN-12 ٣") == "SN-۱۲ ٣"
