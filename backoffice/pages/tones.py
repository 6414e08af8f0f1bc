"""The colours and icons that go with statuses, outcomes and modes."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from backoffice.domain.coverage import Outcome
from backoffice.domain.period import PeriodStatus
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import ChargeStatus, SuggestionStatus

TONES: Mapping[StrEnum, str] = {
    RecordStatus.REQUESTED: "blue",
    RecordStatus.SCHEDULED: "purple",
    RecordStatus.IN_PROGRESS: "primary",
    RecordStatus.DONE: "green",
    RecordStatus.CLOSED: "slate",
    RecordStatus.CANCELLED: "slate",
    RecordStatus.VOIDED: "slate",
    PeriodStatus.ACTIVE: "green",
    PeriodStatus.SCHEDULED: "purple",
    PeriodStatus.EXPIRED: "slate",
    ChargeStatus.PROPOSED: "amber",
    ChargeStatus.CONFIRMED: "green",
    ChargeStatus.EXPORTED: "blue",
    ChargeStatus.PAID: "green",
    ChargeStatus.REVERSED: "slate",
    SuggestionStatus.SUGGESTED: "amber",
    SuggestionStatus.ACCEPTED: "green",
    SuggestionStatus.DISMISSED: "slate",
    SuggestionStatus.OBSOLETE: "slate",
    Outcome.FREE: "green",
    Outcome.ALLOWANCE: "green",
    Outcome.TARIFF: "amber",
    Outcome.QUOTE: "amber",
    Outcome.NOT_OFFERED: "red",
    Outcome.NO_TARIFF: "red",
    Outcome.NEEDS_INPUT: "blue",
}
"""Green costs nothing, amber costs money, red is an error. Always beside a word, never alone."""

OUTCOME_ICONS: Mapping[StrEnum, str] = {
    Outcome.FREE: "gift",
    Outcome.ALLOWANCE: "gift",
    Outcome.TARIFF: "coin",
    Outcome.QUOTE: "file-invoice",
    Outcome.NOT_OFFERED: "ban",
    Outcome.NO_TARIFF: "alert-triangle",
    Outcome.NEEDS_INPUT: "info-circle",
}

MODE_ICONS: Mapping[StrEnum, str] = {
    Mode.REMOTE: "device-desktop",
    Mode.PHONE: "phone-call",
    Mode.ON_SITE: "map-pin",
    Mode.AT_COMPANY: "building",
    Mode.AT_AGENCY: "building-store",
}


def tone(value: StrEnum) -> str:
    """The colour that goes with a status or an outcome."""
    return TONES.get(value, "slate")


def mode_icon(value: Mode | Sequence[Mode]) -> str:
    """The icon of a mode, or of the first of several."""
    return MODE_ICONS[value if isinstance(value, Mode) else value[0]]


def outcome_icon(value: Outcome) -> str:
    """The icon of an outcome."""
    return OUTCOME_ICONS[value]
