"""Released versions of products: entered, withdrawn, and never removed."""

from datetime import timedelta

import pytest

from backoffice.models import AuditEntry, Product, ProductVersion
from backoffice.operations.products.release_product_version import ReleaseProductVersion, release_product_version
from backoffice.operations.products.withdraw_product_version import WithdrawProductVersion, withdraw_product_version
from backoffice.operations.result import Result
from tests.builders import NOW, Kit, problem_codes

TODAY = NOW.date()


def release(kit: Kit, product_id: int, label: str = "5.2", **given) -> Result:
    command = ReleaseProductVersion(**{"product_id": product_id, "label": label, "released_on": TODAY} | given)
    return release_product_version(kit.desk, kit.supervisor, command)


def withdraw(kit: Kit, version_id: int, reason: str = "ثبت اشتباه") -> Result:
    command = WithdrawProductVersion(product_version_id=version_id, reason=reason)
    return withdraw_product_version(kit.desk, kit.supervisor, command)


def versions(kit: Kit, product_id: int) -> list[ProductVersion]:
    return kit.rows(ProductVersion, product_id=product_id)


def test_a_version_is_released_with_its_day_and_notes(kit: Kit):
    product_id = kit.product()
    assert release(kit, product_id, " 5.2 ", notes="چاپ سریع‌تر").id == product_id
    (version,) = versions(kit, product_id)
    assert (version.label, version.released_on, version.notes) == ("5.2", TODAY, "چاپ سریع‌تر")
    assert version.created_by_id == kit.supervisor.staff_id


def test_a_release_leaves_the_version_of_the_product_as_it_is(kit: Kit):
    product_id = kit.product()
    release(kit, product_id)
    assert kit.row(Product, product_id).version == 1


@pytest.mark.parametrize("again", ["v5.2", "V۵.۲", " v5.2"])
def test_a_standing_label_is_a_duplicate_in_any_letters(kit: Kit, again: str):
    product_id = kit.product()
    release(kit, product_id, "v5.2")
    assert problem_codes(release(kit, product_id, again)) == [("DUPLICATE", "product_version_label", ("label",))]
    assert len(versions(kit, product_id)) == 1


def test_another_product_may_have_a_version_of_the_same_label(kit: Kit):
    release(kit, kit.product())
    assert release(kit, kit.product()).changed


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"label": " "}, ("INVALID", "required", ("label",))),
        ({"label": "5" * 41}, ("INVALID", "too_long", ("label",))),
        ({"notes": "ن" * 2001}, ("INVALID", "too_long", ("notes",))),
        ({"released_on": TODAY + timedelta(days=1)}, ("INVALID", "in_the_future", ("released_on",))),
    ],
)
def test_what_cannot_be_released_is_refused_at_its_field(kit: Kit, given: dict, says: tuple):
    product_id = kit.product()
    assert problem_codes(release(kit, product_id, **given)) == [says]
    assert versions(kit, product_id) == []


def test_a_withdrawn_version_stays_with_its_day_and_reason(kit: Kit):
    product_id = kit.product()
    release(kit, product_id)
    (version,) = versions(kit, product_id)
    assert withdraw(kit, version.id, " روز اشتباه ").id == product_id
    (version,) = versions(kit, product_id)
    assert (version.withdrawn_on, version.withdrawal_reason) == (TODAY, "روز اشتباه")


def test_its_label_can_be_released_anew(kit: Kit):
    product_id = kit.product()
    release(kit, product_id)
    withdraw(kit, versions(kit, product_id)[0].id)
    assert release(kit, product_id, released_on=TODAY - timedelta(days=9)).changed
    assert [version.withdrawn_on is None for version in versions(kit, product_id)] == [False, True]


def test_a_version_is_withdrawn_once_and_for_a_reason(kit: Kit):
    product_id = kit.product()
    release(kit, product_id)
    version_id = versions(kit, product_id)[0].id
    assert problem_codes(withdraw(kit, version_id, " ")) == [("INVALID", "required", ("reason",))]
    assert withdraw(kit, version_id).changed
    says = ("CONFLICT", "product_version_withdrawn", ("product_version_id",))
    assert problem_codes(withdraw(kit, version_id)) == [says]


def test_the_audit_trail_of_the_product_has_both(kit: Kit):
    product_id = kit.product()
    release(kit, product_id)
    withdraw(kit, versions(kit, product_id)[0].id, "روز اشتباه")
    _, released, withdrawn = kit.rows(AuditEntry, entity="Product", entity_id=product_id)
    assert (released.before, released.after["product_version"]["label"]) == (None, "5.2")
    days = [document["product_version"]["withdrawn_on"] for document in (withdrawn.before, withdrawn.after)]
    assert (days, withdrawn.reason) == ([None, TODAY.isoformat()], "روز اشتباه")
