"""A charge's states: from what a decision proposes to what is paid."""

from enum import StrEnum

from backoffice.domain.transitions import Transitions


class ChargeStatus(StrEnum):
    """How far a charge has come."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    EXPORTED = "exported"
    PAID = "paid"
    REVERSED = "reversed"


_C = ChargeStatus

CHARGE_STEPS = Transitions(
    {
        _C.PROPOSED: frozenset({_C.CONFIRMED, _C.REVERSED}),
        _C.CONFIRMED: frozenset({_C.EXPORTED, _C.REVERSED}),
        _C.EXPORTED: frozenset({_C.PAID}),
        _C.PAID: frozenset(),
        _C.REVERSED: frozenset(),
    }
)
"""What has left for the books is not reversed: it is taken back there."""

IN_THE_BOOKS = frozenset({ChargeStatus.EXPORTED, ChargeStatus.PAID})
"""States in which a charge has left the desk for the books."""

AGREED = IN_THE_BOOKS | {ChargeStatus.CONFIRMED}
"""States in which finance has confirmed a charge, or more than that."""
