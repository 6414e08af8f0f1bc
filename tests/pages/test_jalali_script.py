"""The browser's calendar is the domain's."""

import json
import shutil
import subprocess

import pytest

from backoffice.domain.calendar import add_jalali_months, is_jalali_leap, parse_jalali
from backoffice.pages.static_files import OURS


@pytest.fixture(scope="module")
def node() -> str:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    return found


def _in_the_browser(node: str, expression: str) -> object:
    module = (OURS / "js" / "jalali.js").as_uri()
    script = f"import * as jalali from {json.dumps(module)}; console.log(JSON.stringify({expression}));"
    done = subprocess.run([node, "--input-type=module", "--no-warnings", "-e", script], capture_output=True, check=True)
    return json.loads(done.stdout)


def test_the_browsers_leap_years_are_those_of_the_domain(node: str) -> None:
    years = list(range(1300, 1500))
    leap = _in_the_browser(node, "Array.from({length: 200}, (_, i) => jalali.isLeap(1300 + i))")
    assert leap == [is_jalali_leap(year) for year in years]


def test_the_browsers_days_are_those_of_the_domain(node: str) -> None:
    first = parse_jalali("1390/01/01")
    firsts = [add_jalali_months(first, month) for month in range(0, 480, 1)]
    told = _in_the_browser(
        node, "Array.from({length: 480}, (_, i) => jalali.dayNumber([1390 + Math.floor(i / 12), i % 12 + 1, 1]))"
    )
    assert told == [(day - type(day)(1970, 1, 1)).days for day in firsts]


def test_the_browser_finds_the_date_of_each_day_again(node: str) -> None:
    days = "Array.from({length: 40000}, (_, i) => i - 10000)"
    assert _in_the_browser(node, f"{days}.filter((n) => jalali.dayNumber(jalali.fromDayNumber(n)) !== n)") == []
