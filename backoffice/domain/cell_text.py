"""What people type into the cells of a table: rials, days, percentages, in Persian, Arabic or Latin digits."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal

from backoffice.domain.calendar import parse_jalali
from backoffice.domain.money import RIAL_LIMIT
from backoffice.domain.text import to_latin_digits

_BLANKS = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u200c": " ", "\u200e": None, "\u200f": None})
_SEPARATORS = str.maketrans({"٬": ",", "،": ",", "’": ","})
_WHOLE = re.compile(r"\d+|\d{1,3}(,\d{3})+", re.ASCII)
_DAY = re.compile(r"(\d{4})([-/])(\d{1,2})[-/](\d{1,2})", re.ASCII)
_PERCENTAGE = re.compile(r"(\d{1,3})(?:[.٫](\d{1,2}))? ?[%٪]?|[%٪] ?(\d{1,3})(?:[.٫](\d{1,2}))?", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")

FIRST_DAY, LAST_DAY = date(1950, 1, 1), date(2149, 12, 31)
"""Days outside these are slips of the pen."""

FIRST_GREGORIAN_YEAR = 1800
"""A year from here on is a Gregorian one; no Jalali year in use is that late."""


class BadText(ValueError):
    """A text that is not what its cell asks for: ``code`` and ``params`` of the problem to tell."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def cleaned(text: str) -> str:
    """``text`` as cells are compared: Latin digits, plain blanks, none at the ends, no marks of direction."""
    return to_latin_digits(text).translate(_BLANKS).strip()


def rials(text: str) -> int:
    """Whole rials, thousands apart or not: ``9480000``, ``9,480,000``, ``۹٬۴۸۰٬۰۰۰``. Raises BadText."""
    digits = cleaned(text).translate(_SEPARATORS).replace(" ", ",")
    if not _WHOLE.fullmatch(digits):
        raise BadText("not_rials")
    amount = digits.replace(",", "")
    if len(amount) > len(str(RIAL_LIMIT)) or int(amount) > RIAL_LIMIT:
        raise BadText("too_many_rials", most=RIAL_LIMIT)
    return int(amount)


def day(text: str) -> date:
    """A Jalali day, ``۱۴۰۵/۰۷/۰۱`` or ``1405-07-01``, or a Gregorian one, ``2026-09-23``. Raises BadText."""
    found = _DAY.fullmatch(cleaned(text))
    if found is None:
        raise BadText("not_a_day")
    gregorian = int(found[1]) >= FIRST_GREGORIAN_YEAR
    try:
        read = date.fromisoformat(found[0]) if gregorian else parse_jalali(found[0])
    except ValueError:
        raise BadText("not_a_day") from None
    if not FIRST_DAY <= read <= LAST_DAY:
        raise BadText("not_a_day")
    return read


def basis_points(text: str) -> int:
    """Hundredths of a per cent: ``10``, ``9.5``, ``۹٫۵٪``; 0, or from 1 to 100 per cent. Raises BadText.

    Less than 1 is refused: whoever writes 0.1 means ten per cent.
    """
    found = _PERCENTAGE.fullmatch(cleaned(text))
    if found is None:
        raise BadText("not_a_percentage")
    points = int(Decimal(f"{found[1] or found[3]}.{found[2] or found[4] or 0}") * 100)
    if points > 10_000 or 0 < points < 100:
        raise BadText("not_a_percentage")
    return points


def code(text: str) -> str:
    """The code of a tariff line: Latin letters, digits, ``.``, ``_`` and ``-``, at most 64 of them. Raises BadText."""
    given = cleaned(text)
    if not _CODE.fullmatch(given):
        raise BadText("not_a_code")
    return given


def whole_number(least: int, most: int) -> Callable[[str], int]:
    """What reads a whole number from ``least`` to ``most``, and raises BadText for anything else."""

    def read(text: str) -> int:
        given = cleaned(text)
        if not given.isascii() or not given.isdigit() or len(given) > 9 or not least <= int(given) <= most:
            raise BadText("not_a_number", least=least, most=most)
        return int(given)

    return read
