"""Offices, and the one that distances count from."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.access.viewers import system_viewer
from backoffice.models import AuditEntry, Office, OfficeKind, SiteDistance
from backoffice.operations.reference.add_office import AddOffice, ChangeOffice, add_office, change_office
from backoffice.operations.result import Result
from tests.builders import OTHER_OFFICE, Kit, problem_codes


def adding(**given) -> AddOffice:
    return AddOffice(**{"code": "ISF", "name": "اصفهان", "kind": OfficeKind.BRANCH} | given)


def added(kit: Kit, **given) -> Result:
    return add_office(kit.desk, kit.staff("admin"), adding(**given))


def changed(kit: Kit, code: str, **given) -> Result:
    (office,) = kit.rows(Office, code=code)
    return change_office(kit.desk, kit.staff("admin"), ChangeOffice(id=office.id, **given))


def origins(kit: Kit) -> list[str]:
    return [office.code for office in kit.rows(Office, is_origin=True)]


def test_an_office_is_added(fresh_kit: Kit):
    office = fresh_kit.row(Office, added(fresh_kit, code=" ISF ").id)
    assert (office.code, office.name, office.kind, office.is_origin) == ("ISF", "اصفهان", OfficeKind.BRANCH, False)
    assert origins(fresh_kit) == ["HQ"]


def test_a_new_origin_takes_it_from_the_old_one(fresh_kit: Kit):
    added(fresh_kit, is_origin=True)
    assert origins(fresh_kit) == ["ISF"]
    (entry,) = fresh_kit.rows(AuditEntry, operation="add_office")
    assert entry.after is not None
    assert entry.after["origin_moved_from"] == "HQ"


def test_distances_from_the_old_origin_stay_stored(fresh_kit: Kit):
    customer_id = fresh_kit.customer()
    site_id = fresh_kit.site(customer_id, 39_000)
    added(fresh_kit, is_origin=True)
    assert [row.metres for row in fresh_kit.rows(SiteDistance, site_id=site_id)] == [39_000]


def test_a_taken_code_is_a_duplicate(fresh_kit: Kit):
    assert problem_codes(added(fresh_kit, code="HQ", is_origin=True)) == [("DUPLICATE", "office_code", ("code",))]
    assert origins(fresh_kit) == ["HQ"]


@pytest.mark.parametrize(("given", "path"), [({"code": " "}, "code"), ({"name": ""}, "name")])
def test_code_and_name_are_needed(kit: Kit, given: dict[str, str], path: str):
    assert problem_codes(added(kit, **given)) == [("INVALID", "required", (path,))]


def test_an_office_is_renamed_and_made_the_origin(fresh_kit: Kit):
    changed(fresh_kit, OTHER_OFFICE, name="تبریز", kind=OfficeKind.BRANCH, is_origin=True)
    (office,) = fresh_kit.rows(Office, code=OTHER_OFFICE)
    assert (office.name, office.kind) == ("تبریز", OfficeKind.BRANCH)
    assert origins(fresh_kit) == [OTHER_OFFICE]
    (entry,) = fresh_kit.rows(AuditEntry, operation="change_office")
    assert entry.before is not None


def test_what_is_left_out_stays(fresh_kit: Kit):
    assert changed(fresh_kit, "HQ", name="مرکز", is_origin=True).problems == ()
    (office,) = fresh_kit.rows(Office, code="HQ")
    assert (office.kind, office.is_origin) == (OfficeKind.HEAD_OFFICE, True)


def test_some_office_is_always_the_origin(kit: Kit):
    assert problem_codes(changed(kit, "HQ", is_origin=False)) == [("CONFLICT", "last_origin", ("is_origin",))]


@pytest.mark.parametrize("office_id", [0, 10**6, 2**70])
def test_an_unknown_office_is_not_found(kit: Kit, office_id: int):
    result = change_office(kit.desk, system_viewer(), ChangeOffice(id=office_id))
    assert problem_codes(result) == [("NOT_FOUND", None, ("id",))]


@pytest.mark.parametrize("role", ["viewer", "agent", "supervisor", "finance"])
def test_only_administrators_manage_offices(kit: Kit, role: str):
    with pytest.raises(Forbidden):
        add_office(kit.desk, kit.staff(role), adding())
    with pytest.raises(Forbidden):
        change_office(kit.desk, kit.staff(role), ChangeOffice(id=1))
