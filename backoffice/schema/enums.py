"""The enums: the domain's own with a description of every value, and those that only the API has.

The modules of the types take every enum from here: one that Strawberry meets undescribed it declares by itself.
"""

from collections.abc import Mapping
from enum import StrEnum, auto

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from backoffice.domain.decision import Outcome
from backoffice.domain.money import Component, PriceUnit
from backoffice.domain.period import PeriodKind, PeriodStatus, Track
from backoffice.domain.problem import ErrorCode
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.models import CustomerKind, CustomerStage, OfficeKind

__all__ = [
    "AssetOrderField",
    "Component",
    "CustomerKind",
    "CustomerOrderField",
    "CustomerStage",
    "ErrorCode",
    "Language",
    "Mode",
    "OfficeKind",
    "OrderDirection",
    "Outcome",
    "PeriodKind",
    "PeriodStatus",
    "PriceUnit",
    "ProductOrderField",
    "RecordStatus",
    "ServiceRecordOrderField",
    "StatsDimension",
    "Subject",
    "Track",
    "declare_enum",
]


class Upper(StrEnum):
    """Members whose value is their name: what ``query`` takes is what the document says."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name


class Language(StrEnum):
    """A language the desk speaks; the value is its ISO 639 code."""

    FA = "fa"
    EN = "en"


class OrderDirection(StrEnum):
    """Which end of a list comes first."""

    ASC = "asc"
    DESC = "desc"


class CustomerOrderField(Upper):
    """By what customers can be ordered."""

    NAME = auto()
    CODE = auto()
    CREATED_AT = auto()


class ProductOrderField(Upper):
    """By what products can be ordered."""

    SKU = auto()
    NAME = auto()


class AssetOrderField(Upper):
    """By what assets can be ordered."""

    PURCHASED_ON = auto()
    SERIAL_NUMBER = auto()


class ServiceRecordOrderField(Upper):
    """By what service records can be ordered."""

    REQUESTED_AT = auto()
    NUMBER = auto()


class StatsDimension(Upper):
    """By what service records can be counted."""

    SERVICE_TYPE = auto()
    STATUS = auto()
    MODE = auto()
    CHANNEL = auto()
    OUTCOME = auto()
    PRODUCT = auto()
    JALALI_MONTH = auto()


def declare_enum(kind: type[StrEnum], description: str, values: Mapping[str, str], *, name: str | None = None) -> None:
    """Make an enum known to Strawberry, under its own name unless ``name`` is given. Every member needs a text."""
    if set(values) != set(kind.__members__):
        raise TypeError(f"{kind.__name__}: describe exactly {', '.join(kind.__members__)}")
    if "__strawberry_definition__" in vars(kind):
        raise TypeError(f"{kind.__name__} is declared already")
    strawberry.enum(kind, name=name, description=description)
    definition: StrawberryEnumDefinition = kind.__strawberry_definition__  # type: ignore[attr-defined]  # set by it
    for value in definition.values:
        value.description = values[value.name]


declare_enum(
    ErrorCode,
    "Why something was refused, for programs; stable. Keep a default branch: codes may be added.",
    {
        "INVALID": "A value is not acceptable; `path` names the input field.",
        "NOT_FOUND": "There is no such object, or the viewer may not see it.",
        "CONFLICT": "The object's state does not allow this, or an idempotency key was used with other input.",
        "STALE": "The object was changed since `version`; the payload holds it as it is now.",
        "FORBIDDEN": "The viewer may not do this to this object.",
        "DECISION_CHANGED": "The coverage decision is no longer the expected one; the payload holds the new one.",
        "NOT_OFFERED": "The service is not offered in this mode, for this subject or by this plan.",
        "NEEDS_INPUT": "The decision needs an input that is missing; `coverage.missingInputs` names it.",
        "NO_TARIFF": "No tariff is approved for the day, and the plan does not allow the previous one.",
        "PERIOD_OVERLAP": "The support period would overlap another of the same asset and track.",
        "DUPLICATE": "A business key (code, SKU, serial number) is taken.",
        "PLUGIN_FAILURE": "The service type's plugin failed; nothing was changed.",
    },
)
declare_enum(
    Language,
    "A language of labels and messages.",
    {"FA": "Persian.", "EN": "English."},
)
declare_enum(
    Mode,
    "How a service is delivered.",
    {
        "REMOTE": "Over a remote connection.",
        "PHONE": "By phone.",
        "ON_SITE": "At the customer's place.",
        "AT_COMPANY": "At the company, where the device or computer was sent in.",
        "AT_AGENCY": "At an agency, where the device or computer was sent in.",
    },
)
declare_enum(
    Subject,
    "What a service is done to.",
    {"SOFTWARE": "The software.", "DEVICE": "The device."},
)
declare_enum(
    RecordStatus,
    "Where a service record stands.",
    {
        "REQUESTED": "Asked for.",
        "SCHEDULED": "Planned for a time.",
        "IN_PROGRESS": "Being done. Reopening a done record leads back here.",
        "DONE": "Done: the decision is final and the allowance committed.",
        "CLOSED": "Done and settled.",
        "CANCELLED": "Ended before it was done; its allowance was given back.",
        "VOIDED": "Taken back after it was done; its allowance was given back and its charge reversed.",
    },
)
declare_enum(
    Outcome,
    "What the desk decided about the cost of a service.",
    {
        "FREE": "Free of charge.",
        "ALLOWANCE": "Free of charge, from an allowance of the support period.",
        "TARIFF": "Payable by the guild's tariff.",
        "QUOTE": "Payable by a quote that is still to be made.",
        "NOT_OFFERED": "Not offered.",
        "NEEDS_INPUT": "Cannot be decided yet: an input is missing.",
        "NO_TARIFF": "Payable, but no tariff is approved for the day.",
    },
    name="CoverageOutcome",
)
declare_enum(
    OrderDirection, "Which end comes first.", {"ASC": "Smallest or oldest first.", "DESC": "Largest or newest first."}
)
declare_enum(
    OfficeKind,
    "What kind of place an office is.",
    {"HEAD_OFFICE": "The company's head office.", "BRANCH": "A branch.", "AGENCY": "An agency."},
)
declare_enum(CustomerKind, "Person or company.", {"PERSON": "A person.", "COMPANY": "A company."})
declare_enum(
    CustomerStage,
    "Whether a customer has bought yet.",
    {"PROSPECT": "Interested, has bought nothing yet.", "CUSTOMER": "Has bought."},
)
declare_enum(
    Track,
    "What a support period covers; the periods of one asset and track never overlap.",
    {"SUPPORT": "Support of the software.", "WARRANTY": "Warranty of the device."},
    name="PeriodTrack",
)
declare_enum(
    PeriodKind,
    "How a support period came about.",
    {
        "INITIAL": "With the purchase.",
        "RENEWAL": "By a renewal.",
        "GOODWILL": "Given as goodwill.",
        "TRANSFER": "With a transfer to another customer.",
    },
)
declare_enum(
    PeriodStatus,
    "Where a support period stands today; derived from its days.",
    {
        "SCHEDULED": "Has not begun.",
        "ACTIVE": "Holds today.",
        "EXPIRED": "Is over.",
        "CANCELLED": "Was cancelled.",
    },
)
declare_enum(
    Component,
    "What a price line pays for.",
    {"LABOUR": "Work.", "TRAVEL": "The way to the customer and back.", "PARTS": "Parts.", "SHIPPING": "Shipping."},
    name="PriceComponent",
)
declare_enum(
    PriceUnit,
    "What a rate is for one of.",
    {
        "HOUR": "An hour.",
        "SESSION": "A session.",
        "DAY": "A day.",
        "KILOMETRE": "A kilometre of road.",
        "CALL_OUT": "A call-out.",
        "PIECE": "A piece.",
        "PERCENT": "A hundredth of a base amount.",
    },
)
declare_enum(
    CustomerOrderField,
    "By what customers are ordered.",
    {
        "NAME": "By name, in the order of the Persian alphabet.",
        "CODE": "By code.",
        "CREATED_AT": "By when they were entered.",
    },
)
declare_enum(
    ProductOrderField,
    "By what products are ordered.",
    {"SKU": "By SKU.", "NAME": "By name, in the order of the Persian alphabet."},
)
declare_enum(
    AssetOrderField,
    "By what assets are ordered.",
    {"PURCHASED_ON": "By the day of purchase.", "SERIAL_NUMBER": "By serial number."},
)
declare_enum(
    ServiceRecordOrderField,
    "By what service records are ordered.",
    {"REQUESTED_AT": "By when the service was asked for.", "NUMBER": "By number, which is the order of entry."},
)
declare_enum(
    StatsDimension,
    "By what service records are counted and summed.",
    {
        "SERVICE_TYPE": "By the code of the service type.",
        "STATUS": "By status.",
        "MODE": "By mode.",
        "CHANNEL": "By the code of the channel.",
        "OUTCOME": "By the outcome of the decision in force.",
        "PRODUCT": "By product; null where a record has none.",
        "JALALI_MONTH": "By the Jalali month of `requestedAt` in Tehran, like 140508.",
    },
)
