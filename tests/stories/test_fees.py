"""Fees after the period follow the guild's tariff of the year, and the VAT of the day."""

from datetime import UTC, datetime

from backoffice.domain.coverage import Outcome
from backoffice.models import Charge, TariffEdition
from tests.builders import Kit
from tests.stories.conftest import Give


def test_work_is_priced_by_the_edition_in_force_on_the_day_of_the_work(kit: Kit, outside: int, give: Give):
    kit.clock.now = datetime(2026, 11, 1, 9, tzinfo=UTC)
    days = [datetime(2026, 1, 10, 9, tzinfo=UTC), datetime(2026, 6, 1, 9, tzinfo=UTC), kit.clock.now]
    decisions = [give(outside, "installation", performed_at=day, minutes=60) for day in days]
    editions = [(decision.edition.jalali_year, decision.edition.version) for decision in decisions]
    assert editions == [(1404, 1), (1405, 1), (1405, 2)]
    assert [decision.amount for decision in decisions] == [6_952_000, 10_617_600, 10_617_600]


def test_before_the_years_edition_the_last_years_holds_provisionally(outside: int, give: Give):
    decision = give(outside, "installation", performed_at=datetime(2026, 4, 1, 9, tzinfo=UTC))
    assert (decision.outcome, decision.provisional, decision.edition.jalali_year) == (Outcome.TARIFF, True, 1404)


def test_vat_is_that_of_the_day_and_a_part_of_the_amount(outside: int, give: Give):
    decision = give(outside, "installation", minutes=60)
    assert (decision.vat, decision.amount) == (1_137_600, 9_480_000 + 1_137_600)
    assert decision.amount == sum(line.amount for line in decision.lines) + decision.vat


def test_every_charge_names_the_edition_it_was_priced_by(kit: Kit, outside: int):
    record_id = kit.done(outside)
    charge = kit.rows(Charge, record_id=record_id)[0]
    edition = kit.row(TariffEdition, charge.edition_id)
    assert (edition.jalali_year, edition.version) == (1405, 1)
