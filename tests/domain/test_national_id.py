"""Check digits of national ids."""

import pytest

from backoffice.domain.national_id import is_company_id, is_national_id


@pytest.mark.parametrize("text", ["0013542419", "0499370899", "۰۰۱۳۵۴۲۴۱۹"])
def test_a_persons_id_with_the_right_check_digit_is_good(text: str):
    assert is_national_id(text)


@pytest.mark.parametrize("text", ["0013542418", "1111111111", "001354241", "00135424190", "001354241x", ""])
def test_any_other_is_no_persons_id(text: str):
    assert not is_national_id(text)


@pytest.mark.parametrize("text", ["10380284790", "14007650912", "۱۴۰۰۷۶۵۰۹۱۲"])
def test_a_companys_id_with_the_right_check_digit_is_good(text: str):
    assert is_company_id(text)


@pytest.mark.parametrize("text", ["10380285692", "1038028479", "11111111111", "1038028479x", ""])
def test_any_other_is_no_companys_id(text: str):
    assert not is_company_id(text)


@pytest.mark.parametrize("text", ["0000000000", "9999999999"])
def test_ten_equal_digits_are_no_persons_id_though_they_fit(text: str):
    assert not is_national_id(text)


def test_eleven_equal_digits_are_no_companys_id_though_they_fit():
    assert not is_company_id("33333333333")


def test_two_different_digits_are_enough():
    assert is_national_id("1011111111")
    assert is_company_id("50000000000")


@pytest.mark.parametrize("text", ["17066907430", "83038836850"])
def test_a_remainder_of_ten_is_a_check_digit_of_0(text: str):
    assert is_company_id(text)


@pytest.mark.parametrize("text", ["8386756500", "2892184010"])
def test_a_remainder_of_0_is_its_own_check_digit(text: str):
    assert is_national_id(text)


@pytest.mark.parametrize("text", ["001354241²", "००१३५४२४१९"])
def test_digits_are_latin_persian_or_arabic(text: str):
    assert not is_national_id(text)
