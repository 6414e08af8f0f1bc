"""Changing sites."""

from datetime import timedelta

import pytest

from backoffice.domain.coverage import Outcome
from backoffice.domain.service import Mode
from backoffice.models import AuditEntry, OfficeKind, Outbox, ServiceRecord, Site, SiteDistance
from backoffice.operations.customers.update_site import UpdateSite, update_site
from backoffice.operations.operation import foresee
from backoffice.operations.proofs.replay import replay
from backoffice.operations.reference.add_office import AddOffice, add_office
from backoffice.operations.result import Result
from backoffice.operations.services.record_service import PreviewService, record_service
from tests.builders import NOW, Kit, decision_of, problem_codes

TODAY = NOW.date()
YESTERDAY = TODAY - timedelta(days=1)
VISIT = {"service_type": "on_site_visit", "mode": Mode.ON_SITE}
Known = tuple[int, str | None, object]


def update(kit: Kit, site_id: int, version: int = 1, **given) -> Result:
    return update_site(kit.desk, kit.agent, UpdateSite(id=site_id, version=version, **given))


def measured(kit: Kit) -> int:
    """A site whose distance was measured yesterday, by a map."""
    return kit.site(kit.customer(), 39_000, distance_source="نقشه", measured_on=YESTERDAY)


def known(kit: Kit, site_id: int) -> list[Known]:
    return [(row.metres, row.source, row.measured_on) for row in kit.rows(SiteDistance, site_id=site_id)]


def test_what_is_left_out_stays_as_it_is(kit: Kit):
    site_id = kit.site(
        kit.customer(), 39_000, address="خیابان یکم", city="کرج", distance_source="نقشه", measured_on=YESTERDAY
    )
    kit.clock.move(hours=1)
    assert update(kit, site_id, title=" انبار ").id == site_id
    site = kit.row(Site, site_id)
    assert (site.title, site.address, site.city, site.version) == ("انبار", "خیابان یکم", "کرج", 2)
    assert (site.created_at, site.updated_at) == (NOW, NOW + timedelta(hours=1))
    assert known(kit, site_id) == [(39_000, "نقشه", YESTERDAY)]


@pytest.mark.parametrize("field", ["address", "city"])
def test_none_makes_the_address_or_the_city_empty(kit: Kit, field: str):
    site_id = kit.site(kit.customer(), address="خیابان یکم", city="کرج")
    update(kit, site_id, **{field: None})
    site = kit.row(Site, site_id)
    assert {name for name in ("address", "city") if getattr(site, name) is None} == {field}


@pytest.mark.parametrize("title", [None, " "])
def test_a_title_cannot_be_made_empty(kit: Kit, title: str | None):
    assert problem_codes(update(kit, measured(kit), title=title)) == [("INVALID", "required", ("title",))]


def test_an_address_too_long_is_refused(kit: Kit):
    assert problem_codes(update(kit, measured(kit), address="x" * 501)) == [("INVALID", "too_long", ("address",))]


def test_a_new_distance_takes_the_place_of_the_old_one(kit: Kit):
    site_id = measured(kit)
    update(kit, site_id, distance_metres=93_000, distance_source="پیمایش", measured_on=TODAY)
    assert known(kit, site_id) == [(93_000, "پیمایش", TODAY)]


@pytest.mark.parametrize("metres", [93_000, 39_000, 0], ids=["another", "the same", "none at all"])
def test_source_and_day_of_the_old_measurement_are_not_said_of_a_new_one(kit: Kit, metres: int):
    site_id = measured(kit)
    update(kit, site_id, distance_metres=metres)
    assert known(kit, site_id) == [(metres, None, None)]


def test_of_a_new_measurement_only_what_is_given_is_kept(kit: Kit):
    site_id = measured(kit)
    update(kit, site_id, distance_metres=93_000, measured_on=TODAY)
    assert known(kit, site_id) == [(93_000, None, TODAY)]


@pytest.mark.parametrize(
    ("given", "then"),
    [
        ({"distance_source": "پیمایش"}, (39_000, "پیمایش", YESTERDAY)),
        ({"distance_source": None}, (39_000, None, YESTERDAY)),
        ({"measured_on": TODAY}, (39_000, "نقشه", TODAY)),
        ({"measured_on": None}, (39_000, "نقشه", None)),
    ],
    ids=["source", "no source", "day", "no day"],
)
def test_source_and_day_of_the_present_measurement_can_be_mended(kit: Kit, given, then: Known):
    site_id = measured(kit)
    update(kit, site_id, **given)
    assert known(kit, site_id) == [then]


@pytest.mark.parametrize("beside", [{}, {"distance_source": None, "measured_on": None}], ids=["alone", "with nulls"])
def test_without_a_distance_it_is_unknown_again_with_its_source_and_day(kit: Kit, beside):
    site_id = measured(kit)
    assert update(kit, site_id, distance_metres=None, **beside).problems == ()
    assert known(kit, site_id) == []


def test_an_unknown_distance_becomes_known(kit: Kit):
    site_id = kit.site(kit.customer())
    update(kit, site_id, distance_metres=12_000, distance_source="نقشه")
    assert known(kit, site_id) == [(12_000, "نقشه", None)]


@pytest.mark.parametrize("said", [{"distance_source": "نقشه"}, {"measured_on": TODAY}], ids=["source", "day"])
def test_what_is_said_of_a_distance_needs_one(kit: Kit, said):
    required = [("INVALID", "required", ("distance_metres",))]
    assert problem_codes(update(kit, kit.site(kit.customer()), **said)) == required
    site_id = measured(kit)
    assert problem_codes(update(kit, site_id, distance_metres=None, **said)) == required
    assert known(kit, site_id) == [(39_000, "نقشه", YESTERDAY)]


@pytest.mark.parametrize("metres", [-1, 20_000_001])
def test_a_distance_that_no_road_has_is_refused(kit: Kit, metres: int):
    found = problem_codes(update(kit, measured(kit), distance_metres=metres))
    assert found == [("INVALID", "out_of_range", ("distance_metres",))]


def test_a_distance_is_not_measured_in_the_future(kit: Kit):
    found = problem_codes(update(kit, measured(kit), measured_on=TODAY + timedelta(days=1)))
    assert found == [("INVALID", "in_the_future", ("measured_on",))]


def test_a_refusal_leaves_everything_as_it_was(kit: Kit):
    site_id = measured(kit)
    update(kit, site_id, title="انبار", distance_metres=-1)
    site = kit.row(Site, site_id)
    assert (site.title, site.version, known(kit, site_id)) == ("کارگاه", 1, [(39_000, "نقشه", YESTERDAY)])


def test_an_old_version_is_stale_and_names_the_unchanged_site(kit: Kit):
    site_id = measured(kit)
    update(kit, site_id, distance_metres=40_000)
    result = update(kit, site_id, version=1, distance_metres=93_000)
    assert problem_codes(result) == [("STALE", None, ("version",))]
    assert (result.id, result.changed) == (site_id, False)
    assert known(kit, site_id) == [(40_000, None, None)]


@pytest.mark.parametrize("site_id", [0, -1, 999_999, 2**63])
def test_a_site_that_is_not_there_is_not_found(kit: Kit, site_id: int):
    assert problem_codes(update(kit, site_id)) == [("NOT_FOUND", None, ("id",))]


def test_a_customers_site_is_for_every_office(kit: Kit):
    command = UpdateSite(id=measured(kit), version=1, city="تبریز")
    assert update_site(kit.desk, kit.staff("other_agent"), command).problems == ()
    assert kit.row(Site, command.id).city == "تبریز"


def test_a_distance_is_from_the_office_that_is_the_origin_by_now(fresh_kit: Kit):
    site_id = measured(fresh_kit)
    command = AddOffice(code="ISF", name="اصفهان", kind=OfficeKind.BRANCH, is_origin=True)
    origin = add_office(fresh_kit.desk, fresh_kit.staff("admin"), command).id
    update(fresh_kit, site_id, distance_metres=5_000)
    found = {row.office_id == origin: row.metres for row in fresh_kit.rows(SiteDistance, site_id=site_id)}
    assert found == {False: 39_000, True: 5_000}
    update(fresh_kit, site_id, version=2, distance_metres=None)
    assert known(fresh_kit, site_id) == [(39_000, "نقشه", YESTERDAY)]


def test_the_audit_trail_has_the_distance_before_and_after(kit: Kit):
    site_id = measured(kit)
    update(kit, site_id, distance_metres=93_000, distance_source="پیمایش")
    (entry,) = kit.rows(AuditEntry, entity="Site", entity_id=site_id, operation="update_site")
    told = ("version", "distance_metres", "distance_source", "measured_on")
    assert [entry.before[name] for name in told] == [1, 39_000, "نقشه", YESTERDAY.isoformat()]
    assert [entry.after[name] for name in told] == [2, 93_000, "پیمایش", None]
    assert [row.event for row in kit.rows(Outbox, entity="Site", entity_id=site_id)] == ["site_created", "site_updated"]


def test_the_next_visit_is_decided_by_the_new_distance(kit: Kit):
    customer_id = kit.customer()
    site_id = kit.site(customer_id, 390_000)
    asset_id = kit.purchase(customer_id=customer_id, site_id=site_id)

    def outcome() -> Outcome:
        return decision_of(
            foresee(record_service, kit.desk, kit.agent, PreviewService(asset_id=asset_id, **VISIT))
        ).outcome

    assert outcome() is Outcome.TARIFF
    update(kit, site_id, distance_metres=39_000)
    assert outcome() is Outcome.ALLOWANCE
    update(kit, site_id, version=2, distance_metres=None)
    assert outcome() is Outcome.NEEDS_INPUT


def test_what_was_decided_keeps_its_distance(kit: Kit):
    customer_id = kit.customer()
    site_id = kit.site(customer_id, 390_000)
    record_id = kit.recorded(kit.purchase(customer_id=customer_id, site_id=site_id), **VISIT)
    before = kit.row(ServiceRecord, record_id)
    update(kit, site_id, distance_metres=39_000)
    after = kit.row(ServiceRecord, record_id)
    assert (after.coverage_id, after.amount, after.version) == (before.coverage_id, before.amount, before.version)
    assert after.distance_metres == 390_000
    with kit.desk.database.reading() as session:
        again = replay(session, after.coverage_id)
    assert again is not None
    assert again.same
