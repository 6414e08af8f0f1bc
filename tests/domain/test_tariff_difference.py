"""What an edition changes of the one before."""

from datetime import date
from decimal import Decimal

from backoffice.domain.money import PriceUnit
from backoffice.domain.tariff import TariffEdition, TariffLine, TariffMapping
from backoffice.domain.tariff_difference import difference
from backoffice.domain.tariff_fit import Misfit, misfits


def edition(year: int, version: int = 1, *, approved: bool = True, **rates: int) -> TariffEdition:
    lines = tuple(TariffLine(code, PriceUnit(code), rate) for code, rate in rates.items())
    return TariffEdition(None, year, version, date(year + 621, 4, version), lines, approved=approved)


LAST_YEAR = edition(1404, hour=100, session=50)


def changes(after: TariffEdition, *others: TariffEdition) -> dict[str, Decimal | None]:
    return {change.code: change.percent for change in difference(after, others).lines}


def test_a_rise_is_told_in_per_cent_to_one_place():
    assert changes(edition(1405, hour=148, session=40), LAST_YEAR) == {
        "hour": Decimal("48.0"),
        "session": Decimal("-20.0"),
    }
    assert changes(edition(1405, hour=101), edition(1404, hour=300)) == {"hour": Decimal("-66.3")}


def test_new_and_dropped_lines_have_no_percentage():
    found = difference(edition(1405, hour=100, day=7), [LAST_YEAR]).lines
    assert [(change.code, change.old is None, change.new is None, change.is_same) for change in found] == [
        ("hour", False, False, True),
        ("day", True, False, False),
        ("session", False, True, False),
    ]
    assert [change.unit for change in found] == [PriceUnit.HOUR, PriceUnit.DAY, PriceUnit.SESSION]


def test_a_line_with_another_unit_or_from_nothing_has_no_percentage():
    by_session = TariffEdition(None, 1405, 1, date(2026, 4, 1), (TariffLine("hour", PriceUnit.SESSION, 100),))
    assert changes(by_session, edition(1404, hour=50)) == {"hour": None}
    assert changes(edition(1405, hour=5), edition(1404, hour=0)) == {"hour": None}


def test_the_edition_before_is_the_newest_approved_one_that_begins_earlier():
    own = edition(1405, 3, hour=1)
    others = [LAST_YEAR, edition(1405, 1, hour=1), edition(1405, 2, approved=False), own, edition(1406, 1)]
    before = difference(own, others).before
    assert before is not None
    assert (before.jalali_year, before.version) == (1405, 1)


def test_the_first_edition_has_none_before():
    assert difference(LAST_YEAR, []).before is None


def test_mapped_lines_that_are_missing_or_in_a_unit_of_no_use_are_misfits():
    mapping = TariffMapping("*", labour="day", call_out="gone", kilometre="kilometre")
    assert misfits(edition(1405, day=1, kilometre=1), [mapping]) == (
        Misfit("*", "day", PriceUnit.DAY),
        Misfit("*", "gone", None),
    )


def test_an_edition_with_every_mapped_line_fits():
    assert misfits(edition(1405, hour=1), [TariffMapping("training", labour="hour")]) == ()


def test_each_part_of_a_mapping_needs_a_line_in_its_own_unit():
    own = edition(1405, hour=1, call_out=1, kilometre=1)
    mapping = TariffMapping("training", labour="hour", call_out="call_out", kilometre="kilometre")
    assert misfits(own, [mapping]) == ()
    crossed = TariffMapping("training", labour="hour", call_out="kilometre", kilometre="call_out")
    assert [(one.line, one.unit) for one in misfits(own, [crossed])] == [
        ("kilometre", PriceUnit.KILOMETRE),
        ("call_out", PriceUnit.CALL_OUT),
    ]


def test_what_is_new_or_dropped_rose_by_no_percentage():
    assert changes(edition(1405, hour=100, day=7), LAST_YEAR) == {"hour": Decimal("0.0"), "day": None, "session": None}
