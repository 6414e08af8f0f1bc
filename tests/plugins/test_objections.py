import itertools
from typing import Any

import pytest

from backoffice.plugins import Effect, ErrorCode, Label, Problem
from backoffice.plugins.objections import MOST_PROBLEMS, effects, objections

NO = Problem(ErrorCode.INVALID, "not_now", ("note",), {"limit": 3}, Label("نه", "No"))


def changed(**attributes: Any) -> Problem:
    """A problem that is wrong in one way."""
    usual = {"code": NO.code, "detail": NO.detail, "path": NO.path, "params": NO.params, "text": NO.text}
    return Problem(**usual | attributes)


def test_a_problem_stands_below_where_the_part_stands():
    assert objections([NO], ("request", "trial")) == (changed(path=("request", "trial", "note")),)


@pytest.mark.parametrize(
    "given",
    [
        None,
        7,
        ["no"],
        [None],
        [changed(text=None)],
        [changed(text="نه")],
        [changed(code="INVALID!")],
        [changed(detail=7)],
        [changed(path="note")],
        [changed(path=(object(),))],
        [changed(params=None)],
        [changed(params={"limit": object()})],
    ],
)
def test_an_answer_that_is_no_list_of_problems_with_words_raises(given: Any):
    with pytest.raises(TypeError):
        objections(given, ())


def test_problems_without_end_raise():
    with pytest.raises(ValueError, match=f"more than {MOST_PROBLEMS}"):
        objections(itertools.repeat(NO), ())


@pytest.mark.parametrize("given", [None, 7, ["mail"], [Effect()]])
def test_effects_that_the_desk_cannot_carry_out_raise(given: Any):
    with pytest.raises(TypeError):
        effects(given)
