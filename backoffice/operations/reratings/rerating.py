"""Deciding done records again by what holds now: the tariff book, the taxes, and the slots that are free."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from backoffice.domain.coverage import AllowanceUsage, Decision, Facts, decide
from backoffice.domain.problem import Problem
from backoffice.models import Allowance, CoverageDecision, ServiceRecord
from backoffice.operations.reratings.claims import Claims
from backoffice.operations.reratings.held_suggestions import Suggested
from backoffice.operations.result import Decided, Refusal
from backoffice.operations.rules.restored_decisions import restored_decisions
from backoffice.operations.rules.tariff_books import tariff_book, tax_table
from backoffice.operations.services.complete_service import stored_request
from backoffice.operations.work import Work
from backoffice.plugins import calls


class Rerating:
    """What it takes to decide some suggested records again, read at once: as many statements for many as for one."""

    def __init__(self, work: Work, found: Sequence[Suggested], allowances: Sequence[Allowance]) -> None:
        """``allowances`` are those of the freed slots."""
        self._work = work
        self._in_force = _in_force(work, found)
        self._book, self._taxes = tariff_book(work.session), tax_table(work.session)
        self.allowances = {allowance.id: allowance for allowance in allowances}
        self.claims = Claims(work, allowances)

    def in_force(self, one: Suggested) -> Decided:
        """The decision in force on the record."""
        return self._in_force[one.record.coverage_id]

    def decided(self, one: Suggested) -> Decided | None:
        """What would be decided now; None where the record has changed since, or where it would change nothing."""
        if one.outdated:
            return None
        facts = replace(self.in_force(one).facts, book=self._book, taxes=self._taxes)
        if one.allowance_id is None:
            return self._by_the_book(one, facts)
        return self._with_a_slot(one, facts, self.allowances[one.allowance_id])

    def _by_the_book(self, one: Suggested, facts: Facts) -> Decided | None:
        """By the slots as they were then: a price for what was provisional."""
        decision = _decided(self._work, one.record, facts)
        same = decision.fingerprint == self.in_force(one).decision.fingerprint
        return None if decision.provisional or same else Decided(decision, facts)

    def _with_a_slot(self, one: Suggested, facts: Facts, allowance: Allowance) -> Decided | None:
        free = self.claims.free(allowance.id)
        if free < 1:
            return None
        now = replace(facts, usage=_used(facts, allowance, allowance.quantity - free))
        decision = _decided(self._work, one.record, now)
        granted = decision.allowance is not None and decision.allowance.key == allowance.key
        return Decided(decision, now) if granted else None


def _in_force(work: Work, found: Sequence[Suggested]) -> dict[int, Decided]:
    ids = {one.record.coverage_id for one in found}
    rows = work.session.scalars(select(CoverageDecision).where(CoverageDecision.id.in_(ids))).all()
    restored = restored_decisions(work.session, rows)
    return {row.id: decided for row, decided in zip(rows, restored, strict=True)}


def _used(facts: Facts, allowance: Allowance, used: int) -> tuple[AllowanceUsage, ...]:
    """The usage of the facts with this of the allowance; none used is left out, as everywhere."""
    others = (use for use in facts.usage if (use.period_id, use.key) != (allowance.period_id, allowance.key))
    own = (AllowanceUsage(allowance.period_id, allowance.key, used),) if used else ()
    return tuple(sorted((*others, *own), key=lambda use: (use.period_id or 0, use.key)))


def _decided(work: Work, record: ServiceRecord, facts: Facts) -> Decision:
    """By the service type, or by the plan's terms alone where that is retired."""
    service_type = work.desk.registry.get(record.service_type)
    if service_type is None:
        return decide(facts)
    decision = calls.decide(service_type, stored_request(service_type, record), facts)
    if isinstance(decision, Problem):
        raise Refusal(decision)
    return decision
