"""What signing in and out leaves behind."""

from datetime import timedelta

import pytest

from backoffice.access.viewer import Forbidden, Viewer
from backoffice.access.viewers import system_viewer
from backoffice.models import AuditEntry, Outbox, Staff
from backoffice.operations.result import Result
from backoffice.operations.signin.count_failed_sign_in import (
    LOCKED_FOR,
    MOST_FAILED,
    CountFailedSignIn,
    count_failed_sign_in,
)
from backoffice.operations.signin.rehash_password import RehashPassword, rehash_password
from backoffice.operations.signin.sign_in import SignIn, sign_in
from backoffice.operations.signin.sign_out import SignOut, sign_out
from tests.builders import Kit


def agent(kit: Kit) -> Staff:
    return kit.row(Staff, kit.agent.staff_id)


def fail(kit: Kit, times: int = 1) -> list[Result]:
    command = CountFailedSignIn(id=kit.agent.staff_id)
    return [count_failed_sign_in(kit.desk, system_viewer(), command) for _ in range(times)]


def told(kit: Kit, operation: str) -> list[AuditEntry]:
    return kit.rows(AuditEntry, operation=operation)


def test_the_last_of_too_many_wrong_passwords_locks_the_account(fresh_kit: Kit):
    *first, last = fail(fresh_kit, MOST_FAILED)
    assert [result.changed for result in first] == [False] * (MOST_FAILED - 1)
    assert (last.changed, agent(fresh_kit).failed_sign_ins) == (True, MOST_FAILED)
    assert agent(fresh_kit).locked_until == fresh_kit.clock.now + LOCKED_FOR


def test_a_lock_is_told_and_a_wrong_password_is_not(fresh_kit: Kit):
    fail(fresh_kit, MOST_FAILED - 1)
    assert told(fresh_kit, "count_failed_sign_in") == []
    fail(fresh_kit)
    (entry,) = told(fresh_kit, "count_failed_sign_in")
    assert (entry.actor, entry.entity_id) == ("system", fresh_kit.agent.staff_id)
    assert entry.after["failed_sign_ins"] == MOST_FAILED
    assert [event.entity_id for event in fresh_kit.rows(Outbox, event="staff_locked")] == [entry.entity_id]


def test_a_wrong_password_after_the_lock_locks_anew(fresh_kit: Kit):
    fail(fresh_kit, MOST_FAILED)
    fresh_kit.clock.move(minutes=2)
    assert fail(fresh_kit)[0].changed
    assert agent(fresh_kit).locked_until == fresh_kit.clock.now + LOCKED_FOR
    assert len(told(fresh_kit, "count_failed_sign_in")) == 2


def test_signing_in_forgets_the_wrong_passwords_and_is_told(fresh_kit: Kit):
    fail(fresh_kit, MOST_FAILED)
    fresh_kit.clock.move(seconds=LOCKED_FOR / timedelta(seconds=1) + 1)
    assert sign_in(fresh_kit.desk, at_the_door(fresh_kit), SignIn(id=fresh_kit.agent.staff_id)).changed
    assert (agent(fresh_kit).failed_sign_ins, agent(fresh_kit).locked_until) == (0, None)
    (entry,) = told(fresh_kit, "sign_in")
    assert (entry.staff_id, entry.actor) == (fresh_kit.agent.staff_id, fresh_kit.agent.name)


def test_signing_out_is_told(fresh_kit: Kit):
    sign_out(fresh_kit.desk, at_the_door(fresh_kit), SignOut(id=fresh_kit.agent.staff_id))
    assert [entry.staff_id for entry in told(fresh_kit, "sign_out")] == [fresh_kit.agent.staff_id]


def test_a_password_hashed_anew_is_kept_and_told_without_it(fresh_kit: Kit):
    uniquifier = agent(fresh_kit).fs_uniquifier
    command = RehashPassword(id=fresh_kit.agent.staff_id, password_hash="$argon2id$new")
    rehash_password(fresh_kit.desk, at_the_door(fresh_kit), command)
    assert (agent(fresh_kit).password, agent(fresh_kit).fs_uniquifier) == ("$argon2id$new", uniquifier)
    (entry,) = told(fresh_kit, "rehash_password")
    assert "argon2" not in f"{entry.before}{entry.after}"
    assert "argon2" not in repr(command)


def test_nobody_signs_another_in_by_their_own_rights(kit: Kit):
    with pytest.raises(Forbidden):
        sign_in(kit.desk, kit.supervisor, SignIn(id=kit.agent.staff_id))


def at_the_door(kit: Kit) -> Viewer:
    """The agent, as the sign-in acts for them."""
    return Viewer(kit.agent.actor, system_viewer().permissions)
