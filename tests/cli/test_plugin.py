"""``backoffice plugin``: what an operator is told of plugins, and how an author begins one."""

import json
import os
import shlex
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


def test_each_plugin_has_a_line_with_what_it_offers_and_who_brings_it(plugin: Run, install):
    install("alpha", body="modes = frozenset({Mode.REMOTE, Mode.ON_SITE})")
    install("calibration")
    assert plugin("list", plugins="alpha,calibration").stdout.splitlines() == [
        "alpha        Trial (on_site, remote) · trial-alpha 1.0",
        "calibration  Trial (remote) · trial-calibration 1.0",
    ]


def test_every_plugin_that_is_installed_is_listed(plugin: Run):
    assert [line.split()[0] for line in plugin("list").stdout.splitlines()] == list(installed_plugins().service_types)


def test_a_broken_plugin_is_listed_with_its_owner_and_the_line_where_it_broke(plugin: Run, install):
    install("alpha", source="1 / 0")
    install("calibration")
    answer = plugin("list", plugins="calibration,alpha")
    assert answer.exit_code == 0
    assert answer.stderr == ""
    assert answer.stdout.splitlines() == [
        "calibration  Trial (remote) · trial-calibration 1.0",
        "alpha        refused (trial-alpha 1.0): ZeroDivisionError: division by zero (trial_alpha, line 10)",
    ]


def test_programs_are_told_of_each_plugin_and_why_it_is_refused(plugin: Run, install):
    install("alpha", source="1 / 0")
    install("calibration")
    calibration, alpha = json.loads(plugin("list", "--json", plugins="calibration,alpha").stdout)
    assert calibration == {
        "code": "calibration",
        "label": {"fa": "آزمایشی", "en": "Trial"},
        "modes": ["REMOTE"],
        "distribution": "trial-calibration 1.0",
        "reason": None,
    }
    assert (alpha["label"], alpha["reason"][:17]) == (None, "ZeroDivisionError")


def test_programs_are_told_what_a_service_type_asks_as_a_schema(plugin: Run, install):
    install("alpha")
    told = json.loads(plugin("info", "alpha", "--json", plugins="alpha").stdout)
    assert (told["recordType"], told["inputField"]) == ("AlphaRecord", "alpha")
    assert "note" in {*told["request"]["properties"], *told["result"]["properties"]}


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


# --- new


def test_a_plugin_is_written_and_what_to_do_next_is_told(plugin: Run, here: Path):
    answer = plugin("new", "yearly_calibration", "--label", "کالیبراسیون سالانه")
    assert answer.exit_code == 0
    assert "pip install --editable yearly-calibration" in answer.stdout
    source = (here / "yearly-calibration/src/backoffice_yearly_calibration/__init__.py").read_text(encoding="utf-8")
    assert 'label = Label("کالیبراسیون سالانه", "Yearly calibration")' in source
    assert "modes = frozenset({Mode.REMOTE, Mode.PHONE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})" in source
    assert "subjects = frozenset({Subject.SOFTWARE})" in source
    assert "needs_asset" not in source


def test_in_a_checkout_of_the_desk_it_is_written_beside_the_others(plugin: Run, here: Path):
    (here / "pyproject.toml").write_text('[project]\nname = "backoffice"\n')
    assert "make setup" in plugin("new", "yearly_calibration", "--label", "کالیبراسیون").stdout
    assert (here / "plugins/yearly-calibration/pyproject.toml").exists()


def test_the_options_say_what_it_is_to_begin_with(plugin: Run, here: Path):
    options = shlex.split("--label-en Tuning --mode REMOTE --mode phone --subject device --no-asset --into made/here")
    assert plugin("new", "yearly_calibration", "--label", "کالیبراسیون", *options).exit_code == 0
    source = (here / "made/here/src/backoffice_yearly_calibration/__init__.py").read_text(encoding="utf-8")
    assert 'label = Label("کالیبراسیون", "Tuning")' in source
    assert "modes = frozenset({Mode.REMOTE, Mode.PHONE})" in source
    assert "subjects = frozenset({Subject.DEVICE})" in source
    assert "needs_asset = False" in source


def test_of_an_english_label_a_persian_one_is_made(plugin: Run, here: Path):
    assert "خدمت Tuning" in plugin("new", "yearly_calibration", "--label", "Tuning").stdout


@pytest.mark.parametrize(
    ("arguments", "status", "told"),
    [
        (["Calibration-1", "--label", "ک"], 2, "lower_snake_case"),
        (["x" * 41, "--label", "ک"], 2, "40"),
        (["yearly_calibration"], 2, "--label"),
        (["yearly_calibration", "--label", " "], 2, "no label"),
        (["yearly_calibration", "--label", 'ک"'], 2, "quotation mark"),
        (["yearly_calibration", "--label", "ک\nک"], 2, "line break"),
        (["yearly_calibration", "--label", "ک", "--label-en", "ک"], 2, "not English"),
        (["yearly_calibration", "--label", "ک", "--mode", "pigeon"], 2, "pigeon"),
        (["yearly_calibration", "--label", "ک", "--subject", "bird"], 2, "bird"),
        (["demo", "--label", "ک"], 1, installed_plugins().owners["demo"]),
        (["service", "--label", "ک"], 1, "the backoffice itself"),
        (["yearly_calibration", "--label", "ک", "--into", ".."], 1, "not an empty folder"),
        (["yearly_calibration", "--label", "ک", "--into", os.devnull], 1, "not an empty folder"),
    ],
)
def test_what_cannot_be_written_is_refused_and_leaves_nothing(plugin: Run, here: Path, arguments, status, told):
    assert told in refused(plugin("new", *arguments), status)
    assert [*here.iterdir()] == []


def test_a_folder_that_is_there_is_refused_by_its_name(plugin: Run):
    plugin("new", "yearly_calibration", "--label", "ک")
    again = plugin("new", "yearly_calibration", "--label", "ک")
    assert "cannot write yearly-calibration: it is there already" in refused(again)
