"""The rows of a charge: proposed by a decision, reversed when it no longer holds. Values in, columns out."""

from dataclasses import dataclass
from datetime import datetime

from backoffice.models import ChargeStatus


@dataclass(frozen=True, kw_only=True)
class Payable:
    """What a stored decision makes payable, in rials, and the edition and the tax that stand behind it."""

    decision_id: int
    amount: int
    edition_id: int
    tax_rate_id: int


def payable(decision_id: int, *, amount: int | None, edition_id: int | None, tax_rate_id: int | None) -> Payable | None:
    """What the decision makes payable, None for nothing; raises ValueError where no edition or tax stands behind it."""
    if not amount:
        return None
    if edition_id is None or tax_rate_id is None:
        raise ValueError(f"decision {decision_id} makes {amount} rials payable by no edition or no tax rate")
    return Payable(decision_id=decision_id, amount=amount, edition_id=edition_id, tax_rate_id=tax_rate_id)


def charge_values(record_id: int, payable: Payable, *, now: datetime) -> dict[str, object]:
    """The columns of a charge proposed ``now``."""
    return {
        "record_id": record_id,
        "decision_id": payable.decision_id,
        "amount": payable.amount,
        "edition_id": payable.edition_id,
        "tax_rate_id": payable.tax_rate_id,
        "status": ChargeStatus.PROPOSED,
        "created_at": now,
    }


def reversed_values(now: datetime) -> dict[str, object]:
    """The columns of a charge that no longer stands."""
    return {"status": ChargeStatus.REVERSED, "reversed_at": now}
