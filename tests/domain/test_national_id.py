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
