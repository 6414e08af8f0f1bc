"""Which lines of the tariff price a service."""

import pytest

from backoffice.access.viewer import Forbidden
from backoffice.access.viewers import system_viewer
from backoffice.domain.service import Mode
from backoffice.models import AuditEntry, TariffMapping
from backoffice.operations.result import Result
from backoffice.operations.tariffs.map_tariff import MapTariff, UnmapTariff, map_tariff, unmap_tariff
from tests.builders import Kit, decision_of, kit_on, prepare_reference, problem_codes
from tests.databases import MakeDatabase


def mapped(kit: Kit, service_type: str = "on_site_visit", **given) -> Result:
    command = MapTariff(**{"service_type": service_type, "labour": "hour"} | given)
    return map_tariff(kit.desk, kit.staff("finance"), command)


def unmapped(kit: Kit, service_type: str) -> Result:
    return unmap_tariff(kit.desk, kit.staff("finance"), UnmapTariff(service_type=service_type))


def test_a_service_is_priced_by_its_own_lines_and_then_again_like_any_other(fresh_kit: Kit):
    def lines() -> int:
        visit = {"service_type": "on_site_visit", "mode": Mode.ON_SITE, "distance_metres": 90_000}
        return len(decision_of(fresh_kit.record(fresh_kit.purchase(), **visit)).lines)

    assert lines() == 3
    assert mapped(fresh_kit).changed
    assert lines() == 1
    assert unmapped(fresh_kit, "on_site_visit").changed
    assert lines() == 3


def test_a_mapping_is_replaced_and_leaves_its_trace(fresh_kit: Kit):
    mapped(fresh_kit, call_out="callout")
    mapped(fresh_kit, kilometre="km")
    row = fresh_kit.row(TariffMapping, "on_site_visit")
    assert (row.labour, row.call_out, row.kilometre) == ("hour", None, "km")
    first, second = fresh_kit.rows(AuditEntry, entity="TariffMapping")
    assert first.before is None
    assert (second.before or {})["call_out"] == "callout"


@pytest.mark.parametrize(
    ("given", "detail", "path"),
    [
        ({"labour": "km"}, "mapped_line_unusable", "labour"),
        ({"call_out": "hour"}, "mapped_line_unusable", "call_out"),
        ({"kilometre": "miles"}, "mapped_line_unknown", "kilometre"),
        ({"labour": " "}, "required", "labour"),
    ],
)
def test_a_line_must_be_there_and_of_use(kit: Kit, given: dict[str, str], detail: str, path: str):
    assert problem_codes(mapped(kit, **given)) == [("INVALID", detail, (path,))]


def test_all_unfit_lines_are_told_at_once(kit: Kit):
    assert len(mapped(kit, labour="km", call_out="x", kilometre="y").problems) == 3


def test_before_the_first_edition_any_line_may_be_named(make_database: MakeDatabase):
    kit = kit_on(make_database(prepare_reference))
    command = MapTariff(service_type="training", labour="expert-hour")
    assert map_tariff(kit.desk, system_viewer(), command).problems == ()


def test_an_unknown_service_is_not_found(kit: Kit):
    assert problem_codes(mapped(kit, "haircut")) == [("NOT_FOUND", "service_type", ("service_type",))]
    assert problem_codes(unmapped(kit, "haircut")) == [("NOT_FOUND", None, ("service_type",))]


def test_the_lines_for_every_service_stay(kit: Kit):
    assert problem_codes(unmapped(kit, "*")) == [("CONFLICT", "last_mapping", ("service_type",))]


def test_a_supervisor_maps_nothing(kit: Kit):
    with pytest.raises(Forbidden):
        map_tariff(kit.desk, kit.supervisor, MapTariff(service_type="*", labour="hour"))
