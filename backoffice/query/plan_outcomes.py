"""What a support plan promises, as people read it: for each service and mode, inside its period and outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from backoffice.domain.period import Track
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.term import ANY_SERVICE, FailOutcome, Side, TermOutcome
from backoffice.plugins import Registry
from backoffice.wording import say

ANYTHING = Offering(ANY_SERVICE, frozenset(Mode), frozenset(Subject))
"""A service that no term speaks of by name."""

ONLY_THE_WAY = frozenset({FailOutcome.TRAVEL_ONLY, FailOutcome.EXCESS_DISTANCE})
"""Failures that leave the term's own outcome standing."""

Answer: TypeAlias = tuple[PlanTerm | None, PlanTerm | None]
"""The term inside the period, and the one outside it."""


@dataclass(frozen=True)
class Promised:
    """What one term gives: its outcome, in words what comes with it, and on what it rests.

    ``used_up`` is what follows once the allowance is gone, ``beyond`` where the site is too far; both may be empty.
    """

    outcome: TermOutcome
    text: str
    used_up: str
    beyond: str
    notes: tuple[str, ...]
    source: str
    unconfirmed: str | None


@dataclass(frozen=True)
class OutcomeRow:
    """The answer for some modes of a service; ``subject`` where it differs by what is worked on.

    ``is_general``: it comes from terms that speak of any service.
    """

    modes: tuple[Mode, ...]
    subject: Subject | None
    inside: Promised | None
    outside: Promised | None
    is_general: bool


@dataclass(frozen=True)
class Promises:
    """What the plan says about one service by name; in the modes ``as_any_other`` it gets what any other gets."""

    code: str
    name: str
    rows: tuple[OutcomeRow, ...]
    as_any_other: tuple[Mode, ...] = ()


def promises(plan: SupportPlan, registry: Registry, language: str) -> tuple[Promises, ...]:
    """The services that are offered, in the order of their names in the registry, and what holds for any other."""
    told = _Told(plan, language)
    named = [told.of(offering, _name(registry, offering.code, language)) for offering in registry.offerings]
    return (*named, Promises(ANY_SERVICE, say("promise.any_other", {}, language), told.rows(ANYTHING)))


def promised_by(
    plan: SupportPlan, terms: Sequence[PlanTerm], registry: Registry, language: str
) -> tuple[Promises, ...]:
    """What ``plan`` says about the services that ``terms`` name; one that nobody offers here goes by its code."""
    told = _Told(plan, language)
    offered = {offering.code: offering for offering in registry.offerings}
    return tuple(
        told.of(offered.get(code, replace(ANYTHING, code=code)), _name(registry, code, language))
        for code in dict.fromkeys(term.service_type for term in terms)
    )


def unconfirmed(plan: SupportPlan) -> tuple[PlanTerm, ...]:
    """The terms that were read into a silence of the vendor's statement."""
    return tuple(term for term in plan.terms if term.needs_confirmation)


def _name(registry: Registry, code: str, language: str) -> str:
    known = registry.service_types.get(code)
    return code if known is None else known.label.in_language(language)


@dataclass(frozen=True)
class _Told:
    """A plan, told in a language."""

    plan: SupportPlan
    language: str

    def of(self, offering: Offering, name: str) -> Promises:
        rows = self.rows(offering)
        general = [row for row in rows if row.is_general]
        modes = tuple(mode for row in general for mode in row.modes)
        return Promises(offering.code, name, tuple(row for row in rows if not row.is_general), modes)

    def rows(self, offering: Offering) -> tuple[OutcomeRow, ...]:
        """Modes with the same answer together; subjects apart only where they are answered differently."""
        found: dict[tuple[Subject | None, Answer], list[Mode]] = {}
        for mode in (one for one in Mode if one in offering.modes):
            for answered in _answers(self.plan, offering, mode).items():
                found.setdefault(answered, []).append(mode)
        return tuple(self._row(tuple(modes), subject, answer) for (subject, answer), modes in found.items())

    def _row(self, modes: tuple[Mode, ...], subject: Subject | None, answer: Answer) -> OutcomeRow:
        inside, outside = map(self._promised, answer)
        is_general = subject is None and all(term and term.service_type == ANY_SERVICE for term in answer)
        return OutcomeRow(modes, subject, inside, outside, is_general)

    def _promised(self, term: PlanTerm | None) -> Promised | None:
        if term is None:
            return None
        return Promised(
            outcome=term.outcome,
            text=self._text(term),
            used_up=self._say(f"outcome.{term.when_exhausted}") if term.when_exhausted else "",
            beyond=self._beyond(term),
            notes=tuple(self._notes(term)),
            source=term.seed_ref,
            unconfirmed=term.needs_confirmation,
        )

    def _text(self, term: PlanTerm) -> str:
        rule = self.plan.find_allowance(term.allowance)
        if term.outcome is not TermOutcome.ALLOWANCE or rule is None:
            return self._say(f"outcome.{term.outcome}")
        return self._say("promise.uses", quantity=rule.quantity)

    def _beyond(self, term: PlanTerm) -> str:
        if term.condition is None or term.when_condition_fails is None:
            return ""
        fails = term.when_condition_fails
        then = self._say(f"{'fail_outcome' if fails in ONLY_THE_WAY else 'outcome'}.{fails}")
        return self._say("promise.beyond", under_metres=term.condition.under_metres, then=then)

    def _notes(self, term: PlanTerm) -> Iterator[str]:
        rule = self.plan.find_allowance(term.allowance)
        if rule is not None:
            yield self._say("promise.allowance", label=rule.label.to_document())
        if term.condition is not None:
            yield self._say("promise.near", under_metres=term.condition.under_metres)
        if term.track is not Track.SUPPORT:
            yield self._say("promise.track", track=term.track)
        if term.scheduled_every_days is not None:
            yield self._say("promise.every", days=term.scheduled_every_days)
        if term.identity_check:
            yield self._say("promise.identity")

    def _say(self, code: str, **params: object) -> str:
        return say(code, params, self.language)


def _answers(plan: SupportPlan, offering: Offering, mode: Mode) -> dict[Subject | None, Answer]:
    """By subject, or one by None where they are all the same."""
    answers: dict[Subject | None, Answer] = {
        subject: (
            plan.find_term(offering.code, mode, subject, Side.INSIDE),
            plan.find_term(offering.code, mode, subject, Side.OUTSIDE),
        )
        for subject in sorted(offering.subjects)
    }
    same = set(answers.values())
    return {None: same.pop()} if len(same) == 1 else answers
