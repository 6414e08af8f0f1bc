"""``backoffice plan list`` and ``show``: the versions there are, what one promises and what keeps it a draft."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run, read, refused, table
from tests.cli.every_command import EXAMPLES, ROOT

SHIPPED = ROOT / "backoffice" / "data" / "padra-standard.toml"


@pytest.fixture
def draft(backoffice: Run, tmp_path: Path) -> None:
    """The next version of the shipped plan, with something against it."""
    text = SHIPPED.read_text(encoding="utf-8").replace("version = 1\n", "")
    file = tmp_path / "draft.toml"
    file.write_text(text.replace('inside.when_exhausted = "tariff"\n', "", 1), encoding="utf-8")
    assert backoffice("plan", "import", file).exit_code == 0


def section(printed: str, title: str) -> list[str]:
    """The lines below a title, with its headings."""
    return printed.partition(f"\n{title}\n")[2].partition("\n\n")[0].splitlines()


@pytest.mark.usefixtures("draft")
def test_versions_are_listed_and_a_draft_has_no_day(backoffice: Run):
    first, second = table(backoffice("plan", "list"))
    assert (first[:2], second[:4]) == (["padra-standard", "1"], ["padra-standard", "2", "-", "0"])
    assert [version["published"] for version in read(backoffice("plan", "list", "--json"))] == [True, False]


def test_a_plan_is_shown_with_what_it_promises(backoffice: Run):
    printed = backoffice("plan", "show", "padra-standard").stdout
    assert "distances from             HQ" in printed
    promised = section(printed, "What it promises")
    [installed] = [line.split("  ") for line in promised if line.startswith("installation ") and "AT_COMPANY" in line]
    assert [cell.strip() for cell in installed if cell.strip()] == [
        "installation",
        "AT_COMPANY, AT_AGENCY",
        "-",
        "1× free in every period; allowance “Installation, computer sent in”",
        "By the tariff",
        "By the tariff",
    ]


def test_a_plan_is_shown_with_its_allowances_and_sources(backoffice: Run):
    printed = backoffice("plan", "show", "padra-standard", "1").stdout
    assert section(printed, "Allowances of a period")[1].startswith("installation.remote ")
    assert any(line.startswith("demo.inside ") for line in section(printed, "Terms and what they rest on"))
    assert section(printed, "Addenda") == section(printed, "What keeps it from being published") == []


def test_programs_are_told_the_whole_plan(backoffice: Run):
    plan = read(backoffice("plan", "show", "padra-standard", "--json"))
    assert plan["document"]["months"] == {"support": 12, "warranty": 12}
    visit = plan["promises"][-1]
    assert (visit["service"], visit["modes"]) == ("*", ["ON_SITE"])
    assert visit["inside"]["beyond"] == "from 40 km on: By the tariff"


@pytest.mark.usefixtures("draft")
def test_the_newest_version_is_shown_with_what_keeps_it_a_draft(backoffice: Run):
    printed = backoffice("plan", "show", "padra-standard").stdout
    [_, finding] = section(printed, "What keeps it from being published")
    assert finding.startswith("installation.remote.inside  The term “installation.remote.inside” does not say")
    assert section(backoffice("plan", "show", "padra-standard", "1").stdout, "What keeps it from being published") == []


def test_a_plan_is_shown_with_its_addenda(backoffice: Run):
    arguments = ("padra-standard", "1", EXAMPLES / "addendum.toml", "--from", "1405/07/01", "--reason", "calibration")
    assert backoffice("plan", "addendum", *arguments).exit_code == 0
    printed = backoffice("plan", "show", "padra-standard").stdout
    assert section(printed, "Addenda")[1].split() == ["2026-09-23", "(1405/07/01)", "calibration"]
    assert any(line.startswith("calibration.") for line in section(printed, "Terms and what they rest on"))
    assert table(backoffice("plan", "list"))[0][5] == "1"


def test_an_unknown_plan_or_version_is_refused_with_those_there_are(backoffice: Run):
    assert "there is no plan gold; there are padra-standard" in refused(backoffice("plan", "show", "gold"))
    told = refused(backoffice("plan", "show", "padra-standard", "7"))
    assert told == "error: there is no version of padra-standard 7; there are 1\n"


@pytest.mark.parametrize("given", [(), ("padra-standard", "0"), ("padra-standard", "first")], ids=" ".join)
def test_what_is_no_version_is_a_wrong_command(backoffice: Run, given: tuple[str, ...]):
    assert backoffice("plan", "show", *given).exit_code == 2
