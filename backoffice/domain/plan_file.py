"""A support plan written as a TOML file, and the one that is shipped.

``backoffice/data/padra-standard.toml`` is the example to follow. A ``[[terms]]`` entry holds one line of the plan with
its ``inside`` and its ``outside`` term; their keys are the entry's key and the side, ``installation.remote.inside``.
"""

import tomllib
from collections.abc import Callable
from enum import StrEnum
from importlib import resources
from typing import Any, TypeVar

from backoffice.domain.label import Label
from backoffice.domain.period import Track
from backoffice.domain.plan import ClockName, MissingTariff, SupportPlan
from backoffice.domain.service import Mode, Subject
from backoffice.domain.term import AllowanceRule, DistanceCondition, FailOutcome, PlanTerm, Side, TermOutcome

Value = TypeVar("Value")
Member = TypeVar("Member", bound=StrEnum)

_CLOCKS: dict[str, ClockName] = {"requested_at": "requested_at", "performed_at": "performed_at"}


class PlanFileError(ValueError):
    """A plan file that cannot be read: where in it, and what is wrong."""


def shipped_plan() -> SupportPlan:
    """The plan that comes with the product, ``padra-standard`` version 1."""
    return parse_plan((resources.files("backoffice") / "data" / "padra-standard.toml").read_text(encoding="utf-8"))


def parse_plan(toml_text: str, next_version: Callable[[str], int] | None = None) -> SupportPlan:
    """The plan in ``toml_text``; raises PlanFileError. Whether its terms make sense is the linter's to say.

    A file without a version gets the one that ``next_version`` gives for its code, and is refused without that.
    """
    table = _read("the plan", toml_text)
    code = table.take("code", str)
    plan = SupportPlan(
        code=code,
        version=_version(table, code, next_version),
        name=table.label("name"),
        months=_months(table.table("months")),
        origin_office=table.optional("origin_office", str),
        coverage_clock=_clock(table, "coverage_clock"),
        price_clock=_clock(table, "price_clock"),
        missing_tariff=table.member("missing_tariff", MissingTariff),
        allowances=tuple(_allowance(entry) for entry in table.tables("allowances")),
        terms=tuple(term for entry in table.tables("terms") for term in _terms(entry)),
    )
    table.finish()
    return plan


def parse_addendum(toml_text: str) -> tuple[PlanTerm, ...]:
    """The terms in ``toml_text``, which has nothing but ``[[terms]]`` as a plan file has; raises PlanFileError."""
    table = _read("the addendum", toml_text)
    terms = tuple(term for entry in table.tables("terms") for term in _terms(entry))
    table.finish()
    return terms


class _Table:
    """One table of the file, emptied as it is read, so that what is left over is a mistake."""

    def __init__(self, where: str, values: dict[str, Any]) -> None:
        self.where = where
        self._values = dict(values)

    def optional(self, key: str, kind: type[Value]) -> Value | None:
        value = self._values.pop(key, None)
        if value is not None and type(value) is not kind:
            raise PlanFileError(f"{self.where}: {key} is {value!r}, not {_KIND_NAMES[kind]}")
        return value

    def take(self, key: str, kind: type[Value]) -> Value:
        value = self.optional(key, kind)
        if value is None:
            raise PlanFileError(f"{self.where}: {key} is missing")
        return value

    def positive(self, key: str) -> int:
        value = self.optional_positive(key)
        if value is None:
            raise PlanFileError(f"{self.where}: {key} is missing")
        return value

    def optional_positive(self, key: str) -> int | None:
        value = self.optional(key, int)
        if value is not None and value < 1:
            raise PlanFileError(f"{self.where}: {key} is {value}, not at least 1")
        return value

    def member(self, key: str, kind: type[Member]) -> Member:
        return self._member(key, kind, self.take(key, str))

    def optional_member(self, key: str, kind: type[Member]) -> Member | None:
        value = self.optional(key, str)
        return None if value is None else self._member(key, kind, value)

    def modes(self) -> frozenset[Mode] | None:
        values = self.optional("modes", list)
        return None if values is None else frozenset(self._member("modes", Mode, value) for value in values)

    def table(self, key: str) -> "_Table":
        return _Table(f"{self.where}, {key}", self.take(key, dict))

    def tables(self, key: str) -> list["_Table"]:
        entries = list(enumerate(self.take(key, list), start=1))
        for number, entry in entries:
            if not isinstance(entry, dict):
                raise PlanFileError(f"{key} {number} is not a table")
        return [_Table(f"{key} {number}", entry) for number, entry in entries]

    def label(self, key: str) -> Label:
        table = self.table(key)
        label = Label(fa=table.take("fa", str), en=table.take("en", str))
        table.finish()
        return label

    def finish(self) -> None:
        if self._values:
            raise PlanFileError(f"{self.where}: nobody knows {', '.join(sorted(self._values))}")

    def _member(self, key: str, kind: type[Member], value: object) -> Member:
        for member in kind:
            if member.value == value:
                return member
        raise PlanFileError(f"{self.where}: {key} is {value!r}, not one of {', '.join(kind)}")


def _read(where: str, toml_text: str) -> _Table:
    try:
        return _Table(where, tomllib.loads(toml_text))
    except tomllib.TOMLDecodeError as error:
        raise PlanFileError(f"not TOML: {error}") from error


_KIND_NAMES: dict[type, str] = {
    str: "a text",
    int: "a whole number",
    bool: "true or false",
    list: "a list",
    dict: "a table",
}


def _version(table: _Table, code: str, next_version: Callable[[str], int] | None) -> int:
    if next_version is None:
        return table.positive("version")
    return table.optional_positive("version") or next_version(code)


def _months(table: _Table) -> dict[Track, int]:
    months = {track: table.positive(track) for track in Track}
    table.finish()
    return months


def _clock(table: _Table, key: str) -> ClockName:
    value = table.take(key, str)
    if value not in _CLOCKS:
        raise PlanFileError(f"{table.where}: {key} is {value!r}, not one of {', '.join(_CLOCKS)}")
    return _CLOCKS[value]


def _allowance(entry: _Table) -> AllowanceRule:
    modes = entry.modes()
    if not modes:
        raise PlanFileError(f"{entry.where}: modes is missing")
    rule = AllowanceRule(entry.take("key", str), entry.positive("quantity"), modes, entry.label("label"))
    entry.finish()
    return rule


def _terms(entry: _Table) -> list[PlanTerm]:
    key, service_type = entry.take("key", str), entry.take("service_type", str)
    modes, subject = entry.modes(), entry.optional_member("subject", Subject)
    sides = [(side, values) for side in Side if (values := entry.optional(side.value, dict)) is not None]
    entry.finish()
    return [
        _term(
            _Table(f"{entry.where} ({key}), {side}", values),
            key=f"{key}.{side}",
            side=side,
            service_type=service_type,
            modes=modes,
            subject=subject,
        )
        for side, values in sides
    ]


def _term(
    table: _Table,
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
