"""The terms of a support plan: one line each, for one side of the support period."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from backoffice.domain.canonical import JSON
from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.service import Mode, Subject

ANY_SERVICE = "*"
"""The service type of a term that answers for every type."""


class Side(StrEnum):
    """Whether a term speaks for inside the support period or outside it."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class TermOutcome(StrEnum):
    """What a term grants."""

    FREE = "free"
    ALLOWANCE = "allowance"
    TARIFF = "tariff"
    QUOTE = "quote"
    NOT_OFFERED = "not_offered"


class FailOutcome(StrEnum):
    """What a term gives when its condition fails.

    ``travel_only`` and ``excess_distance`` leave the term's own outcome standing, with its allowance, and charge the
    way: all of it, or only the kilometres beyond the limit. The others take the outcome's place and leave the allowance
    untouched.
    """

    TARIFF = "tariff"
    TRAVEL_ONLY = "travel_only"
    EXCESS_DISTANCE = "excess_distance"
    QUOTE = "quote"
    NOT_OFFERED = "not_offered"


@dataclass(frozen=True)
class DistanceCondition:
    """Holds when the road distance from the plan's origin office is strictly less than ``under_metres``."""

    under_metres: int

    def holds(self, distance_metres: int) -> bool:
        """Whether a site ``distance_metres`` away is near enough."""
        return distance_metres < self.under_metres


@dataclass(frozen=True, kw_only=True)
class PlanTerm:
    """One line of a plan, for one side.

    ``modes`` and ``subject`` None are any. ``seed_ref`` quotes the statement the term is from; ``needs_confirmation``
    says, in Persian, what was read into a silence of it.
    """

    key: str
    side: Side
    service_type: str
    outcome: TermOutcome
    seed_ref: str
    modes: frozenset[Mode] | None = None
    subject: Subject | None = None
    allowance: str | None = None
    when_exhausted: TermOutcome | None = None
    condition: DistanceCondition | None = None
    when_condition_fails: FailOutcome | None = None
    track: Track = Track.SUPPORT
    scheduled_every_days: int | None = None
    identity_check: bool = False
    needs_confirmation: str | None = None

    @property
    def specificity(self) -> tuple[bool, bool, bool]:
        """How narrowly the term speaks: service before mode before subject."""
        return self.service_type != ANY_SERVICE, self.modes is not None, self.subject is not None

    def answers(self, service_type: str, mode: Mode, subject: Subject) -> bool:
        """Whether the term speaks for this service type, mode and subject."""
        return (
            self.service_type in (ANY_SERVICE, service_type)
            and (self.modes is None or mode in self.modes)
            and self.subject in (None, subject)
        )

    def to_document(self) -> dict[str, JSON]:
        """The term as JSON."""
        return {
            "key": self.key,
            "side": self.side.value,
            "service_type": self.service_type,
            "modes": None if self.modes is None else sorted(self.modes),
            "subject": self.subject,
            "outcome": self.outcome.value,
            "allowance": self.allowance,
            "when_exhausted": self.when_exhausted,
            "under_metres": self.condition.under_metres if self.condition else None,
            "when_condition_fails": self.when_condition_fails,
            "track": self.track.value,
            "scheduled_every_days": self.scheduled_every_days,
            "identity_check": self.identity_check,
            "seed_ref": self.seed_ref,
            "needs_confirmation": self.needs_confirmation,
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "PlanTerm":
        """The term that ``to_document`` wrote."""
        modes, under_metres = document["modes"], document["under_metres"]
        exhausted, fails = document["when_exhausted"], document["when_condition_fails"]
        return cls(
            key=document["key"],
            side=Side(document["side"]),
            service_type=document["service_type"],
            modes=None if modes is None else frozenset(Mode(mode) for mode in modes),
            subject=None if document["subject"] is None else Subject(document["subject"]),
            outcome=TermOutcome(document["outcome"]),
            allowance=document["allowance"],
            when_exhausted=None if exhausted is None else TermOutcome(exhausted),
            condition=None if under_metres is None else DistanceCondition(under_metres),
            when_condition_fails=None if fails is None else FailOutcome(fails),
            track=Track(document["track"]),
            scheduled_every_days=document["scheduled_every_days"],
            identity_check=document["identity_check"],
            seed_ref=document["seed_ref"],
            needs_confirmation=document["needs_confirmation"],
        )


@dataclass(frozen=True)
class AllowanceRule:
    """``quantity`` free uses in one period, in the given modes together."""

    key: str
    quantity: int
    modes: frozenset[Mode]
    label: Label

    def to_document(self) -> dict[str, JSON]:
        """The allowance as JSON."""
        return {
            "key": self.key,
            "quantity": self.quantity,
            "modes": sorted(self.modes),
            "label": self.label.to_document(),
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "AllowanceRule":
        """The allowance that ``to_document`` wrote."""
        return cls(
            key=document["key"],
            quantity=document["quantity"],
            modes=frozenset(Mode(mode) for mode in document["modes"]),
            label=Label(**document["label"]),
        )
