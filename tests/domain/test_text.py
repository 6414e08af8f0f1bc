"""Folding: one spelling for what readers take to be the same word; and the order in which they expect words."""

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.domain.text import fold, has_persian_letter, is_writing, sort_key, to_latin_digits, to_persian_digits

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


def in_order(*texts: str) -> bool:
    return all(sort_key(one) < sort_key(other) for one, other in pairwise(texts))


def test_the_persian_letters_are_in_the_order_of_their_alphabet():
    assert in_order(*"آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی")


def test_letters_come_before_digits_before_latin_ones_before_any_others():
    assert in_order("یاس", "۱۲", "۲۰", "Alpha", "beta", "Gamma", "Ωmega")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("علي", "علی"),
        ("می‌رود", "می رود"),
        ("ALFA", "alfa"),
        ("سال ۱۲", "سال 12"),
        ("«آلفا-بتا»", "آلفا بتا"),
        (" پ ", "پ"),
    ],
)
def test_spellings_and_punctuation_do_not_part_what_reads_alike(one: str, other: str):
    assert sort_key(one) == sort_key(other)


def test_a_word_comes_before_longer_ones_and_word_goes_before_word():
    assert in_order("علی", "علی یزدی", "علیرضا")


@given(st.text() | persian)
def test_a_sort_key_has_nothing_that_a_database_would_not_take(text: str):
    assert "\0" not in sort_key(text)


@given(st.text() | persian, st.text() | persian)
def test_two_texts_have_one_key_exactly_when_they_read_alike(one: str, other: str):
    def read(text: str) -> list[str]:
        return re.findall(r"[^\W_]+", fold(text))

    assert (sort_key(one) == sort_key(other)) == (read(one) == read(other))


@given(persian, persian, persian)
def test_what_follows_one_beginning_decides_the_order(start: str, one: str, other: str):
    one, other = f"x{one}", f"x{other}"  # a mark at the very beginning would join the letter before it
    assert (sort_key(start + one) < sort_key(start + other)) == (sort_key(one) < sort_key(other))


@given(st.lists(persian, max_size=8))
def test_the_bytes_of_keys_are_in_the_order_of_their_letters(texts: list[str]):
    assert sorted(texts, key=sort_key) == sorted(texts, key=lambda text: sort_key(text).encode())


@pytest.mark.parametrize(("text", "persian"), [("SN نصب", True), ("Installation 12", False), ("\u200c", False)])
def test_persian_text_has_a_persian_letter(text: str, persian: bool):
    assert has_persian_letter(text) is persian


@pytest.mark.parametrize("text", ["", "علی\u200cاکبر", "سطر یکم\r\n\tسطر دوم", "\u200fمتن\u202c", "😀"])
def test_what_people_write_is_writing(text):
    assert is_writing(text)


@pytest.mark.parametrize("text", ["a\0", "\x07", "\x1b[31m", "\x7f", "\x0b", "\ud800"], ids=ascii)
def test_control_characters_and_halves_of_pairs_are_no_writing(text):
    assert not is_writing(text)
