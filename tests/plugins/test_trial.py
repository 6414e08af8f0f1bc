"""A service type is tried with an empty request and result, in every situation it can be asked in."""

from threading import Event

import pytest
from marshmallow import Schema, fields

from backoffice.domain.coverage import decide
from backoffice.plugins import ErrorCode, Label, Mode, Problem, ServiceType, load, time_limits
from backoffice.plugins.trial import faults_of

NOTE = {"label": Label("یادداشت", "Note")}


class Noted(Schema):
    note = fields.String(metadata=NOTE)


class Trial(ServiceType):
    code, label = "trial", Label("آزمایشی", "Trial")
    modes = frozenset({Mode.REMOTE})
    request = result = Noted


def faults(**methods: object) -> list[str]:
    """What is found of a type with these methods of its own."""
    return [*faults_of(type("Changed", (Trial,), methods)())]


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("a bug")


def test_nothing_is_found_in_the_service_types_that_are_installed():
    found = {code: [*faults_of(kind)] for code, kind in load(None, strict=True).service_types.items()}
    assert {code: faults for code, faults in found.items() if faults} == {}


def test_an_objection_is_no_fault():
    assert faults(check=lambda *_: [Problem(ErrorCode.INVALID, text=Label("نه", "No"))]) == []


@pytest.mark.parametrize("method", ["check", "decide", "before_complete", "complete"])
def test_a_method_that_raises_is_found_once_with_what_it_raised(method):
    (fault,) = faults(**{method: broken})
    assert fault.startswith(f"{method} fails: RuntimeError: a bug")


@pytest.mark.parametrize("part", ["request", "result"])
def test_a_schema_that_raises_is_found(part):
    (fault,) = faults(**{part: type("Broken", (Noted,), {"load": broken})})
    assert fault.startswith(f"{part} fails: RuntimeError: a bug")


def test_what_fails_in_one_situation_only_is_found():
    (fault,) = faults(decide=lambda self, request, facts: decide(facts) if facts.asked.distance_metres != 40_000 else 1)
    assert fault.startswith("decide fails: TypeError: gave 1 instead of a Decision")


def test_every_method_that_fails_is_found():
    assert [fault.split()[0] for fault in faults(check=broken, complete=broken)] == ["check", "complete"]


def test_a_method_that_does_not_come_back_is_found_and_nothing_is_asked_after_it(monkeypatch):
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 0.01)
    never = Event()
    (fault,) = faults(check=lambda *_: never.wait(), complete=broken)
    never.set()
    assert fault.startswith("check fails: TookTooLong: it took longer than 0.01 s")
