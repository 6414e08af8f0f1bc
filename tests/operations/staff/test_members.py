"""Roles, leaving and returning, passwords."""

from datetime import timedelta

import pytest

from backoffice.access.credentials import hash_password
from backoffice.access.tokens import bearer
from backoffice.access.viewer import Forbidden
from backoffice.access.viewers import NOWHERE, roles_of
from backoffice.models import ApiToken, AuditEntry, Staff
from backoffice.operations.result import Result
from backoffice.operations.staff.create_token import CreateToken, create_token
from backoffice.operations.staff.deactivate_staff import DeactivateStaff, deactivate_staff
from backoffice.operations.staff.move_staff import MoveStaff, move_staff
from backoffice.operations.staff.reactivate_staff import ReactivateStaff, reactivate_staff
from backoffice.operations.staff.reset_password import ResetPassword, reset_password
from backoffice.operations.staff.revoke_token import RevokeToken, revoke_token
from backoffice.operations.staff.set_staff_roles import SetStaffRoles, set_staff_roles
from tests.builders import OTHER_OFFICE, Kit, problem_codes

NEW_PASSWORD = "another long enough one"


def member(kit: Kit, username: str) -> Staff:
    (found,) = kit.rows(Staff, username=username)
    return found


def set_roles(kit: Kit, username: str, *roles: str) -> Result:
    command = SetStaffRoles(id=member(kit, username).id, roles=roles)
    return set_staff_roles(kit.desk, kit.staff("admin"), command)


def deactivated(kit: Kit, username: str, reason: str | None = None) -> Result:
    command = DeactivateStaff(id=member(kit, username).id, reason=reason)
    return deactivate_staff(kit.desk, kit.staff("admin"), command)


def token_of(kit: Kit, username: str) -> str:
    return create_token(kit.desk, kit.staff("admin"), CreateToken(username=username)).told


def works(kit: Kit, token: str) -> bool:
    with kit.desk.database.reading() as session:
        return bearer(session, token, kit.clock.now, NOWHERE) is not None


def test_roles_are_replaced(fresh_kit: Kit):
    result = set_roles(fresh_kit, "agent", "finance", "viewer", "viewer")
    assert fresh_kit.staff("agent").may("tariff.approve")
    with fresh_kit.desk.database.reading() as session:
        assert roles_of(session, result.id or 0) == ("finance", "viewer")
    (entry,) = fresh_kit.rows(AuditEntry, operation="set_staff_roles")
    assert [(seen or {})["roles"] for seen in (entry.before, entry.after)] == [["agent"], ["finance", "viewer"]]


def test_a_member_holds_at_least_one_role_and_only_known_ones(kit: Kit):
    assert problem_codes(set_roles(kit, "agent")) == [("INVALID", "required", ("roles",))]
    assert problem_codes(set_roles(kit, "agent", "emperor")) == [("INVALID", "unknown_role", ("roles",))]


def test_a_member_sees_the_records_of_the_office_they_are_moved_to(fresh_kit: Kit):
    command = MoveStaff(id=member(fresh_kit, "agent").id, office=OTHER_OFFICE)
    assert move_staff(fresh_kit.desk, fresh_kit.staff("admin"), command).changed
    assert fresh_kit.staff("agent").office_id == fresh_kit.staff("other_agent").office_id
    (entry,) = fresh_kit.rows(AuditEntry, operation="move_staff")
    assert [(seen or {})["office"] for seen in (entry.before, entry.after)] == ["HQ", OTHER_OFFICE]


@pytest.mark.parametrize(
    ("office", "code", "detail"), [("HQ", "CONFLICT", "staff_in_office"), ("MOON", "NOT_FOUND", "unknown_office")]
)
def test_a_member_moves_to_another_office_that_there_is(kit: Kit, office: str, code: str, detail: str):
    command = MoveStaff(id=member(kit, "agent").id, office=office)
    result = move_staff(kit.desk, kit.staff("admin"), command)
    assert problem_codes(result) == [(code, detail, ("office",))]


def test_somebody_is_left_who_manages_staff(fresh_kit: Kit):
    assert problem_codes(set_roles(fresh_kit, "admin", "agent")) == [("CONFLICT", "last_manager", ("roles",))]
    assert problem_codes(deactivated(fresh_kit, "admin")) == [("CONFLICT", "last_manager", ("id",))]
    set_roles(fresh_kit, "supervisor", "admin")
    assert deactivated(fresh_kit, "admin").problems == ()


def test_who_is_deactivated_is_signed_out_and_their_tokens_are_revoked_for_good(fresh_kit: Kit):
    token, key = token_of(fresh_kit, "agent"), member(fresh_kit, "agent").fs_uniquifier
    others = token_of(fresh_kit, "supervisor")
    assert deactivated(fresh_kit, "agent", reason="left").changed
    left = member(fresh_kit, "agent")
    assert (left.active, left.fs_uniquifier == key) == (False, False)
    assert [works(fresh_kit, text) for text in (token, others)] == [False, True]
    reactivate_staff(fresh_kit.desk, fresh_kit.staff("admin"), ReactivateStaff(id=left.id))
    assert member(fresh_kit, "agent").active
    assert not works(fresh_kit, token)


def test_leaving_is_kept_with_its_reason(fresh_kit: Kit):
    deactivated(fresh_kit, "agent", reason="left the company")
    (entry,) = fresh_kit.rows(AuditEntry, operation="deactivate_staff")
    assert (entry.reason, (entry.after or {})["active"]) == ("left the company", False)


def test_one_leaves_once_and_returns_once(fresh_kit: Kit):
    agent = ReactivateStaff(id=member(fresh_kit, "agent").id)
    again = reactivate_staff(fresh_kit.desk, fresh_kit.staff("admin"), agent)
    assert problem_codes(again) == [("CONFLICT", "staff_active", ("id",))]
    deactivated(fresh_kit, "agent")
    assert problem_codes(deactivated(fresh_kit, "agent")) == [("CONFLICT", "staff_inactive", ("id",))]


def test_who_left_is_neither_moved_nor_given_a_password(fresh_kit: Kit):
    deactivated(fresh_kit, "agent")
    admin, left = fresh_kit.staff("admin"), member(fresh_kit, "agent").id
    refused = [
        move_staff(fresh_kit.desk, admin, MoveStaff(id=left, office=OTHER_OFFICE)),
        reset_password(fresh_kit.desk, admin, ResetPassword(id=left, password=NEW_PASSWORD)),
    ]
    assert [problem_codes(result) for result in refused] == [[("CONFLICT", "staff_inactive", ("id",))]] * 2


def test_a_new_password_ends_sessions_and_lifts_a_lock(fresh_kit: Kit):
    before = member(fresh_kit, "agent")
    with fresh_kit.desk.database.writing() as session:
        locked = session.get_one(Staff, before.id)
        locked.failed_sign_ins, locked.locked_until = 9, fresh_kit.clock.now + timedelta(minutes=1)
    command = ResetPassword(id=before.id, password=NEW_PASSWORD)
    assert reset_password(fresh_kit.desk, fresh_kit.staff("admin"), command).changed
    after = member(fresh_kit, "agent")
    assert (after.failed_sign_ins, after.locked_until) == (0, None)
    assert after.fs_uniquifier != before.fs_uniquifier
    assert after.password not in (before.password, hash_password(NEW_PASSWORD))


def test_no_password_is_in_the_audit_trail_or_in_a_commands_text(fresh_kit: Kit):
    command = ResetPassword(id=member(fresh_kit, "agent").id, password=NEW_PASSWORD)
    reset_password(fresh_kit.desk, fresh_kit.staff("admin"), command)
    (entry,) = fresh_kit.rows(AuditEntry, operation="reset_password")
    told = f"{command} {entry.before} {entry.after}"
    assert NEW_PASSWORD not in told
    assert "argon2" not in told


def test_a_weak_password_is_refused(kit: Kit):
    command = ResetPassword(id=member(kit, "agent").id, password="short")
    result = reset_password(kit.desk, kit.staff("admin"), command)
    assert ("INVALID", "password_too_short", ("password",)) in problem_codes(result)


@pytest.mark.parametrize("staff_id", [0, 10**6, 2**70])
def test_an_unknown_member_is_not_found(kit: Kit, staff_id: int):
    admin = kit.staff("admin")
    for result in (
        set_staff_roles(kit.desk, admin, SetStaffRoles(id=staff_id, roles=("agent",))),
        deactivate_staff(kit.desk, admin, DeactivateStaff(id=staff_id)),
        reactivate_staff(kit.desk, admin, ReactivateStaff(id=staff_id)),
        reset_password(kit.desk, admin, ResetPassword(id=staff_id, password=NEW_PASSWORD)),
        revoke_token(kit.desk, admin, RevokeToken(id=staff_id)),
    ):
        assert problem_codes(result) == [("NOT_FOUND", None, ("id",))]


def test_a_revoked_token_is_refused_and_revoked_once(fresh_kit: Kit):
    token, admin = token_of(fresh_kit, "agent"), fresh_kit.staff("admin")
    (row,) = fresh_kit.rows(ApiToken)
    assert works(fresh_kit, token)
    assert revoke_token(fresh_kit.desk, admin, RevokeToken(id=row.id)).changed
    assert not works(fresh_kit, token)
    again = revoke_token(fresh_kit.desk, admin, RevokeToken(id=row.id))
    assert problem_codes(again) == [("CONFLICT", "token_revoked", ("id",))]
    (entry,) = fresh_kit.rows(AuditEntry, operation="revoke_token")
    assert row.token_hash not in str(entry.before) + str(entry.after)


@pytest.mark.parametrize("role", ["viewer", "agent", "supervisor", "finance"])
def test_only_administrators_manage_staff_and_tokens(kit: Kit, role: str):
    viewer = kit.staff(role)
    for act, command in (
        (set_staff_roles, SetStaffRoles(id=1, roles=("admin",))),
        (deactivate_staff, DeactivateStaff(id=1)),
        (reactivate_staff, ReactivateStaff(id=1)),
        (reset_password, ResetPassword(id=1, password=NEW_PASSWORD)),
        (revoke_token, RevokeToken(id=1)),
    ):
        with pytest.raises(Forbidden):
            act(kit.desk, viewer, command)  # type: ignore[operator]
