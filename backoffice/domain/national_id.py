"""Check digits of the national ids of persons and of companies in Iran."""

from backoffice.domain.text import to_latin_digits

_COMPANY_WEIGHTS = (29, 27, 23, 19, 17)


def is_national_id(text: str) -> bool:
    """Whether ``text``, in any digits, is a person's national id: ten, the last fitting the weighted sum modulo 11."""
    digits = _digits(text, 10)
    if digits is None or len(set(digits)) == 1:
        return False
    remainder = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return digits[9] == (remainder if remainder < 2 else 11 - remainder)


def is_company_id(text: str) -> bool:
    """Whether ``text``, in any digits, is a company's national id: eleven, the tenth shifting the weighted sum."""
    digits = _digits(text, 11)
    if digits is None or len(set(digits)) == 1:
        return False
    shift = digits[9] + 2
    remainder = sum((digits[i] + shift) * _COMPANY_WEIGHTS[i % 5] for i in range(10)) % 11
    return digits[10] == remainder % 10


def _digits(text: str, length: int) -> tuple[int, ...] | None:
    latin = to_latin_digits(text).strip()
    if len(latin) != length or not (latin.isascii() and latin.isdigit()):
        return None
    return tuple(int(digit) for digit in latin)
