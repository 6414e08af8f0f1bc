"""The row of an asset: what was sold to whom, by its serial number."""

from dataclasses import dataclass
from datetime import date, datetime

from backoffice.domain.text import fold


@dataclass(frozen=True, kw_only=True, slots=True)
class Sale:
    """A unit to be entered as sold."""

    serial_number: str
    customer_id: int
    product_id: int
    site_id: int | None
    purchased_on: date


def asset_values(sale: Sale, now: datetime) -> dict[str, object]:
    """The columns of an asset entered ``now``."""
    return {
        "serial_number": sale.serial_number,
        "serial_folded": fold(sale.serial_number),
        "customer_id": sale.customer_id,
        "product_id": sale.product_id,
        "site_id": sale.site_id,
        "purchased_on": sale.purchased_on,
        "version": 1,
        "created_at": now,
        "updated_at": now,
    }
