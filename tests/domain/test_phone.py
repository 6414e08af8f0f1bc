"""Telephone numbers as people write them."""

import pytest

from backoffice.domain.phone import parse_phone


@pytest.mark.parametrize(
    "raw",
    ["۰۹۱۲۳۴۵۶۷۸۹", "٠٩١٢٣٤٥٦٧٨٩", "09123456789", "0912 345 67 89", "+989123456789", "00989123456789", "9123456789"],
)
def test_a_mobile_number_is_one_number_however_it_is_written(raw: str):
    assert parse_phone(raw) == "+989123456789"


@pytest.mark.parametrize("raw", ["021-88776655", "۰۲۱ ۸۸۷۷ ۶۶۵۵", "(021) 88776655", "00982188776655"])
def test_a_landline_is_read_with_its_area_code(raw: str):
    assert parse_phone(raw) == "+982188776655"


def test_a_number_abroad_is_read_in_its_international_form():
    assert parse_phone("+49 30 901820") == "+4930901820"


@pytest.mark.parametrize("raw", ["", "88776655", "0912", "تلفن", "0912345678901"])
def test_what_cannot_be_called_is_no_number(raw: str):
    assert parse_phone(raw) is None
