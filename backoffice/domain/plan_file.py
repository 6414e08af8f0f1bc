"""A support plan written as a TOML file, and the one that is shipped.

``backoffice/data/padra-standard.toml`` is the example to follow. A ``[[terms]]`` entry holds one line of the plan with
its ``inside`` and its ``outside`` term; their keys are the entry's key and the side, ``installation.remote.inside``.
"""

from collections.abc import Callable
from functools import partial
from importlib import resources
from typing import Any

from backoffice.domain.period import Track
from backoffice.domain.plan import ClockName, MissingTariff, SupportPlan
from backoffice.domain.plan_table import Table, all_of, each_of, read_tables
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import AllowanceRule, DistanceCondition, FailOutcome, PlanTerm, Side, TermOutcome

_CLOCKS: dict[str, ClockName] = {"requested_at": "requested_at", "performed_at": "performed_at"}


def shipped_plan() -> SupportPlan:
    """The plan that comes with the product, ``padra-standard`` version 1."""
    return parse_plan(shipped_text())


def shipped_text() -> str:
    """The file of the plan that comes with the product."""
    return (resources.files("backoffice") / "data" / "padra-standard.toml").read_text(encoding="utf-8")


def parse_plan(toml_text: str, next_version: Callable[[str], int] | None = None) -> SupportPlan:
    """The plan in ``toml_text``; raises PlanFileError. Whether its terms make sense is the linter's to say.

    A file without a version gets the one that ``next_version`` gives for its code, and is refused without that.
    """
    table = read_tables(toml_text)
    head, allowances, terms = all_of(
        lambda: _head(table, next_version),
        lambda: each_of(_allowance, table.tables("allowances")),
        lambda: each_of(_terms, table.tables("terms")),
    )
    table.finish()
    return SupportPlan(**head, allowances=tuple(allowances), terms=tuple(term for both in terms for term in both))


def parse_addendum(toml_text: str) -> tuple[PlanTerm, ...]:
    """The terms in ``toml_text``, which has nothing but ``[[terms]]`` as a plan file has; raises PlanFileError."""
    table = read_tables(toml_text)
    terms = each_of(_terms, table.tables("terms"))
    table.finish()
    return tuple(term for both in terms for term in both)


def _head(table: Table, next_version: Callable[[str], int] | None) -> dict[str, Any]:
    """What stands above allowances and terms, by the names of the plan's fields."""
    code = table.take("code", str)
    return {
        "code": code,
        "version": _version(table, code, next_version),
        "name": table.label("name"),
        "months": _months(table.table("months")),
        "origin_office": table.optional("origin_office", str),
        "coverage_clock": _clock(table, "coverage_clock"),
        "price_clock": _clock(table, "price_clock"),
        "missing_tariff": table.member("missing_tariff", MissingTariff),
    }


def _version(table: Table, code: str, next_version: Callable[[str], int] | None) -> int:
    if next_version is None:
        return table.positive("version")
    return table.optional_positive("version") or next_version(code)


def _months(table: Table) -> dict[Track, int]:
    months = {track: table.positive(track) for track in Track}
    table.finish()
    return months


def _clock(table: Table, key: str) -> ClockName:
    return _CLOCKS[table.one_of(key, tuple(_CLOCKS))]


def _allowance(entry: Table) -> AllowanceRule:
    modes = entry.optional_members("modes", Mode)
    if not modes:
        raise entry.mistake("missing", "modes")
    rule = AllowanceRule(entry.take("key", str), entry.positive("quantity"), modes, entry.label("label"))
    entry.finish()
    return rule


def _terms(entry: Table) -> list[PlanTerm]:
    key, service_type = entry.take("key", str), entry.take("service_type", str)
    modes, subject = entry.optional_members("modes", Mode), entry.optional_member("subject", Subject)
    sides = [(side, values) for side in Side if (values := entry.optional(side.value, dict)) is not None]
    entry.finish()
    return all_of(
        *(
            partial(
                _term,
                Table((*entry.place, side.value), values),
                key=f"{key}.{side}",
                side=side,
                service_type=service_type,
                modes=modes,
                subject=subject,
            )
            for side, values in sides
        )
    )


def _term(
    table: Table,
    *,
    key: str,
    side: Side,
    service_type: str,
    modes: frozenset[Mode] | None,
    subject: Subject | None,
) -> PlanTerm:
    under_metres = table.optional_positive("under_metres")
    term = PlanTerm(
        key=key,
        side=side,
        service_type=service_type,
        modes=modes,
        subject=subject,
        outcome=table.member("outcome", TermOutcome),
        allowance=table.optional("allowance", str),
        when_exhausted=table.optional_member("when_exhausted", TermOutcome),
        condition=None if under_metres is None else DistanceCondition(under_metres),
        when_condition_fails=table.optional_member("when_condition_fails", FailOutcome),
        track=table.optional_member("track", Track) or Track.SUPPORT,
        scheduled_every_days=table.optional_positive("scheduled_every_days"),
        identity_check=table.optional("identity_check", bool) or False,
        seed_ref=table.take("seed_ref", str),
        needs_confirmation=table.optional("needs_confirmation", str),
    )
    table.finish()
    return term
