"""Everything that programs know by a code has words in Persian and in English, and they are written as people write."""

import ast
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest
from hypothesis import given, settings

import backoffice
from backoffice.domain.actor import ActorKind
from backoffice.domain.coverage import AllowanceUsage, Facts, Outcome, Reason, decide
from backoffice.domain.label import Label
from backoffice.domain.money import Component, PriceUnit
from backoffice.domain.period import PeriodKind, PeriodStatus, Track
from backoffice.domain.plan import FailOutcome, MissingTariff, Side, TermOutcome
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.models import ChargeStatus, CustomerKind, CustomerStage, OfficeKind, OverrideStatus, SuggestionStatus
from backoffice.wording import (
    LANGUAGES,
    day,
    kilometres,
    long_day,
    money,
    month,
    number,
    percent,
    problem_text,
    reason_text,
    say,
    texts,
)
from tests.domain.examples import INSIDE, ON_SITE, OUTSIDE, REMOTE, facts
from tests.domain.generated import any_facts

PACKAGE = Path(backoffice.__file__).parent
KINDS: dict[str, type[StrEnum]] = {
    "mode": Mode,
    "subject": Subject,
    "outcome": Outcome,
    "status": RecordStatus,
    "period_status": PeriodStatus,
    "period_kind": PeriodKind,
    "track": Track,
    "side": Side,
    "term_outcome": TermOutcome,
    "fail_outcome": FailOutcome,
    "missing_tariff": MissingTariff,
    "component": Component,
    "unit": PriceUnit,
    "office_kind": OfficeKind,
    "customer_kind": CustomerKind,
    "customer_stage": CustomerStage,
    "actor_kind": ActorKind,
    "charge_status": ChargeStatus,
    "override_status": OverrideStatus,
    "suggestion_status": SuggestionStatus,
}


def placeholders(text: str) -> set[str]:
    """The parameters a text needs."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


class Refused(NamedTuple):
    """A refusal as the source makes it: its key among the texts, the parameters it brings, and where."""

    key: str
    params: frozenset[str]
    where: str


def refusals() -> Iterator[Refused]:
    """Every refusal that the product's source makes with a literal code and detail."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                if node.func.id == "refuse" and node.args:
                    yield from refused_by_call(node, where)
                elif node.func.id == "Problem":
                    yield from refused_by_problem(node, where)


def refused_by_call(node: ast.Call, where: str) -> Iterator[Refused]:
    brought = frozenset(k.arg for k in node.keywords if k.arg) - {"path", "decision", "entity_id"}
    named = node.args[1] if len(node.args) > 1 else node.args[0]
    if isinstance(named, ast.Constant):
        yield Refused(f"problem.{named.value}", brought, where)
    elif isinstance(named, ast.Attribute):
        yield Refused(f"problem.{named.attr}", brought, where)


def refused_by_problem(node: ast.Call, where: str) -> Iterator[Refused]:
    given_by = {keyword.arg: keyword.value for keyword in node.keywords}
    detail, params = given_by.get("detail"), given_by.get("params", ast.Dict([], []))
    if isinstance(detail, ast.Constant) and detail.value and isinstance(params, ast.Dict) and "text" not in given_by:
        keys = frozenset(key.value for key in params.keys if isinstance(key, ast.Constant))
        yield Refused(f"problem.{detail.value}", frozenset(map(str, keys)), where)


def codes_made_in(module: str, maker: str) -> set[str]:
    """The literal codes that ``maker("code", …)`` gets in a module of the domain."""
    tree = ast.parse((PACKAGE / "domain" / module).read_text(encoding="utf-8"))
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name))
    firsts = (call.args[0] for call in calls if call.func.id == maker and call.args)  # type: ignore[union-attr]
    return {str(first.value) for first in firsts if isinstance(first, ast.Constant)}


def test_both_languages_have_the_same_texts():
    assert texts("fa").keys() == texts("en").keys()


@pytest.mark.parametrize("key", texts("fa"))
def test_both_languages_need_the_same_parameters_or_fewer(key: str):
    assert placeholders(texts("en")[key]) <= placeholders(texts("fa")[key])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_member_of_an_enum_has_a_name_and_nothing_else_has(kind: str, language: str):
    named = {key.removeprefix(f"{kind}.") for key in texts(language) if key.startswith(f"{kind}.")}
    assert named == {member.value for member in KINDS[kind]}


@pytest.mark.parametrize("code", ErrorCode)
def test_every_kind_of_refusal_has_words(code: ErrorCode):
    assert f"problem.{code}" in texts("fa")


def test_every_refusal_in_the_source_has_words_and_brings_their_parameters():
    without = [
        refused
        for refused in refusals()
        if refused.key not in texts("fa") or not placeholders(texts("fa")[refused.key]) <= refused.params
    ]
    assert without == []


def test_everything_the_plan_linter_finds_has_words():
    modules = ("plan_check.py", "addendum.py")
    found = {f"problem.plan_{code}" for module in modules for code in codes_made_in(module, "Finding")}
    assert found
    assert found <= texts("fa").keys()


def test_every_reason_in_the_source_has_words():
    made = set().union(*(codes_made_in(file.name, "Reason") for file in (PACKAGE / "domain").glob("*.py")))
    assert len(made) > 20
    assert {f"reason.{code}" for code in made} <= texts("fa").keys()


@settings(deadline=None)
@given(any_facts())
def test_every_reason_of_any_decision_can_be_said_in_both_languages(facts: Facts):
    for reason in decide(facts).reasons:
        assert all(reason_text(reason, language) for language in LANGUAGES)


@pytest.mark.parametrize("key", [key for key in texts("fa") if not key.startswith("unit_name")])
def test_persian_texts_have_persian_letters_and_digits_only(key: str):
    text = "".join(literal for literal, _, _, _ in Formatter().parse(texts("fa")[key]))
    wrong = set("يكىةٱإ0123456789,;?%abcdefghijklmnopqrstuvwxyz") & set(text.lower())
    assert not wrong


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        say("reason.nothing", {}, "fa")


def test_an_unknown_language_is_an_error():
    with pytest.raises(KeyError):
        say("mode.remote", {}, "de")


def test_a_missing_parameter_is_an_error():
    with pytest.raises(KeyError):
        say("problem.too_long", {}, "fa")


def test_the_allowance_reads_as_the_desk_says_it():
    reason = decide(facts("installation", REMOTE)).reasons[1]
    assert reason_text(reason, "fa") == "سهمیهٔ نصب از راه دور: این بار ۱ از ۲."
    assert reason_text(reason, "en") == "Remote installation: this is use 1 of 2 in the period."


def test_the_distance_reads_as_the_desk_says_it():
    reason = decide(facts("on_site_visit", ON_SITE, distance_metres=40_000)).reasons[1]
    expected = "فاصلهٔ مشتری ۴۰ کیلومتر است؛ مراجعهٔ رایگان فقط برای کمتر از ۴۰ کیلومتر است."
    assert reason_text(reason, "fa") == expected


def test_the_period_reads_in_jalali_days():
    reason = decide(facts("training", REMOTE, INSIDE)).reasons[0]
    expected = "۱ شهریور ۱۴۰۴ در بازهٔ پشتیبانی است: از ۱۵ مرداد ۱۴۰۴ تا پایان ۱۴ مرداد ۱۴۰۵."
    assert reason_text(reason, "fa") == expected


def test_vat_reads_as_a_percentage_and_in_toman():
    decision = decide(facts("training", REMOTE, OUTSIDE))
    assert reason_text(decision.reasons[-1], "fa") == "مالیات بر ارزش افزوده ۱۲٪: ۱۱۳٬۷۶۰ تومان."


def test_several_modes_are_listed():
    reason = Reason("mode_not_offered", {"mode": "phone", "modes": ["at_company", "remote"]})
    assert reason_text(reason, "fa").endswith("شیوه‌های آن: در محل شرکت، از راه دور.")


def test_a_problem_says_its_own_text_first():
    own = Label(fa="متن افزونه", en="The plugin's text")
    problem = Problem(ErrorCode.INVALID, "required", text=own)
    assert (problem_text(problem, "fa"), problem_text(problem, "en")) == ("متن افزونه", "The plugin's text")


def test_a_problem_says_its_detail_before_its_code():
    problem = Problem(ErrorCode.INVALID, "too_long", params={"longest": 2000})
    assert problem_text(problem, "fa") == "بلندتر از ۲٬۰۰۰ نویسه است."


def test_a_detail_of_a_plugins_own_without_text_says_its_code():
    assert problem_text(Problem(ErrorCode.CONFLICT, "lost_dongle"), "en") == say("problem.CONFLICT", {}, "en")


@pytest.mark.parametrize(
    ("written", "persian", "english"),
    [
        (lambda language: number(1_234_567, language), "۱٬۲۳۴٬۵۶۷", "1,234,567"),
        (lambda language: number(Decimal("1.50"), language), "۱٫۵", "1.5"),
        (lambda language: number(Decimal(100), language), "۱۰۰", "100"),
        (lambda language: money(5_214_000, language), "۵۲۱٬۴۰۰ تومان", "521,400 toman"),
        (lambda language: money(15, language), "۱٫۵ تومان", "1.5 toman"),
        (lambda language: kilometres(39_900, language), "۳۹٫۹ کیلومتر", "39.9 km"),
        (lambda language: percent(Decimal("0.095"), language), "۹٫۵٪", "9.5%"),
        (lambda language: day(date(2026, 11, 22), language), "۱۴۰۵/۰۹/۰۱", "1405/09/01"),
        (lambda language: long_day(date(2026, 11, 22), language), "۱ آذر ۱۴۰۵", "1 Azar 1405"),
        (lambda language: month(140509, language), "آذر ۱۴۰۵", "Azar 1405"),
    ],
)
def test_numbers_and_days_are_written_in_the_readers_language(written, persian: str, english: str):
    assert (written("fa"), written("en")) == (persian, english)


def test_an_exhausted_allowance_says_how_often_it_was_used():
    used_up = facts("installation", REMOTE, usage=(AllowanceUsage(1, "installation.remote", 2),))
    assert reason_text(decide(used_up).reasons[1], "fa") == "سهمیهٔ نصب از راه دور تمام شده است (۲ از ۲)."
