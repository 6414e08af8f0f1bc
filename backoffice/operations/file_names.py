"""What people may call the fields, columns and units of a file: by code, or as the product shows them."""

from functools import cache

from backoffice.domain.tariff import PriceUnit
from backoffice.domain.tariff_file import Names
from backoffice.domain.text import fold
from backoffice.wording import LANGUAGES, texts


@cache
def names() -> Names:
    """The names in both languages, folded."""
    units = {name: PriceUnit(code) for name, code in _named("unit").items()}
    return Names(fields=_named("file_field"), units=units)


def _named(kind: str) -> dict[str, str]:
    """The code of each text of a kind, by the text and by the code itself."""
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for key, text in texts(language).items():
            group, _, code = key.partition(".")
            if group == kind:
                found |= {fold(code): code, fold(text): code}
    return found
