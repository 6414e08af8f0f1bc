"""Whether an edition of the tariff has the lines that services are priced by, in units of use."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from backoffice.domain.money import PriceUnit
from backoffice.domain.rates import LABOUR_UNITS
from backoffice.domain.tariff import TariffEdition, TariffMapping

UNITS: Mapping[str, frozenset[PriceUnit]] = MappingProxyType(
    {
        "labour": LABOUR_UNITS,
        "call_out": frozenset({PriceUnit.CALL_OUT}),
        "kilometre": frozenset({PriceUnit.KILOMETRE}),
    }
)
"""The units that a line may have, by what it prices."""


@dataclass(frozen=True)
class Misfit:
    """A mapped line that an edition lacks (``unit`` None), or has in a unit of no use for what it prices."""

    service_type: str
    line: str
    unit: PriceUnit | None


def misfits(edition: TariffEdition, mappings: Iterable[TariffMapping]) -> tuple[Misfit, ...]:
    """Why services could not be priced by ``edition``; empty when all can."""
    return tuple(misfit for mapping in mappings for misfit in _of(edition, mapping))


def _of(edition: TariffEdition, mapping: TariffMapping) -> Iterator[Misfit]:
    named = {"labour": mapping.labour, "call_out": mapping.call_out, "kilometre": mapping.kilometre}
    for purpose, code in named.items():
        if code is None:
            continue
        line = edition.line(code)
        if line is None or line.unit not in UNITS[purpose]:
            yield Misfit(mapping.service_type, code, line.unit if line else None)
