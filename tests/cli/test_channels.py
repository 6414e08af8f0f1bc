"""``backoffice channel``: listed, added, changed."""

import pytest
from sqlalchemy import select

from backoffice.models import Channel
from tests.cli.conftest import Rows, Run, read, refused, table


def test_channels_are_listed_in_their_order(backoffice: Run):
    assert [line[0] for line in table(backoffice("channel", "list"))] == [
        "whatsapp",
        "portal",
        "goftino",
        "phone",
        "in_person",
    ]


def test_channels_are_listed_for_programs(backoffice: Run):
    assert read(backoffice("channel", "list", "--json"))[3]["labels"] == {"en": "Phone", "fa": "تلفن"}


def test_a_channel_is_added_behind_the_others(backoffice: Run):
    assert backoffice("channel", "add", "bale", "--fa", "بله", "--en", "Bale").exit_code == 0
    assert table(backoffice("channel", "list"))[-1] == ["bale", "5", "yes", "Bale", "بله"]


@pytest.mark.parametrize(("code", "told"), [("phone", "Another channel"), ("Bale!", "is not a code")])
def test_a_channel_that_cannot_be_is_refused(backoffice: Run, code: str, told: str):
    assert told in refused(backoffice("channel", "add", code, "--fa", "x", "--en", "x"))


def test_a_channel_changes_in_what_is_given_alone(backoffice: Run, rows: Rows):
    assert backoffice("channel", "change", "phone", "--off", "--en", "Telephone").exit_code == 0
    [phone] = rows(select(Channel).where(Channel.code == "phone"))
    assert (phone.active, phone.labels, phone.position) == (False, {"fa": "تلفن", "en": "Telephone"}, 3)


def test_an_unknown_channel_is_refused_with_those_there_are(backoffice: Run):
    told = refused(backoffice("channel", "change", "fax", "--off"))
    assert told == "error: there is no channel fax; there are goftino, in_person, phone, portal, whatsapp\n"


def test_the_last_channel_stays_on(backoffice: Run):
    for code in ("whatsapp", "portal", "goftino", "in_person"):
        assert backoffice("channel", "change", code, "--off").exit_code == 0
    assert "At least one channel" in refused(backoffice("channel", "change", "phone", "--off"))


@pytest.mark.parametrize("given", [[], ["--position", "-1"], ["--on", "--colour", "red"]], ids=str)
def test_a_change_of_nothing_or_to_nonsense_is_a_wrong_command(backoffice: Run, given: list[str]):
    assert backoffice("channel", "change", "phone", *given).exit_code == 2
