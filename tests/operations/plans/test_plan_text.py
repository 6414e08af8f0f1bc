"""The terms of an addendum as a file brings them."""

import pytest

from backoffice.domain.plan import Side
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.operations.plans.plan_text import at_lines, read_addendum

TERM = """# what came later

[[terms]]
key = "battery"
service_type = "battery_change"
inside.outcome = "free"
inside.seed_ref = "x"
outside.outcome = "tariff"
outside.seed_ref = "x"
"""


def test_terms_are_read_as_a_plan_file_has_them():
    read = read_addendum(TERM.encode("utf-8-sig"))
    assert [(term.key, term.side) for term in read.terms] == [
        ("battery.inside", Side.INSIDE),
        ("battery.outside", Side.OUTSIDE),
    ]
    assert (read.text, read.problems) == (TERM, ())


@pytest.mark.parametrize(
    ("content", "detail", "place"),
    [
        (b"\xff", "file_encoding", ()),
        (b"", "plan_file_missing", ("terms",)),
        (b"[[terms]\n", "plan_file_toml", ()),
        (b'code = "x"\n' + TERM.encode(), "plan_file_unknown", ("code",)),
        (TERM.replace('"free"', '"gratis"').encode(), "plan_file_choice", ("terms 1 (battery)", "inside", "outcome")),
        (TERM.replace("# what", "# \\u0000").encode(), "characters", ()),
    ],
)
def test_a_text_that_has_no_terms_says_where_and_why(content: bytes, detail: str, place: tuple[str, ...]):
    read = read_addendum(content)
    (problem,) = read.problems
    assert (read.terms, problem.detail, problem.path) == ((), detail, ("file", *place))


def test_a_mistake_in_a_file_is_told_at_its_line():
    text = TERM.replace('outside.outcome = "tariff"', 'outside.outcome = "dear"')
    (found,) = at_lines(text, read_addendum(text.encode()).problems)
    assert found.line == 8


def test_a_problem_about_a_term_is_told_at_its_line_and_any_other_at_none():
    problems = [
        Problem(ErrorCode.INVALID, path=("terms", "battery.outside")),
        Problem(ErrorCode.INVALID, path=("plan", "padra-standard")),
        Problem(ErrorCode.INVALID),
    ]
    assert [found.line for found in at_lines(TERM, problems)] == [None, None, 8]
