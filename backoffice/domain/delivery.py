"""The states of a delivery: one event on its way to one consumer."""

from enum import StrEnum

from backoffice.domain.transitions import Transitions


class DeliveryStatus(StrEnum):
    """How far a delivery has come. A parked one failed so often that a person has to look at it."""

    WAITING = "waiting"
    DELIVERED = "delivered"
    PARKED = "parked"
    DISCARDED = "discarded"


_D = DeliveryStatus

DELIVERY_STEPS = Transitions(
    {
        _D.WAITING: frozenset({_D.DELIVERED, _D.PARKED}),
        _D.PARKED: frozenset({_D.WAITING, _D.DISCARDED}),
        _D.DELIVERED: frozenset(),
        _D.DISCARDED: frozenset(),
    }
)
"""What is parked is tried again, or given up, by a person alone."""
