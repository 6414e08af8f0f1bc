"""Strangers' plugins at their worst: each spoils its own services, with its name, and nothing else."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from backoffice.models import ServiceRecord
from backoffice.plugins import load, time_limits
from backoffice.plugins.time_limits import CHANCES
from backoffice.query.global_id import to_global_id
from backoffice.schema import fitting
from tests.builders import Kit
from tests.schema.conftest import Api, app_of

RAISE = "raise RuntimeError('a secret')"
GARBAGE = "return replace(super().decide(request, facts), {})"

OPENING = {
    "check raises": f"def check(self, request, facts):\n    {RAISE}",
    "check exits": "def check(self, request, facts):\n    raise SystemExit(3)",
    "check gives nothing": "def check(self, request, facts):\n    return None",
    "check gives no problems": "def check(self, request, facts):\n    return ['no', 7]",
    "check gives a problem of its own kind": (
        "def check(self, request, facts):\n    return [Problem('NOPE', 7, 'note', None, Label('نه', 'No'))]"
    ),
    "check objects without end": (
        "def check(self, request, facts):\n    while True:\n        yield Problem(ErrorCode.INVALID, text=self.label)"
    ),
    "check never ends": "def check(self, request, facts):\n    return self.check(request, facts)",
    "decide raises": f"def decide(self, request, facts):\n    {RAISE}",
    "decide gives no decision": "def decide(self, request, facts):\n    return 'free'",
    "decide gives a price that is none": f"def decide(self, request, facts):\n    {GARBAGE.format('amount=-5')}",
    "decide gives reasons without words": f"def decide(self, request, facts):\n    {GARBAGE.format('reasons=(1,)')}",
    "the schema raises": "class request(Noted):\n    def load(self, *_, **__):\n        raise RuntimeError('a secret')",
    "the schema makes no mapping": "class request(Noted):\n    def load(self, *_, **__):\n        return 7",
    "the schema makes no json": "class request(Noted):\n    def dump(self, *_, **__):\n        return {'x': object()}",
}
COMPLETING = {
    "before_complete raises": f"def before_complete(self, record, result, facts):\n    {RAISE}",
    "before_complete gives no problems": "def before_complete(self, record, result, facts):\n    return 'no'",
    "complete raises": f"def complete(self, record, result, facts):\n    {RAISE}",
    "complete gives garbage": "def complete(self, record, result, facts):\n    return 7",
    "complete wants what nobody can do": "def complete(self, record, result, facts):\n    return ['mail']",
}

Serve = Callable[[str], Api]


@pytest.fixture
def serve(install, sqlite_desk: Kit) -> Serve:
    """The API of a desk with a stranger's plugin beside ``installation``."""

    def served(body: str) -> Api:
        install("stranger", source=kind(body))
        registry = fitting(load(("installation", "stranger"), strict=True))
        kit = Kit(replace(sqlite_desk.desk, registry=registry), sqlite_desk.clock)
        return Api(kit, app_of(kit).test_client())

    return served


def kind(body: str) -> str:
    """The source of a plugin whose class has this body."""
    return HEAD + "".join(f"    {line}\n" for line in body.splitlines()) + TAIL


HEAD = """
from dataclasses import replace
from threading import Event

from backoffice.plugins import ErrorCode


class Kind(ServiceType):
    code = "stranger"
    label = Label("بیگانه", "Stranger")
    modes = frozenset({Mode.REMOTE})
    request = Noted
    result = Noted
"""
TAIL = """
@hookimpl
def service_types():
    return [Kind]
"""


def record(api: Api, code: str, **more: object) -> Mapping[str, Any]:
    """What comes of recording a service of this type."""
    given = {"assetId": asset_of(api), "mode": "REMOTE", "channel": "phone", "request": {code: {}}, **more}
    return api.change("recordService", given, "serviceRecord { id version __typename }")


def asset_of(api: Api) -> str:
    """A new asset's global id."""
    return to_global_id("Asset", api.kit.purchase())


def said(payload: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(error["code"], error["message"]) for error in payload["errors"]]


FAILED = [("PLUGIN_FAILURE", "The plugin of “Stranger” failed, and nothing was saved.")]


@pytest.mark.parametrize("body", OPENING.values(), ids=OPENING)
def test_a_service_that_cannot_be_opened_is_told_and_leaves_nothing(serve: Serve, body: str, monkeypatch):
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 60.0)
    api = serve(body)
    assert said(record(api, "stranger")) == FAILED
    assert api.kit.rows(ServiceRecord, service_type="stranger") == []
    assert record(api, "installation")["errors"] == []


@pytest.mark.parametrize("body", COMPLETING.values(), ids=COMPLETING)
def test_a_service_that_cannot_be_completed_is_told_and_stays_open_and_readable(serve: Serve, body: str):
    api = serve(body)
    opened = record(api, "stranger")["serviceRecord"]
    given = {"id": opened["id"], "version": opened["version"], "performedAt": api.kit.clock.now.isoformat()}
    completed = api.change("completeService", {**given, "result": {"stranger": {}}}, "serviceRecord { id }")
    assert said(completed) == FAILED
    read = api.data("query ($id: ID!) { node(id: $id) { ... on ServiceRecord { status } } }", {"id": opened["id"]})
    assert read["node"] == {"status": "REQUESTED"}


def test_what_a_plugin_raised_is_nobodys_business(serve: Serve):
    api = serve(OPENING["check raises"])
    assert "a secret" not in str(record(api, "stranger"))


def test_a_preview_of_a_type_that_cannot_decide_says_why(serve: Serve):
    api = serve(OPENING["decide raises"])
    given = {"serviceType": "stranger", "mode": "REMOTE", "requestedAt": api.kit.clock.now.isoformat()}
    asked = {**given, "assetId": asset_of(api)}
    answer = api.answer("query ($input: CoverageInput!) { coverage(input: $input) { outcome } }", {"input": asked})
    (error,) = answer["errors"]
    assert [one["code"] for one in error["extensions"]["errors"]] == ["PLUGIN_FAILURE"]


def test_a_plugin_that_never_comes_back_is_stopped_and_the_others_go_on(serve: Serve, monkeypatch):
    monkeypatch.setattr(time_limits, "BUDGET_SECONDS", 0.05)
    api = serve("never = Event()\ndef check(self, request, facts):\n    return self.never.wait()")
    stranger = api.kit.desk.registry.service_types["stranger"]
    for _ in range(CHANCES + 1):
        assert said(record(api, "stranger")) == FAILED
    assert time_limits.is_stopped(stranger)
    assert record(api, "installation")["errors"] == []
    stranger.never.set()
