"""``backoffice plugin``: what an operator is told of plugins."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backoffice.cli import main
from tests.builders import installed_plugins

Run = Callable[..., Result]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory."""
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def plugin(here: Path) -> Run:
    """``backoffice plugin`` with the plugins that are named, or all."""

    def run(*arguments: object, plugins: str | None = None) -> Result:
        environment = {"BACKOFFICE_PLUGINS": plugins, "BACKOFFICE_VAR": str(here.parent)}
        runner = CliRunner(env=environment)
        return runner.invoke(main, ["plugin", *map(str, arguments)], catch_exceptions=False)

    return run


def refused(answer: Result, status: int = 1) -> str:
    """What a refusal says; without a trace."""
    assert answer.exit_code == status, answer.output
    assert "Traceback" not in answer.output
    return answer.stderr


# --- list


def test_each_plugin_has_a_line_with_what_it_offers_and_who_brings_it(plugin: Run):
    assert plugin("list", plugins="demo,training").stdout.splitlines() == [
        "demo      Demo (at_company, on_site, remote) · backoffice-demo 0.1.0",
        "training  Training (at_agency, at_company, on_site, remote) · backoffice-training 0.1.0",
    ]


def test_every_plugin_that_is_installed_is_listed(plugin: Run):
    assert [line.split()[0] for line in plugin("list").stdout.splitlines()] == list(installed_plugins().service_types)


def test_a_broken_plugin_is_listed_with_its_owner_and_the_line_where_it_broke(plugin: Run, install):
    install("alpha", source="1 / 0")
    answer = plugin("list", plugins="demo,alpha")
    assert answer.exit_code == 0
    assert answer.stderr == ""
    assert answer.stdout.splitlines() == [
        "demo   Demo (at_company, on_site, remote) · backoffice-demo 0.1.0",
        "alpha  refused (trial-alpha 1.0): ZeroDivisionError: division by zero (trial_alpha, line 10)",
    ]


def test_two_plugins_of_one_code_are_both_listed(plugin: Run, install):
    install("alpha", distribution="first")
    install("alpha", distribution="second")
    told = plugin("list", plugins="alpha").stdout.splitlines()
    assert [line.split(":")[0] for line in told] == ["alpha  refused (first 1.0)", "alpha  refused (second 1.0)"]


def test_that_there_are_no_plugins_is_said(plugin: Run):
    answer = plugin("list", plugins="")
    assert (answer.exit_code, answer.stdout) == (0, "")
    assert "no plugin" in answer.stderr


# --- check


def test_the_check_passes_where_none_is_refused(plugin: Run):
    answer = plugin("check", plugins="demo,training")
    assert (answer.exit_code, answer.stdout) == (0, "2 service types, none refused\n")


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        ({"source": "1 / 0"}, "ZeroDivisionError"),
        ({"group": "backoffice.v2"}, "speaks plugin API v2"),
        ({"requires": "backoffice>=7,<8"}, "needs backoffice <8,>=7"),
        ({"body": "def check(self, request, facts):\n    return 1 / 0"}, "check fails: ZeroDivisionError"),
    ],
    ids=["broken", "api", "release", "failing"],
)
def test_the_check_names_each_plugin_that_does_not_do(plugin: Run, install, made: dict[str, str], reason: str):
    install("alpha", **made)
    told = refused(plugin("check", plugins="demo,alpha"))
    assert "plugin alpha (trial-alpha 1.0)" in told
    assert reason in told
    assert len(told.splitlines()) == 1


def test_the_check_names_both_plugins_of_one_code(plugin: Run, install):
    install("alpha", distribution="first")
    install("alpha", distribution="second")
    assert len(refused(plugin("check", plugins="alpha")).splitlines()) == 2


def test_the_check_names_what_is_switched_on_and_not_installed(plugin: Run):
    assert "teleport" in refused(plugin("check", plugins="demo,teleport"))


# --- info


def test_a_service_type_tells_what_it_offers_and_asks(plugin: Run):
    told = plugin("info", "success_call").stdout
    assert "SuccessCallRecord" in told
    assert "satisfaction             integer (1 to 5): Satisfaction (1 to 5)" in told
    assert "reached                  enum (YES, NO_ANSWER, DECLINED): Outcome of the call" in told


def test_what_is_inside_a_field_is_told_below_it(plugin: Run, install):
    install("alpha", body="request = Schema.from_dict({'parts': fields.List(fields.Nested(Noted), metadata=NOTE)})")
    told = plugin("info", "alpha", plugins="alpha").stdout.splitlines()
    assert "  parts                    list of nested: Note" in told
    assert "    note                   string: Note" in told


def test_why_a_service_type_is_not_there_is_told(plugin: Run, install):
    install("alpha", source="1 / 0")
    assert "ZeroDivisionError" in refused(plugin("info", "alpha", plugins="alpha"))
    assert "there are demo" in refused(plugin("info", "haircut", plugins="demo"))
