"""``backoffice audit``: the changes that are asked for, and each with what was there before and after."""

from typing import Any

import pytest

from tests.cli.conftest import Run, read, refused
from tests.cli.every_command import EXAMPLES


def listed(backoffice: Run, *arguments: object) -> list[Any]:
    found: list[Any] = read(backoffice("audit", "list", "--json", *arguments))
    return found


def renamed(backoffice: Run, name: str = "تهران") -> int:
    """The number of the change that gave the head office a name."""
    assert backoffice("office", "change", "HQ", "--name", name).exit_code == 0
    key: int = listed(backoffice, "--limit", 1)[0]["key"]
    return key


def test_changes_are_listed_with_the_latest_first(backoffice: Run):
    key = renamed(backoffice)
    first = backoffice("audit", "list").stdout.splitlines()[1].split()
    assert (first[0], first[-5:]) == (str(key), ["change_office", "Office", "1", "system", "-"])


def test_as_many_as_are_wanted_are_listed_over_several_pages(backoffice: Run, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("backoffice.query.reader.LONGEST", 2)
    every = [change["key"] for change in listed(backoffice)]
    assert len(every) > 5
    assert [change["key"] for change in listed(backoffice, "--limit", 5)] == every[:5]


def test_changes_of_one_object_are_listed_alone(backoffice: Run):
    key = renamed(backoffice)
    assert listed(backoffice, "--entity", "Office", "--id", 1)[0]["key"] == key
    assert listed(backoffice, "--entity", "Office", "--id", 99) == []
    assert {change["entity"] for change in listed(backoffice, "--entity", "Staff")} == {"Staff"}


def test_changes_by_one_user_are_listed_alone(backoffice: Run):
    backoffice("tariff", "import", EXAMPLES / "tariff.csv")
    backoffice("tariff", "approve", 1405, 3, "--by", "finance")
    assert [change["operation"] for change in listed(backoffice, "--by", "Finance")] == ["approve_tariff"]
    assert "approve_tariff" not in [change["operation"] for change in listed(backoffice, "--by", "system")]
    assert listed(backoffice, "--by", "agent") == []
    assert "there is no user nobody" in refused(backoffice("audit", "list", "--by", "nobody"))


def test_changes_since_a_day_are_listed_alone(backoffice: Run):
    renamed(backoffice)
    assert len(listed(backoffice, "--since", "1405/01/01")) == len(listed(backoffice))
    assert listed(backoffice, "--since", "1500/01/01") == []


def test_a_change_is_shown_with_what_differs(backoffice: Run):
    shown = backoffice("audit", "show", renamed(backoffice)).stdout
    facts, _, changes = shown.partition("\n\n")
    assert "operation  change_office" in facts
    title, headings, *lines = changes.splitlines()
    assert title == "Changes; 5 values stayed"
    assert headings.split() == ["VALUE", "BEFORE", "AFTER"]
    assert [line.split() for line in lines] == [["name", "دفتر", "مرکزی", "تهران"]]


def test_programs_are_told_both_documents(backoffice: Run):
    change = read(backoffice("audit", "show", renamed(backoffice), "--json"))
    assert (change["before"]["name"], change["after"]["name"]) == ("دفتر مرکزی", "تهران")


def test_a_change_that_is_not_there_is_refused(backoffice: Run):
    assert "there is no change 99999" in refused(backoffice("audit", "show", 99999))


@pytest.mark.parametrize(
    "arguments",
    [("show",), ("show", "x"), ("list", "--entity", "Dog"), ("list", "--since", "soon"), ("list", "--limit", "0")],
    ids=" ".join,
)
def test_what_is_no_number_kind_or_day_is_a_wrong_command(backoffice: Run, arguments: tuple[str, ...]):
    assert backoffice("audit", *arguments).exit_code == 2
