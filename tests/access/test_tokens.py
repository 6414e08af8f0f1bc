"""API tokens: their form, and what a live one is worth."""

from datetime import UTC, datetime, timedelta

import pytest

from backoffice.access.permissions import ROLES
from backoffice.access.tokens import SHOWN_LENGTH, bearer, is_well_formed, new_token, token_hash
from backoffice.access.viewers import Origin
from backoffice.models import ApiToken, Office, OfficeKind, Role, Staff, StaffRole

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HERE = Origin(address="127.0.0.1", request_id="r1")


def stored_token(session, token, *, role="agent", scopes=(), active=True, **times):
    office = Office(code="HQ", name="Head office", kind=OfficeKind.HEAD_OFFICE, is_origin=True)
    session.add(office)
    session.flush()
    staff = Staff(
        username="a", name="A", password="x", fs_uniquifier="u", office_id=office.id, created_at=NOW, active=active
    )
    role_row = Role(name=role, description="")
    session.add_all([staff, role_row])
    session.flush()
    session.add(StaffRole(staff_id=staff.id, role_id=role_row.id))
    session.add(
        ApiToken(
            staff_id=staff.id,
            name="",
            prefix=token[:SHOWN_LENGTH],
            token_hash=token_hash(token),
            scopes=list(scopes),
            created_at=NOW,
            **{"expires_at": NOW + timedelta(days=1), **times},
        )
    )
    session.flush()


def test_a_new_token_is_well_formed_and_never_the_same_twice():
    first, second = new_token(), new_token()

    assert is_well_formed(first)
    assert first != second


@pytest.mark.parametrize(
    "spoil",
    [lambda t: t[:-1], lambda t: t + "a", lambda t: "xx_" + t[3:], lambda t: ""],
    ids=["shorter", "longer", "foreign", "empty"],
)
def test_a_mistyped_token_is_not_well_formed(spoil):
    assert not is_well_formed(spoil(new_token()))


def test_a_token_with_one_wrong_character_is_not_well_formed():
    token = new_token()
    wrong = "A" if token[10] != "A" else "B"

    assert not is_well_formed(token[:10] + wrong + token[11:])


def test_a_live_token_speaks_for_its_owner(database):
    token = new_token()
    with database.writing() as session:
        stored_token(session, token)

        viewer = bearer(session, token, NOW, HERE)

    assert viewer is not None
    assert (viewer.name, viewer.permissions, viewer.own_office_only) == ("A", ROLES["agent"], True)
    assert (viewer.address, viewer.request_id) == ("127.0.0.1", "r1")


def test_scopes_take_away_every_other_permission(database):
    token = new_token()
    with database.writing() as session:
        stored_token(session, token, scopes=["record.read", "staff.manage"])

        viewer = bearer(session, token, NOW, HERE)

    assert viewer.permissions == {"record.read"}


@pytest.mark.parametrize(
    "state", [{"expires_at": NOW}, {"revoked_at": NOW - timedelta(days=1)}, {"active": False}], ids=str
)
def test_an_expired_or_revoked_token_or_one_of_a_disabled_owner_speaks_for_nobody(database, state):
    token = new_token()
    with database.writing() as session:
        stored_token(session, token, **state)

        assert bearer(session, token, NOW, HERE) is None


def test_an_unknown_token_speaks_for_nobody(database):
    with database.reading() as session:
        assert bearer(session, new_token(), NOW, HERE) is None
