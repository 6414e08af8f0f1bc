import logging
from dataclasses import replace
from threading import Event

import pytest
from marshmallow import Schema, ValidationError, fields, post_dump

from backoffice.domain.coverage import Decision, decide
from backoffice.plugins import (
    Effect,
    ErrorCode,
    Label,
    Mode,
    Part,
    Problem,
    RecordFacts,
    ServiceType,
    calls,
    time_limits,
)
from backoffice.plugins.situations import situations

NOTE = {"label": Label("یادداشت", "Note")}
WORDS = Label("نمی‌شود", "Cannot be done")


class Request(Schema):
    note = fields.String(metadata=NOTE)


class Trial(ServiceType):
    code, label = "trial", Label("آزمایشی", "Trial")
    modes = frozenset({Mode.REMOTE})
    request = result = Request


def trial(**methods: object) -> ServiceType:
    """A service type with these methods of its own."""
    return type("Changed", (Trial,), methods)()


def broken(*_: object, **__: object) -> None:
    raise RuntimeError("a bug of the plugin's")


FACTS = next(situations(Trial()))
RECORD = RecordFacts(
    id=1,
    status="in_progress",
    mode=Mode.REMOTE,
    subject="software",
    customer_id=1,
    asset_id=None,
    requested_at=FACTS.asked.requested_at,
    performed_at=None,
    minutes=None,
    distance_metres=None,
    request={},
)


def test_a_type_without_methods_of_its_own_decides_by_the_plan():
    assert calls.decide(trial(), {}, FACTS) == decide(FACTS)


def test_a_type_without_methods_of_its_own_objects_to_nothing():
    assert calls.check(trial(), {}, FACTS) == ()
    assert calls.before_complete(trial(), RECORD, {}, FACTS) == ()
    assert calls.complete(trial(), RECORD, {}, FACTS) == ()


def test_an_objection_stands_below_where_the_request_stands():
    def check(self, request, facts):
        yield Problem(ErrorCode.INVALID, "not_now", ("note",), text=WORDS)

    (problem,) = calls.check(trial(check=check), {}, FACTS, path=("request", "trial"))
    assert (problem.detail, problem.path, problem.text) == ("not_now", ("request", "trial", "note"), WORDS)


class BrokenRequest(Schema):
    note = fields.String(metadata=NOTE, validate=broken)


FAILING = {
    "request.load": lambda: calls.load(trial(request=BrokenRequest), Part.REQUEST, {"note": "x"}).problems[0],
    "request.restore": lambda: calls.restore(trial(version=2), Part.REQUEST, {}, version=1),
    "result.dump": lambda: calls.dump(trial(result=type("R", (Request,), {"dump": broken})), Part.RESULT, {}),
    "check": lambda: calls.check(trial(check=broken), {}, FACTS)[0],
    "decide": lambda: calls.decide(trial(decide=broken), {}, FACTS),
    "before_complete": lambda: calls.before_complete(trial(before_complete=broken), RECORD, {}, FACTS)[0],
    "complete": lambda: calls.complete(trial(complete=broken), RECORD, {}, FACTS),
}


@pytest.mark.parametrize("name", FAILING)
def test_an_exception_of_a_plugin_is_a_problem_that_names_it(name, caplog):
    with caplog.at_level(logging.ERROR):
        problem = FAILING[name]()
    assert problem.code is ErrorCode.PLUGIN_FAILURE
    assert problem.params == {"service_type": "trial", "call": name}
    assert f"plugin trial failed in {name}" in caplog.messages


def test_what_cannot_be_read_is_told_by_whoever_knows_the_record(caplog):
    failure = calls.read(trial(version=2), Part.REQUEST, {}, version=1)
    assert failure.code is ErrorCode.PLUGIN_FAILURE
    assert failure.told.startswith("NotImplementedError: ")
    assert caplog.messages == []


def test_the_problem_of_a_failure_has_words_in_both_languages():
    problem = FAILING["decide"]()
    assert "آزمایشی" in problem.text.fa
    assert "Trial" in problem.text.en


def test_an_exception_in_the_middle_of_the_objections_is_a_failure():
    def check(self, request, facts):
        yield Problem(ErrorCode.INVALID, text=WORDS)
        raise RuntimeError

    (problem,) = calls.check(trial(check=check), {}, FACTS)
    assert problem.code is ErrorCode.PLUGIN_FAILURE


@pytest.mark.parametrize("answer", [None, [Problem(ErrorCode.INVALID)], ["no"]], ids=str)
def test_an_objection_that_breaks_the_contract_is_a_failure(answer):
    (problem,) = calls.check(trial(check=lambda self, request, facts: answer), {}, FACTS)
    assert problem.code is ErrorCode.PLUGIN_FAILURE


@pytest.mark.parametrize("answer", [None, replace(decide(FACTS), outcome="GRATIS")], ids=str)
def test_a_decision_that_breaks_the_contract_is_a_failure(answer):
    problem = calls.decide(trial(decide=lambda self, request, facts: answer), {}, FACTS)
    assert problem.code is ErrorCode.PLUGIN_FAILURE


@pytest.mark.parametrize("stored", [object(), "\0"], ids=["no json", "unstorable"])
def test_what_a_schema_dumps_and_no_database_takes_is_a_failure(stored):
    dumping = type("R", (Request,), {"dump": lambda self, values: {"note": stored}})
    assert calls.dump(trial(result=dumping), Part.RESULT, {}).code is ErrorCode.PLUGIN_FAILURE


@pytest.mark.parametrize("method", ["check", "decide", "before_complete", "complete"])
def test_a_method_that_does_not_come_back_is_a_failure(method, monkeypatch):
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 0.01)
    never = Event()
    kind = trial(**{method: lambda *_: never.wait()})
    answers = {
        "check": lambda: calls.check(kind, {}, FACTS)[0],
        "decide": lambda: calls.decide(kind, {}, FACTS),
        "before_complete": lambda: calls.before_complete(kind, RECORD, {}, FACTS)[0],
        "complete": lambda: calls.complete(kind, RECORD, {}, FACTS),
    }
    problem = answers[method]()
    never.set()
    assert (problem.code, problem.params["call"]) == (ErrorCode.PLUGIN_FAILURE, method)


def test_what_a_type_leaves_to_the_desk_is_not_in_a_thread_of_its_own(monkeypatch):
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", -1.0)
    assert isinstance(calls.decide(trial(), {}, FACTS), Decision)


def test_an_effect_that_the_desk_cannot_carry_out_is_a_failure():
    answer = calls.complete(trial(complete=lambda self, record, result, facts: [Effect()]), RECORD, {}, FACTS)
    assert isinstance(answer, Problem)


def test_a_plugin_cannot_change_the_request():
    def check(self, request, facts):
        request["note"] = "changed"
        return ()

    request = {"note": "mine"}
    (problem,) = calls.check(trial(check=check), request, FACTS)
    assert (problem.code, request) == (ErrorCode.PLUGIN_FAILURE, {"note": "mine"})


def test_a_refusal_by_a_validator_of_the_plugins_own_is_no_failure():
    def refuse(value: str) -> None:
        raise ValidationError("کوتاه‌تر بنویسید")

    schema = Schema.from_dict({"note": fields.String(metadata=NOTE, validate=refuse)})
    (problem,) = calls.load(trial(request=schema), Part.REQUEST, {"note": "x"}).problems
    assert (problem.code, problem.text.fa) == (ErrorCode.INVALID, "کوتاه‌تر بنویسید")


def test_a_call_that_takes_too_long_is_logged_with_the_plugins_name(caplog, monkeypatch):
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 1.0)
    monkeypatch.setattr(calls, "perf_counter", iter([0.0, 2.5]).__next__)
    with caplog.at_level(logging.WARNING):
        calls.decide(trial(), {}, FACTS)
    assert caplog.messages == ["plugin trial took 2.5 s in decide"]


@pytest.mark.parametrize("error", [SystemExit, KeyboardInterrupt, GeneratorExit])
def test_what_would_end_the_desk_is_a_failure_of_the_plugin(error):
    def check(self, request, facts):
        raise error

    (problem,) = calls.check(trial(check=check), {}, FACTS)
    assert (problem.code, type(problem.error.__cause__)) == (ErrorCode.PLUGIN_FAILURE, error)


@pytest.fixture
def endless(monkeypatch):
    """What plugin code waits for in vain, while patience is short."""
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 0.01)
    event = Event()
    yield event
    event.set()


def test_a_validator_that_does_not_come_back_is_given_up(endless):
    schema = Schema.from_dict({"note": fields.String(metadata=NOTE, validate=lambda value: endless.wait())})

    (problem,) = calls.load(trial(request=schema), Part.REQUEST, {"note": "x"}).problems

    assert (problem.code, type(problem.error)) == (ErrorCode.PLUGIN_FAILURE, time_limits.TookTooLong)


def test_a_hook_of_a_schema_that_does_not_come_back_is_given_up(endless):
    class Slow(Request):
        @post_dump
        def wait(self, data, **_):
            endless.wait()
            return data

    problem = calls.dump(trial(request=Slow), Part.REQUEST, {"note": "x"})

    assert (problem.code, type(problem.error)) == (ErrorCode.PLUGIN_FAILURE, time_limits.TookTooLong)


@pytest.mark.parametrize("reading", [calls.restore, calls.read])
def test_an_upgrade_that_does_not_come_back_is_given_up(endless, reading):
    def upgrade_request(self, data, version):
        endless.wait()
        return data

    problem = reading(trial(version=2, upgrade_request=upgrade_request), Part.REQUEST, {"note": "x"}, version=1)

    assert (problem.code, type(problem.error)) == (ErrorCode.PLUGIN_FAILURE, time_limits.TookTooLong)


def test_what_marshmallow_alone_does_needs_no_thread(monkeypatch):
    monkeypatch.setattr(calls, "wait_for", broken)

    assert calls.load(trial(), Part.REQUEST, {"note": "x"}).values == {"note": "x"}
    assert calls.dump(trial(), Part.REQUEST, {"note": "x"}) == {"note": "x"}
    assert calls.read(trial(), Part.REQUEST, {"note": "x"}, version=1) == {"note": "x"}
