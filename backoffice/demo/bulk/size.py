"""How much the bulk demo has of everything."""

from dataclasses import dataclass

MOST = 25
"""The largest scale."""


@dataclass(frozen=True, kw_only=True)
class DemoSize:
    """Numbers of rows; an asset belongs to one of the customers, a record to one of the assets or to a prospect."""

    customers: int
    products: int
    assets: int
    records: int


def at_scale(scale: int) -> DemoSize:
    """So many times a thousand customers."""
    return DemoSize(customers=1_000 * scale, products=10 * scale, assets=2_000 * scale, records=20_000 * scale)
