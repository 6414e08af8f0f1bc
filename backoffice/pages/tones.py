"""The colours and icons that go with statuses, outcomes and modes."""

from collections.abc import Mapping, Sequence
from enum import StrEnum

from backoffice.domain.coverage import Outcome
from backoffice.domain.period import PeriodStatus
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode
from backoffice.models import ChargeStatus, SuggestionStatus

TONES: Mapping[str, Mapping[StrEnum, str]] = {
    "status": {
        RecordStatus.REQUESTED: "blue",
        RecordStatus.SCHEDULED: "purple",
        RecordStatus.IN_PROGRESS: "primary",
        RecordStatus.DONE: "green",
        RecordStatus.CLOSED: "slate",
        RecordStatus.CANCELLED: "slate",
        RecordStatus.VOIDED: "slate",
    },
    "period_status": {
        PeriodStatus.ACTIVE: "green",
        PeriodStatus.SCHEDULED: "purple",
        PeriodStatus.EXPIRED: "slate",
        PeriodStatus.CANCELLED: "slate",
    },
    "charge_status": {
        ChargeStatus.PROPOSED: "amber",
        ChargeStatus.CONFIRMED: "green",
        ChargeStatus.EXPORTED: "blue",
        ChargeStatus.PAID: "green",
        ChargeStatus.REVERSED: "slate",
    },
    "suggestion_status": {
        SuggestionStatus.SUGGESTED: "amber",
        SuggestionStatus.ACCEPTED: "green",
        SuggestionStatus.DISMISSED: "slate",
        SuggestionStatus.OBSOLETE: "slate",
    },
    "outcome": {
        Outcome.FREE: "green",
        Outcome.ALLOWANCE: "green",
        Outcome.TARIFF: "amber",
        Outcome.QUOTE: "amber",
        Outcome.NOT_OFFERED: "red",
        Outcome.NO_TARIFF: "red",
        Outcome.NEEDS_INPUT: "blue",
    },
}
"""By the kind of word and its value. Green costs nothing, amber costs money, red is an error; beside a word, always."""

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


def tone(value: StrEnum, kind: str) -> str:
    """The colour that goes with a value of this kind: ``record.status|tone('status')``."""
    return TONES[kind][value]


def mode_icon(value: Mode | Sequence[Mode]) -> str:
    """The icon of a mode, or of the first of several."""
    return MODE_ICONS[value if isinstance(value, Mode) else value[0]]


def outcome_icon(value: Outcome) -> str:
    """The icon of an outcome."""
    return OUTCOME_ICONS[value]
