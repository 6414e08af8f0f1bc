"""A support plan: the versioned terms of support, and which of its terms answers a question."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal, TypeAlias

from backoffice.domain.canonical import JSON, content_hash
from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import AllowanceRule, DistanceCondition, FailOutcome, PlanTerm, Side, TermOutcome

__all__ = [
    "AllowanceRule",
    "ClockName",
    "DistanceCondition",
    "FailOutcome",
    "MissingTariff",
    "PlanTerm",
    "Side",
    "SupportPlan",
    "TermOutcome",
]

ClockName: TypeAlias = Literal["requested_at", "performed_at"]
"""The instant a plan judges by. ``performed_at`` of work not done yet is its ``requested_at``."""


class MissingTariff(StrEnum):
    """What to do when the price day's year has no approved edition yet."""

    PREVIOUS_PROVISIONAL = "previous_provisional"
    BLOCK = "block"
    QUOTE = "quote"


@dataclass(frozen=True, kw_only=True)
class SupportPlan:
    """One version of a plan, immutable once published.

    ``months`` is the default length of a period on each track; ``origin_office`` the code of the office from which
    distances count.
    """

    code: str
    version: int
    name: Label
    months: Mapping[Track, int]
    origin_office: str | None
    coverage_clock: ClockName
    price_clock: ClockName
    missing_tariff: MissingTariff
    allowances: tuple[AllowanceRule, ...] = field(repr=False)
    terms: tuple[PlanTerm, ...] = field(repr=False)

    def find_term(self, service_type: str, mode: Mode, subject: Subject, side: Side) -> PlanTerm | None:
        """The most specific term that answers, the first among equals (which the linter refuses); None without one."""
        answering = (t for t in self.terms if t.side is side and t.answers(service_type, mode, subject))
        return max(answering, key=lambda term: term.specificity, default=None)

    def find_allowance(self, key: str | None) -> AllowanceRule | None:
        """The allowance of that key."""
        return next((rule for rule in self.allowances if rule.key == key), None)

    def with_addendum(self, terms: Iterable[PlanTerm]) -> "SupportPlan":
        """The plan as it is once an addendum has added ``terms``; the version stays, the content hash does not."""
        return replace(self, terms=(*self.terms, *terms))

    @cached_property
    def content_hash(self) -> str:
        """The SHA-256 of the plan's canonical JSON: the name of its frozen copy."""
        return content_hash(self.to_document())

    def to_document(self) -> dict[str, JSON]:
        """The plan as JSON, with sorted modes; ``from_document`` reads it back equal."""
        return {
            "code": self.code,
            "version": self.version,
            "name": self.name.to_document(),
            "months": {track.value: self.months[track] for track in sorted(self.months)},
            "origin_office": self.origin_office,
            "coverage_clock": self.coverage_clock,
            "price_clock": self.price_clock,
            "missing_tariff": self.missing_tariff.value,
            "allowances": [rule.to_document() for rule in self.allowances],
            "terms": [term.to_document() for term in self.terms],
        }

    @classmethod
    def from_document(cls, document: Mapping[str, Any]) -> "SupportPlan":
        """The plan that ``to_document`` wrote; raises KeyError or ValueError for anything else."""
        return cls(
            code=document["code"],
            version=document["version"],
            name=Label(**document["name"]),
            months={Track(track): months for track, months in document["months"].items()},
            origin_office=document["origin_office"],
            coverage_clock=document["coverage_clock"],
            price_clock=document["price_clock"],
            missing_tariff=MissingTariff(document["missing_tariff"]),
            allowances=tuple(AllowanceRule.from_document(rule) for rule in document["allowances"]),
            terms=tuple(PlanTerm.from_document(term) for term in document["terms"]),
        )
