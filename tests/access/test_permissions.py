"""Roles and permissions: nothing is held that is not declared."""

import pytest

from backoffice.access.permissions import OWN_OFFICE_ROLES, PERMISSIONS, ROLES
from backoffice.access.viewer import Forbidden, Viewer
from backoffice.domain.actor import Actor, ActorKind


def test_every_permission_of_a_role_is_declared():
    assert frozenset[str]().union(*ROLES.values()) <= PERMISSIONS.keys()


def test_an_administrator_holds_every_permission():
    assert ROLES["admin"] == PERMISSIONS.keys()


@pytest.mark.parametrize("role", ["viewer", "agent", "finance"])
def test_only_supervisors_and_administrators_void(role):
    assert "record.void" not in ROLES[role]


def test_a_viewer_changes_nothing():
    assert {code.rpartition(".")[2] for code in ROLES["viewer"]} == {"read"}


def test_roles_limited_to_their_own_office_exist():
    assert ROLES.keys() >= OWN_OFFICE_ROLES


def test_require_raises_forbidden_with_the_permission_that_is_missing():
    viewer = Viewer(Actor(ActorKind.STAFF, 1, "x"), permissions=frozenset({"record.read"}), office_id=1)

    viewer.require("record.read")
    with pytest.raises(Forbidden, match=r"record\.void"):
        viewer.require("record.void")
