"""What marshmallow says, in Persian and English, with a stable code for programs."""

import re
from dataclasses import dataclass
from typing import NamedTuple

from backoffice.domain.label import Label
from backoffice.domain.text import to_persian_digits


class Message(NamedTuple):
    """``detail`` is None for a message of the plugin's own, which then has one wording for both languages."""

    detail: str | None
    params: dict[str, str]
    text: Label


@dataclass(frozen=True)
class Wording:
    """One message of marshmallow's: a pattern of its English text, and the Persian with the pattern's groups."""

    detail: str
    english: re.Pattern[str]
    persian: str


NUMBER = r"-?[\d.]+(?:[Ee][+-]?\d+)?"
AT_LEAST = rf"greater than or equal to (?P<min>{NUMBER})"
ABOVE = rf"greater than (?P<min>{NUMBER})"
AT_MOST = rf"less than or equal to (?P<max>{NUMBER})"
BELOW = rf"less than (?P<max>{NUMBER})"

WORDINGS = tuple(
    Wording(detail, re.compile(english), persian)
    for detail, english, persian in (
        ("required", r"Missing data for required field\.", "این مقدار لازم است."),
        ("null", r"Field may not be null\.", "این مقدار نمی‌تواند خالی باشد."),
        ("invalid", r"Invalid value\.", "این مقدار پذیرفتنی نیست."),
        ("unknown_field", r"Unknown field\.", "چنین فیلدی وجود ندارد."),
        ("type", r"Invalid (?:input )?type\.", "ساختار این مقدار درست نیست."),
        ("string", r"Not a valid (?:utf-8 )?string\.", "باید متن باشد."),
        ("number", r"Not a valid number\.", "باید عدد باشد."),
        ("integer", r"Not a valid integer\.", "باید عدد صحیح باشد."),
        ("number_too_large", r"Number too large\.", "این عدد بیش از اندازه بزرگ است."),
        ("number", r"Special numeric values \(nan or infinity\) are not permitted\.", "باید عدد باشد."),
        ("boolean", r"Not a valid boolean\.", "باید بله یا خیر باشد."),
        ("date", r"Not a valid date\.", "تاریخ درست نیست."),
        ("datetime", r"Not a valid datetime\.", "تاریخ و ساعت درست نیست."),
        ("datetime_offset", r"Not a valid aware datetime\.", "تاریخ و ساعت باید با اختلاف ساعت منطقه باشد."),
        ("choice", r"Must be one of: (?P<choices>.*)\.", "باید یکی از گزینه‌ها باشد."),
        ("list", r"Not a valid list\.", "باید فهرست باشد."),
        ("email", r"Not a valid email address\.", "نشانی ایمیل درست نیست."),
        ("min", rf"Must be {AT_LEAST}\.", "باید دست‌کم {min} باشد."),
        ("min", rf"Must be {ABOVE}\.", "باید بیش از {min} باشد."),
        ("max", rf"Must be {AT_MOST}\.", "باید حداکثر {max} باشد."),
        ("max", rf"Must be {BELOW}\.", "باید کمتر از {max} باشد."),
        ("range", rf"Must be {AT_LEAST} and {AT_MOST}\.", "باید از {min} تا {max} باشد."),
        ("range", rf"Must be {AT_LEAST} and {BELOW}\.", "باید دست‌کم {min} و کمتر از {max} باشد."),
        ("range", rf"Must be {ABOVE} and {AT_MOST}\.", "باید بیش از {min} و حداکثر {max} باشد."),
        ("range", rf"Must be {ABOVE} and {BELOW}\.", "باید بیش از {min} و کمتر از {max} باشد."),
        ("min_length", r"Shorter than minimum length (?P<min>\d+)\.", "کوتاه‌تر از {min} است."),
        ("max_length", r"Longer than maximum length (?P<max>\d+)\.", "بلندتر از {max} است."),
        ("length", r"Length must be between (?P<min>\d+) and (?P<max>\d+)\.", "طول آن باید از {min} تا {max} باشد."),
        ("length", r"Length must be (?P<equal>\d+)\.", "طول آن باید {equal} باشد."),
        ("pattern", r"String does not match expected pattern\.", "به شکل خواسته‌شده نیست."),
    )
)


def translate(message: str) -> Message:
    """A message of marshmallow's or of a plugin's validator."""
    for wording in WORDINGS:
        if match := wording.english.fullmatch(message):
            params = match.groupdict()
            persian = {name: to_persian_digits(value) for name, value in params.items()}
            return Message(wording.detail, params, Label(wording.persian.format_map(persian), message))
    return Message(None, {}, Label(message, message))
