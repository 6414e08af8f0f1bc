"""What a support plan promises, as people read it: for each service and mode, inside its period and outside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from backoffice.admin.filters import digits, kilometres, label, number
from backoffice.domain.period import Track
from backoffice.domain.plan import PlanTerm, SupportPlan
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.term import ANY_SERVICE, FailOutcome, Side, TermOutcome
from backoffice.plugins import Registry

ANYTHING = Offering(ANY_SERVICE, frozenset(Mode), frozenset(Subject))
"""A service that no term speaks of by name."""

EVERY_OTHER = "هر خدمت دیگر"

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
class Row:
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
    rows: tuple[Row, ...]
    as_any_other: tuple[Mode, ...] = ()


def promises(plan: SupportPlan, registry: Registry, language: str) -> tuple[Promises, ...]:
    """The services that are offered, in the order of their names in the registry, and what holds for any other."""
    named = [_named(plan, offering, _name(registry, offering.code, language)) for offering in registry.offerings]
    return (*named, Promises(ANY_SERVICE, EVERY_OTHER, _rows(plan, ANYTHING)))


def promised_by(
    plan: SupportPlan, terms: Sequence[PlanTerm], registry: Registry, language: str
) -> tuple[Promises, ...]:
    """What ``plan`` says about the services that ``terms`` name; one that nobody offers here goes by its code."""
    offered = {offering.code: offering for offering in registry.offerings}
    return tuple(
        _named(plan, offered.get(code, replace(ANYTHING, code=code)), _name(registry, code, language))
        for code in dict.fromkeys(term.service_type for term in terms)
    )


def _name(registry: Registry, code: str, language: str) -> str:
    known = registry.service_types.get(code)
    return code if known is None else known.label.in_language(language)


def _named(plan: SupportPlan, offering: Offering, name: str) -> Promises:
    rows = _rows(plan, offering)
    general = [row for row in rows if row.is_general]
    modes = tuple(mode for row in general for mode in row.modes)
    return Promises(offering.code, name, tuple(row for row in rows if not row.is_general), modes)


def unconfirmed(plan: SupportPlan) -> tuple[PlanTerm, ...]:
    """The terms that were read into a silence of the vendor's statement."""
    return tuple(term for term in plan.terms if term.needs_confirmation)


def _rows(plan: SupportPlan, offering: Offering) -> tuple[Row, ...]:
    """Modes with the same answer together; subjects apart only where they are answered differently."""
    found: dict[tuple[Subject | None, Answer], list[Mode]] = {}
    for mode in (one for one in Mode if one in offering.modes):
        for told in _told(plan, offering, mode).items():
            found.setdefault(told, []).append(mode)
    return tuple(
        Row(
            tuple(modes),
            subject,
            _promised(plan, inside),
            _promised(plan, outside),
            is_general=subject is None and all(term and term.service_type == ANY_SERVICE for term in (inside, outside)),
        )
        for (subject, (inside, outside)), modes in found.items()
    )


def _told(plan: SupportPlan, offering: Offering, mode: Mode) -> dict[Subject | None, Answer]:
    """The answers by subject, or one by None where they are all the same."""
    answers: dict[Subject | None, Answer] = {
        subject: _answer(plan, offering.code, mode, subject) for subject in sorted(offering.subjects)
    }
    same = set(answers.values())
    return {None: same.pop()} if len(same) == 1 else answers


def _answer(plan: SupportPlan, service_type: str, mode: Mode, subject: Subject) -> Answer:
    return (
        plan.find_term(service_type, mode, subject, Side.INSIDE),
        plan.find_term(service_type, mode, subject, Side.OUTSIDE),
    )


def _promised(plan: SupportPlan, term: PlanTerm | None) -> Promised | None:
    if term is None:
        return None
    return Promised(
        outcome=term.outcome,
        text=_text(plan, term),
        used_up=label(term.when_exhausted, "outcome") if term.when_exhausted else "",
        beyond=_beyond(term),
        notes=tuple(_notes(plan, term)),
        source=term.seed_ref,
        unconfirmed=term.needs_confirmation,
    )


def _text(plan: SupportPlan, term: PlanTerm) -> str:
    rule = plan.find_allowance(term.allowance)
    if term.outcome is not TermOutcome.ALLOWANCE or rule is None:
        return label(term.outcome, "outcome")
    return f"{number(rule.quantity)} بار رایگان در هر بازه"


def _beyond(term: PlanTerm) -> str:
    if term.condition is None or term.when_condition_fails is None:
        return ""
    fails = term.when_condition_fails
    then = label(fails, "fail_outcome" if fails in ONLY_THE_WAY else "outcome")
    return f"از {kilometres(term.condition.under_metres)} به بالا: {then}"


def _notes(plan: SupportPlan, term: PlanTerm) -> Iterator[str]:
    rule = plan.find_allowance(term.allowance)
    if rule is not None:
        yield f"سهمیهٔ «{rule.label.fa}»"
    if term.condition is not None:
        yield f"فقط برای فاصلهٔ کمتر از {kilometres(term.condition.under_metres)}"
    if term.track is not Track.SUPPORT:
        yield f"بر پایهٔ بازهٔ {label(term.track, 'track')}"
    if term.scheduled_every_days is not None:
        yield f"هر {digits(term.scheduled_every_days)} روز یک بار"
    if term.identity_check:
        yield "پیش از انجام، هویت خریدار بررسی می‌شود"
