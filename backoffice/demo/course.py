"""What becomes of a demo's service: the steps that it takes, from its recording to its end."""

from collections.abc import Mapping
from enum import Enum, StrEnum, auto
from types import MappingProxyType


class Act(StrEnum):
    """One thing done at the desk; a player has a method of this name."""

    ARRIVE = "arrive"
    SELL = "sell"
    RENEW = "renew"
    RECORD = "record"
    SCHEDULE = "schedule"
    START = "start"
    COMPLETE = "complete"
    CLOSE = "close"
    CANCEL = "cancel"
    VOID = "void"


class Course(Enum):
    """What became of a service."""

    AT_ONCE = auto()
    LATER = auto()
    PLANNED = auto()
    CLOSED = auto()
    OPEN = auto()
    SCHEDULED = auto()
    STARTED = auto()
    CANCELLED = auto()
    VOIDED = auto()


STEPS: Mapping[Course, tuple[Act, ...]] = MappingProxyType(
    {
        Course.AT_ONCE: (Act.RECORD,),
        Course.LATER: (Act.RECORD, Act.COMPLETE),
        Course.PLANNED: (Act.RECORD, Act.SCHEDULE, Act.START, Act.COMPLETE),
        Course.CLOSED: (Act.RECORD, Act.CLOSE),
        Course.OPEN: (Act.RECORD,),
        Course.SCHEDULED: (Act.RECORD, Act.SCHEDULE),
        Course.STARTED: (Act.RECORD, Act.START),
        Course.CANCELLED: (Act.RECORD, Act.CANCEL),
        Course.VOIDED: (Act.RECORD, Act.VOID),
    }
)

DONE_AT_ONCE = frozenset({Course.AT_ONCE, Course.CLOSED, Course.VOIDED})
"""Courses on which the work is done by the time it is recorded."""
