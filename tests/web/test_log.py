"""What the desk writes into its log, and what it never does."""

import json
import logging
import sys

import pytest
import time_machine
from flask import Flask
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from backoffice.models.database import Database
from backoffice.operations.under_way import OPERATION
from backoffice.web.headers import add_headers
from backoffice.web.log import MASK, json_lines, masked, text_lines, write_log

SECRET = "of somebody"
MOMENT = 1_796_000_000
COLOR = "\x1b["


def record(message: str, *given: object, error: BaseException | None = None) -> logging.LogRecord:
    told = None if error is None else (type(error), error, error.__traceback__)
    return logging.LogRecord("backoffice.trial", logging.ERROR, "trial.py", 7, message, given, told)


def line(made: logging.LogRecord) -> str:
    """The line for programs, written at ``MOMENT``."""
    with time_machine.travel(MOMENT, tick=False):
        return json_lines().format(made)


def text_line(made: logging.LogRecord, *, colors: bool = False) -> str:
    """The line for people, written at ``MOMENT``."""
    with time_machine.travel(MOMENT, tick=False):
        return text_lines(colors=colors).format(made)


@pytest.fixture(autouse=True)
def no_operation() -> None:
    """None is under way yet: whatever ran in this thread before began its own."""
    OPERATION.set(None)


@pytest.fixture
def app() -> Flask:
    """An application with one address, which logs."""
    app = Flask(__name__)
    add_headers(app)
    lines: list[str] = app.extensions.setdefault("lines", [])

    @app.get("/")
    def told() -> str:
        OPERATION.set("record_service")
        lines.append(line(record("it failed")))
        return ""

    return app


def root_of_nobody(monkeypatch: pytest.MonkeyPatch) -> logging.Logger:
    """A root logger that nobody has configured, not even pytest, which does so before each phase of a test."""
    root = logging.RootLogger(logging.WARNING)
    monkeypatch.setattr(logging, "getLogger", lambda name=None: root if name is None else logging.Logger(name))
    return root


def raised(error: Exception) -> Exception:
    with pytest.raises(type(error)) as caught:
        raise error
    return caught.value


def enter_twice(database: Database, code: str) -> None:
    insert = text("INSERT INTO office (code, name, kind, is_origin) VALUES (:code, 'name', 'BRANCH', :origin)")
    with database.writing() as session:
        session.execute(insert, [{"code": code, "origin": False}] * 2)


def test_a_line_for_programs_has_time_level_and_event():
    assert json.loads(line(record("plugin %s failed", "آموزش"))) == {
        "time": "2026-11-30T00:53:20Z",
        "level": "error",
        "logger": "backoffice.trial",
        "event": "plugin آموزش failed",
    }


def test_a_line_for_programs_has_persian_as_people_write_it():
    assert "آموزش" in line(record("plugin %s failed", "آموزش"))


def test_a_line_for_programs_is_one_line_whatever_is_told():
    assert "\n" not in line(record("two\nlines", error=raised(ValueError("a\nb"))))


def test_a_line_within_a_request_names_it_and_its_operation(app: Flask):
    app.test_client().get("/", headers={"X-Request-Id": "desk-1"})

    said = json.loads(app.extensions["lines"][0])
    assert (said["request"], said["operation"]) == ("desk-1", "record_service")


def test_a_line_after_a_request_names_neither_it_nor_its_operation(app: Flask):
    app.test_client().get("/", headers={"X-Request-Id": "desk-1"})

    assert json.loads(line(record("it failed"))).keys().isdisjoint({"request", "operation"})


def test_no_operation_is_left_over_from_the_request_before(app: Flask):
    OPERATION.set("void_service")
    app.add_url_rule("/later", view_func=lambda: str(OPERATION.get()))

    assert app.test_client().get("/later").text == "None"


def test_a_line_for_people_begins_with_what_happened_and_ends_with_the_trace():
    first, *_, last = text_line(record("it failed", error=raised(ValueError("why")))).splitlines()

    assert first.split() == ["2026-11-30T00:53:20Z", "[error", "]", "it", "failed", "[backoffice.trial]"]
    assert last == "ValueError: why"


@pytest.mark.parametrize("colors", [True, False])
def test_a_line_for_people_has_colours_on_a_terminal_only(colors: bool):
    assert (COLOR in text_line(record("it failed", error=raised(ValueError("why"))), colors=colors)) is colors


def test_an_error_is_told_once_with_its_trace():
    said = json.loads(line(record("it failed", error=raised(ValueError("why")))))

    assert said["exception"].count("ValueError: why") == 1
    assert said["event"] == "it failed"


@pytest.mark.parametrize(
    "typed",
    ["09121234567", "+98 912 123 4567", "+989121234567", "۰۹۱۲۱۲۳۴۵۶۷", "0912-123-4567", "0013542419", "bo_4f2k9d0aa1"],
)
def test_telephone_numbers_codes_and_tokens_are_masked(typed: str):
    assert masked(f"invalid literal: '{typed}'") == f"invalid literal: '{MASK}'"


@pytest.mark.parametrize(
    "plain",
    ["plugin training took 2.5 s in decide", "request 5f0e1234567890ab failed", "2026-11-30 05:33", "line 1234"],
)
def test_what_is_no_number_of_anybody_stays(plain: str):
    assert masked(plain) == plain


def test_what_is_masked_is_masked_in_what_is_told_and_in_the_trace():
    said = json.loads(line(record("%s failed", "09121234567", error=raised(ValueError("bo_4f2k9d0aa1")))))

    assert said["event"] == f"{MASK} failed"
    assert said["exception"].endswith(f"ValueError: {MASK}")


def test_an_error_of_the_database_is_told_without_its_values(database: Database):
    with pytest.raises(IntegrityError) as caught:
        enter_twice(database, SECRET)

    told = line(record("it failed", error=caught.value))

    assert "INSERT INTO office" in told
    assert SECRET not in told


def test_production_writes_json_and_development_text(monkeypatch: pytest.MonkeyPatch):
    root = root_of_nobody(monkeypatch)
    write_log(in_production=True)
    [production] = root.handlers
    root.handlers.clear()
    write_log(in_production=False)
    [development] = root.handlers

    assert json.loads(production.format(record("it failed")))["event"] == "it failed"
    assert development.format(record("it failed")).endswith("[backoffice.trial]")
    assert isinstance(production, logging.StreamHandler)
    assert production.stream is sys.stderr


def test_a_log_that_somebody_else_writes_is_left_alone(monkeypatch: pytest.MonkeyPatch):
    root = root_of_nobody(monkeypatch)
    theirs = logging.NullHandler()
    root.addHandler(theirs)

    write_log(in_production=True)

    assert root.handlers == [theirs]
