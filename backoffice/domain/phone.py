"""Telephone numbers as people write them, to E.164."""

import phonenumbers

from backoffice.domain.text import to_latin_digits

_HOME_REGION = "IR"


def parse_phone(raw: str) -> str | None:
    """The E.164 form of a number as written in Iran or internationally, in any digits; None for what is no such number.

    ۰۹۱۲۳۴۵۶۷۸۹, 09123456789, +989123456789 and 00989123456789 are one number; landlines need their area code.
    """
    try:
        number = phonenumbers.parse(to_latin_digits(raw), _HOME_REGION)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
