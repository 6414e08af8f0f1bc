"""``backoffice suggestion``: what waits to be decided again, accepted or dismissed."""

import pytest

from backoffice.models import AuditEntry, RatingSuggestion, SuggestionStatus
from tests.builders import Kit, kit_on, prepare_desk
from tests.cli.conftest import Run, read, refused, table
from tests.databases import MakeDatabase
from tests.operations.reratable import late_edition, provisional, trained, void


@pytest.fixture
def kit(make_database: MakeDatabase) -> Kit:
    return kit_on(make_database(prepare_desk))


@pytest.fixture
def url(kit: Kit) -> str:
    return kit.desk.database.engine.url.render_as_string(hide_password=False)


@pytest.fixture
def priced(kit: Kit) -> int:
    """The suggestion of a late edition, for a service that was priced provisionally."""
    provisional(kit)
    late_edition(kit)
    return kit.rows(RatingSuggestion)[0].id


@pytest.fixture
def freed(kit: Kit) -> list[int]:
    """The suggestions to two services that wait for one slot, that of the older first."""
    holder, *_ = trained(kit, kit.purchase(), 3)
    assert void(kit, holder).problems == ()
    return [one.id for one in kit.rows(RatingSuggestion)]


def statuses(kit: Kit) -> list[SuggestionStatus]:
    return [one.status for one in kit.rows(RatingSuggestion)]


def test_a_late_tariff_is_told_with_both_prices(backoffice: Run, priced: int):
    [line] = backoffice("suggestion", "list").stdout.splitlines()[1:]
    assert line.split()[0] == str(priced)
    assert "tariff 1405 version 3" in line
    assert line.count("TARIFF") == 2


def test_a_slot_is_told_with_who_gave_it_back_and_who_comes_first(backoffice: Run, freed: list[int]):
    older, younger = read(backoffice("suggestion", "list", "--json"))
    assert [older["key"], younger["key"]] == freed
    assert older["freedSlot"]["allowance"]["key"] == "training.remote"
    assert (older["after"]["outcome"], older["first"]) == ("ALLOWANCE", None)
    assert (younger["after"], younger["first"]) == (None, older["record"]["number"])
    assert f"first {older['record']['number']}" in backoffice("suggestion", "list").stdout


def test_nothing_waits_in_a_quiet_desk(backoffice: Run):
    assert table(backoffice("suggestion", "list")) == []
    assert backoffice("suggestion", "accept", "--all").stdout == "Decided again: 0.\n"


def test_a_suggestion_is_accepted_by_its_number(backoffice: Run, kit: Kit, priced: int):
    assert backoffice("suggestion", "accept", priced).stdout == "Decided again: 1.\n"
    assert statuses(kit) == [SuggestionStatus.ACCEPTED]
    assert "accepted" in refused(backoffice("suggestion", "accept", priced))


@pytest.mark.parametrize("most", [200, 1], ids=["together", "one by one"])
def test_all_are_accepted_with_the_oldest_service_first(
    backoffice: Run, kit: Kit, freed: list[int], monkeypatch: pytest.MonkeyPatch, most: int
):
    monkeypatch.setattr("backoffice.cli.suggestion.MOST_AT_ONCE", most)
    assert backoffice("suggestion", "accept", "--all").stdout == (
        "Decided again: 1.\nSet aside, for they would change nothing any more: 1.\n"
    )
    assert statuses(kit) == [SuggestionStatus.ACCEPTED, SuggestionStatus.OBSOLETE]


def test_the_younger_alone_is_refused(backoffice: Run, kit: Kit, freed: list[int]):
    assert "SR-" in refused(backoffice("suggestion", "accept", freed[1]))
    assert statuses(kit) == [SuggestionStatus.SUGGESTED] * 2


def test_suggestions_are_dismissed_with_a_reason(backoffice: Run, kit: Kit, freed: list[int]):
    assert backoffice("suggestion", "dismiss", *freed, "--reason", "توافق").stdout == "Dismissed: 2.\n"
    assert statuses(kit) == [SuggestionStatus.DISMISSED] * 2
    assert {one.reason for one in kit.rows(AuditEntry, operation="dismiss_reratings")} == {"توافق"}


def test_what_is_not_there_is_refused(backoffice: Run):
    assert "Not found" in refused(backoffice("suggestion", "accept", 77))
    assert "Not found" in refused(backoffice("suggestion", "dismiss", 77, "--reason", "x"))


@pytest.mark.parametrize(
    "arguments",
    [("accept",), ("accept", "1", "--all"), ("accept", "first"), ("dismiss", "1"), ("dismiss", "--reason", "x")],
    ids=" ".join,
)
def test_what_names_no_suggestion_or_no_reason_is_a_wrong_command(backoffice: Run, arguments: tuple[str, ...]):
    assert backoffice("suggestion", *arguments).exit_code == 2
