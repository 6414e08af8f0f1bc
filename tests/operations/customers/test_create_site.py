"""Creating sites."""

from datetime import timedelta

import pytest

from backoffice.models import Site, SiteDistance
from backoffice.operations.customers.create_site import CreateSite, create_site
from tests.builders import NOW, Kit, problem_codes


def creating(customer_id: int, **given) -> CreateSite:
    return CreateSite(**{"customer_id": customer_id, "title": "کارگاه"} | given)


def test_a_distance_is_kept_from_the_origin_office_with_its_source(kit: Kit):
    site_id = kit.site(kit.customer(), 39_900, distance_source="نقشه")
    distances = kit.rows(SiteDistance, site_id=site_id)
    assert [(row.metres, row.source) for row in distances] == [(39_900, "نقشه")]


def test_an_unknown_distance_is_no_row_and_not_zero(kit: Kit):
    assert kit.rows(SiteDistance, site_id=kit.site(kit.customer())) == []


def test_a_site_keeps_title_address_and_city_without_blanks_around(kit: Kit):
    site = kit.row(Site, kit.site(kit.customer(), title=" انبار ", address=" خیابان یکم ", city=" کرج "))
    assert (site.title, site.address, site.city) == ("انبار", "خیابان یکم", "کرج")


@pytest.mark.parametrize("metres", [-1, 20_000_001])
def test_a_distance_that_no_road_has_is_refused(kit: Kit, metres: int):
    result = create_site(kit.desk, kit.agent, creating(kit.customer(), distance_metres=metres))
    assert problem_codes(result) == [("INVALID", "out_of_range", ("distance_metres",))]


def test_a_site_of_nobody_is_not_found(kit: Kit):
    result = create_site(kit.desk, kit.agent, creating(999_999))
    assert problem_codes(result) == [("NOT_FOUND", None, ("customer_id",))]


def test_a_site_needs_a_title(kit: Kit):
    result = create_site(kit.desk, kit.agent, creating(kit.customer(), title=" "))
    assert problem_codes(result) == [("INVALID", "required", ("title",))]


@pytest.mark.parametrize("given", [{"distance_source": "نقشه"}, {"measured_on": NOW.date()}], ids=["source", "day"])
def test_what_is_said_of_a_distance_needs_the_distance(kit: Kit, given):
    result = create_site(kit.desk, kit.agent, creating(kit.customer(), **given))
    assert problem_codes(result) == [("INVALID", "required", ("distance_metres",))]


def test_a_distance_is_not_measured_in_the_future(kit: Kit):
    given = {"distance_metres": 5, "measured_on": NOW.date() + timedelta(days=1)}
    result = create_site(kit.desk, kit.agent, creating(kit.customer(), **given))
    assert problem_codes(result) == [("INVALID", "in_the_future", ("measured_on",))]
