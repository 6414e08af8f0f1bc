"""Channels: rows, so that a new one needs no code."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.models import AuditEntry, Channel
from backoffice.operations.reference.save_channel import AddChannel, ChangeChannel, add_channel, change_channel
from backoffice.operations.result import Result
from tests.builders import Kit, problem_codes


def added(kit: Kit, code: str = "bale", **given) -> Result:
    command = AddChannel(**{"code": code, "label_fa": "بله", "label_en": "Bale"} | given)
    return add_channel(kit.desk, kit.staff("admin"), command)


def changed(kit: Kit, code: str, **given) -> Result:
    return change_channel(kit.desk, kit.staff("admin"), ChangeChannel(code=code, **given))


def test_a_new_channel_comes_last_and_takes_records(fresh_kit: Kit):
    assert added(fresh_kit).changed
    channels = sorted(fresh_kit.rows(Channel), key=lambda channel: channel.position)
    assert (channels[-1].code, channels[-1].labels) == ("bale", {"fa": "بله", "en": "Bale"})
    assert fresh_kit.recorded(fresh_kit.purchase(), channel="bale")


def test_a_channel_is_renamed_in_one_language(fresh_kit: Kit):
    changed(fresh_kit, "phone", label_fa="تماس", position=0)
    channel = fresh_kit.row(Channel, "phone")
    assert (channel.labels, channel.position) == ({"fa": "تماس", "en": "Phone"}, 0)


def test_an_inactive_channel_takes_no_records(fresh_kit: Kit):
    changed(fresh_kit, "phone", active=False)
    result = fresh_kit.record(fresh_kit.purchase(), channel="phone")
    assert [problem[:2] for problem in problem_codes(result)] == [("INVALID", "channel")]
    changed(fresh_kit, "phone", active=True)
    assert fresh_kit.recorded(fresh_kit.purchase(), channel="phone")


def test_one_channel_stays_active(fresh_kit: Kit):
    *others, last = [channel.code for channel in fresh_kit.rows(Channel)]
    for code in others:
        assert changed(fresh_kit, code, active=False).problems == ()
    assert problem_codes(changed(fresh_kit, last, active=False)) == [("CONFLICT", "last_channel", ("active",))]


@pytest.mark.parametrize("code", ["", "Bale", "بله", "a b", "1a", "a" * 33])
def test_a_code_is_lower_snake_case(kit: Kit, code: str):
    assert problem_codes(added(kit, code)) == [("INVALID", "channel_code", ("code",))]


def test_a_taken_code_is_a_duplicate(kit: Kit):
    assert problem_codes(added(kit, "phone")) == [("DUPLICATE", "channel_taken", ("code",))]


def test_names_are_needed_and_positions_bounded(kit: Kit):
    assert problem_codes(added(kit, label_en=" ")) == [("INVALID", "required", ("label_en",))]
    assert problem_codes(changed(kit, "phone", label_fa="")) == [("INVALID", "required", ("label_fa",))]
    assert problem_codes(changed(kit, "phone", position=-1)) == [("INVALID", "out_of_range", ("position",))]


def test_an_unknown_channel_is_not_found(kit: Kit):
    assert problem_codes(changed(kit, "telegram")) == [("NOT_FOUND", None, ("code",))]


def test_changes_leave_their_trace(fresh_kit: Kit):
    added(fresh_kit)
    changed(fresh_kit, "bale", active=False)
    first, second = fresh_kit.rows(AuditEntry, entity="Channel")
    assert (first.before, first.after and first.after["code"]) == (None, "bale")
    assert [entry and entry["active"] for entry in (second.before, second.after)] == [True, False]


def test_an_agent_manages_no_channels(kit: Kit):
    with pytest.raises(Forbidden):
        change_channel(kit.desk, kit.agent, ChangeChannel(code="phone"))
