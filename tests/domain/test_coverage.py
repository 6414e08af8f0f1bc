"""The coverage decision, step by step."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from backoffice.domain.canonical import content_hash
from backoffice.domain.coverage import AllowanceUsage, Decision, EditionRef, Facts, Outcome, PlanRef, decide
from backoffice.domain.money import Component, PriceUnit
from backoffice.domain.plan import MissingTariff, SupportPlan
from backoffice.domain.service import Subject
from backoffice.domain.tariff import TariffBook, TariffLine, TariffMapping
from backoffice.domain.tax import TaxTable
from backoffice.domain.term import DistanceCondition, FailOutcome, TermOutcome
from tests.domain.examples import (
    ASSET,
    AT_COMPANY,
    BOOK,
    BOUGHT,
    EVERY_SERVICE,
    INSIDE,
    ON_SITE,
    OUTSIDE,
    PHONE,
    PLAN,
    REMOTE,
    TAXES,
    AssetFacts,
    codes,
    facts,
    year_from,
)

USED_UP = (AllowanceUsage(1, "installation.remote", 2),)


def plan_with(key: str, /, **changes: Any) -> SupportPlan:
    """The shipped plan with one term changed."""
    assert key in {term.key for term in PLAN.terms}
    return replace(PLAN, terms=tuple(replace(t, **changes) if t.key == key else t for t in PLAN.terms))


def under(plan: SupportPlan) -> AssetFacts:
    """The example asset, sold with another plan."""
    return AssetFacts(BOUGHT, (year_from(BOUGHT, plan=plan),))


def lines(decision: Decision) -> list[tuple[PriceUnit, Decimal, int, bool]]:
    return [(line.unit, line.quantity, line.amount, line.covered) for line in decision.lines]


class TestWhatIsOffered:
    def test_a_mode_the_type_does_not_have_is_not_offered(self):
        decision = decide(facts("success_call", REMOTE))
        assert (decision.outcome, decision.amount) == (Outcome.NOT_OFFERED, None)
        assert codes(decision) == ["inside_period", "mode_not_offered"]

    def test_a_subject_the_type_does_not_have_is_not_offered(self):
        decision = decide(facts("training", REMOTE, subject=Subject.DEVICE))
        assert (decision.outcome, codes(decision)[-1]) == (Outcome.NOT_OFFERED, "subject_not_offered")

    def test_a_service_without_a_term_is_not_offered_never_free(self):
        decision = decide(facts("training", REMOTE, asset=under(replace(PLAN, terms=()))))
        assert (decision.outcome, codes(decision)[-1], decision.term) == (Outcome.NOT_OFFERED, "no_term", None)

    def test_a_term_may_say_that_a_service_is_not_offered(self):
        plan = plan_with("demo.inside", outcome=TermOutcome.NOT_OFFERED)
        decision = decide(facts("demo", REMOTE, asset=under(plan)))
        assert (decision.outcome, codes(decision)[-1]) == (Outcome.NOT_OFFERED, "refused")


class TestFree:
    def test_free_work_shows_what_it_would_have_cost(self):
        decision = decide(facts("troubleshooting", REMOTE))
        assert (decision.outcome, decision.amount, decision.vat) == (Outcome.FREE, 0, 0)
        assert decision.shadow_amount == 6_952_000
        assert lines(decision) == [(PriceUnit.HOUR, Decimal(1), 6_320_000, True)]

    def test_the_reason_names_the_term_and_what_it_rests_on(self):
        reason = decide(facts("troubleshooting", REMOTE)).reasons[1]
        assert (reason.code, reason.params["term"]) == ("free_inside", "troubleshooting.inside")
        assert reason.params["seed_ref"] == "«رفع خطای نرم افزاری و ارسال فایل ها از طریق ریموت»"

    def test_a_standing_commitment_is_free_outside_too(self):
        assert codes(decide(facts("guidance", PHONE, OUTSIDE)))[:2] == ["after_period", "free_outside"]

    def test_free_work_stays_free_where_no_tariff_could_price_it(self):
        decision = decide(facts("troubleshooting", REMOTE, book=TariffBook()))
        assert (decision.outcome, decision.amount, decision.shadow_amount) == (Outcome.FREE, 0, None)

    def test_free_work_on_site_needs_no_distance(self):
        decision = decide(facts("demo", ON_SITE, asset=None))
        assert (decision.outcome, decision.shadow_amount) == (Outcome.FREE, None)

    def test_free_work_is_never_provisional(self):
        march = datetime.fromisoformat("2026-03-25T12:00:00+03:30")
        assert not decide(facts("troubleshooting", REMOTE, march)).provisional

    def test_codes_outside_the_period_ask_for_an_identity_check(self):
        assert "identity_check" in codes(decide(facts("access_codes", PHONE, OUTSIDE)))


class TestAllowances:
    def test_a_free_slot_is_taken_and_counted(self):
        use = decide(facts("installation", REMOTE, usage=(AllowanceUsage(1, "installation.remote", 1),))).allowance
        assert use is not None
        assert (use.period_id, use.key, use.used, use.limit) == (1, "installation.remote", 2, 2)

    def test_the_reason_shows_which_use_it_is(self):
        reason = decide(facts("installation", REMOTE)).reasons[1]
        assert (reason.code, reason.params["used"], reason.params["limit"]) == ("allowance_available", 1, 2)

    def test_a_used_up_allowance_gives_what_the_term_says(self):
        decision = decide(facts("installation", REMOTE, usage=USED_UP))
        assert (decision.outcome, decision.allowance) == (Outcome.TARIFF, None)
        assert codes(decision)[1:3] == ["allowance_exhausted", "charged"]
        assert decision.exhausted == "installation.remote"

    @pytest.mark.parametrize(
        ("then", "outcome"),
        [
            (TermOutcome.FREE, Outcome.FREE),
            (TermOutcome.QUOTE, Outcome.QUOTE),
            (TermOutcome.NOT_OFFERED, Outcome.NOT_OFFERED),
            (TermOutcome.ALLOWANCE, Outcome.NOT_OFFERED),
            (None, Outcome.NOT_OFFERED),
        ],
    )
    def test_what_follows_is_a_matter_of_the_plan(self, then: TermOutcome | None, outcome: Outcome):
        plan = plan_with("installation.remote.inside", when_exhausted=then)
        decision = decide(facts("installation", REMOTE, usage=USED_UP, asset=under(plan)))
        assert (decision.outcome, decision.exhausted) == (outcome, "installation.remote")

    @pytest.mark.parametrize("other", [AllowanceUsage(2, "installation.remote", 2), AllowanceUsage(1, "other", 2)])
    def test_slots_of_another_period_or_key_do_not_count(self, other: AllowanceUsage):
        assert decide(facts("installation", REMOTE, usage=(other,))).outcome is Outcome.ALLOWANCE

    def test_an_allowance_the_plan_does_not_define_grants_nothing(self):
        plan = plan_with("installation.remote.inside", allowance="nothing")
        decision = decide(facts("installation", REMOTE, asset=under(plan)))
        assert (decision.outcome, codes(decision)[1]) == (Outcome.TARIFF, "allowance_undefined")
        assert decision.exhausted is None

    def test_outside_a_period_there_is_no_slot_to_take(self):
        outside = {"outcome": TermOutcome.ALLOWANCE, "allowance": "installation.remote"}
        plan = plan_with("installation.remote.outside", **outside, when_exhausted=TermOutcome.TARIFF)
        decision = decide(facts("installation", REMOTE, OUTSIDE, asset=under(plan)))
        assert (decision.outcome, codes(decision)[1]) == (Outcome.TARIFF, "allowance_without_period")
        assert decision.exhausted is None


class TestDistance:
    def test_an_unknown_distance_is_asked_for(self):
        decision = decide(facts("on_site_visit", ON_SITE))
        assert (decision.outcome, decision.missing_inputs) == (Outcome.NEEDS_INPUT, ("distance_metres",))
        assert decision.amount is None

    def test_an_unknown_distance_is_asked_for_where_travel_is_charged(self):
        decision = decide(facts("on_site_visit", ON_SITE, OUTSIDE))
        assert (decision.outcome, codes(decision)[-1]) == (Outcome.NEEDS_INPUT, "distance_unknown")

    def test_no_distance_is_asked_for_where_the_tariff_has_no_kilometres(self):
        book = replace(BOOK, mappings=(TariffMapping("*", "hour", call_out="callout"),))
        assert decide(facts("on_site_visit", ON_SITE, OUTSIDE, book=book)).outcome is Outcome.TARIFF

    def test_no_distance_is_asked_for_off_site(self):
        assert decide(facts("training", AT_COMPANY, OUTSIDE)).outcome is Outcome.TARIFF

    def test_next_door_is_a_distance(self):
        assert decide(facts("on_site_visit", ON_SITE, distance_metres=0)).outcome is Outcome.ALLOWANCE

    def test_the_limit_itself_is_too_far_and_leaves_the_allowance_untouched(self):
        decision = decide(facts("on_site_visit", ON_SITE, distance_metres=40_000))
        assert (decision.outcome, decision.allowance) == (Outcome.TARIFF, None)
        assert codes(decision)[1:3] == ["distance_beyond", "charged"]

    @pytest.mark.parametrize(
        ("fails", "outcome"),
        [
            (FailOutcome.QUOTE, Outcome.QUOTE),
            (FailOutcome.NOT_OFFERED, Outcome.NOT_OFFERED),
            (None, Outcome.NOT_OFFERED),
        ],
    )
    def test_what_follows_is_a_matter_of_the_plan(self, fails: FailOutcome | None, outcome: Outcome):
        plan = plan_with("on_site_visit.inside", when_condition_fails=fails)
        assert decide(facts("on_site_visit", ON_SITE, distance_metres=50_000, asset=under(plan))).outcome is outcome

    def test_travel_only_draws_the_allowance_and_charges_the_whole_way(self):
        plan = plan_with("on_site_visit.inside", when_condition_fails=FailOutcome.TRAVEL_ONLY)
        decision = decide(facts("on_site_visit", ON_SITE, distance_metres=50_000, asset=under(plan)))
        assert decision.outcome is Outcome.ALLOWANCE
        assert decision.allowance is not None
        assert lines(decision) == [
            (PriceUnit.HOUR, Decimal(2), 12_640_000, True),
            (PriceUnit.CALL_OUT, Decimal(1), 1_500_000, False),
            (PriceUnit.KILOMETRE, Decimal(100), 3_000_000, False),
        ]
        assert (decision.amount, decision.vat, decision.shadow_amount) == (4_950_000, 450_000, 13_904_000)

    def test_excess_distance_charges_the_kilometres_beyond_the_limit(self):
        plan = plan_with("on_site_visit.inside", when_condition_fails=FailOutcome.EXCESS_DISTANCE)
        decision = decide(facts("on_site_visit", ON_SITE, distance_metres=50_000, asset=under(plan)))
        assert decision.outcome is Outcome.ALLOWANCE
        assert lines(decision)[1:] == [
            (PriceUnit.CALL_OUT, Decimal(1), 1_500_000, True),
            (PriceUnit.KILOMETRE, Decimal(80), 2_400_000, True),
            (PriceUnit.KILOMETRE, Decimal(20), 600_000, False),
        ]
        assert (decision.amount, decision.vat) == (660_000, 60_000)

    def test_free_work_whose_way_is_charged_is_no_longer_called_free(self):
        condition = {"condition": DistanceCondition(40_000), "when_condition_fails": FailOutcome.TRAVEL_ONLY}
        plan = plan_with("demo.inside", **condition)
        decision = decide(facts("demo", ON_SITE, distance_metres=50_000, asset=under(plan)))
        assert (decision.outcome, decision.amount) == (Outcome.TARIFF, 4_950_000)
        assert next(line.covered for line in decision.lines if line.component is Component.LABOUR)

    def test_a_way_that_is_charged_but_cannot_be_priced_is_no_gift(self):
        plan = plan_with("on_site_visit.inside", when_condition_fails=FailOutcome.TRAVEL_ONLY)
        visit = facts("on_site_visit", ON_SITE, distance_metres=50_000, asset=under(plan), taxes=TaxTable())
        assert decide(visit).outcome is Outcome.NO_TARIFF


class TestPrice:
    def test_the_price_is_that_of_the_day_of_the_work(self):
        late = facts("version_update", REMOTE, OUTSIDE, performed_at=datetime.fromisoformat("2026-09-24T12:00+03:30"))
        assert decide(late).edition == EditionRef(4, 1405, 2)

    def test_the_price_is_that_of_the_day_of_the_request_when_the_plan_says_so(self):
        plan = replace(PLAN, price_clock="requested_at")
        performed_at = datetime.fromisoformat("2026-09-24T12:00+03:30")
        late = facts("version_update", REMOTE, OUTSIDE, performed_at=performed_at, asset=under(plan))
        assert decide(late).edition == EditionRef(3, 1405, 1)

    def test_work_not_done_yet_is_estimated_at_the_rates_of_the_request(self):
        decision = decide(facts("version_update", REMOTE, OUTSIDE, performed_at=None))
        assert decision.edition == EditionRef(3, 1405, 1)
        assert "estimate" in codes(decision)

    def test_unknown_minutes_price_the_minimum_and_say_so(self):
        decision = decide(facts("version_update", REMOTE, OUTSIDE, minutes=None))
        assert decision.billed_minutes == 30
        assert "minutes_unknown" in codes(decision)

    def test_an_earlier_years_edition_is_flagged_and_told(self):
        decision = decide(facts("training", REMOTE, datetime.fromisoformat("2026-03-25T12:00+03:30"), asset=None))
        assert decision.provisional
        assert "provisional_edition" in codes(decision)

    @pytest.mark.parametrize(
        ("missing", "outcome", "told"),
        [
            (MissingTariff.BLOCK, Outcome.NO_TARIFF, ["no_edition"]),
            (MissingTariff.QUOTE, Outcome.QUOTE, ["no_edition", "quoted_without_tariff"]),
        ],
    )
    def test_a_year_without_an_edition_may_block_or_be_quoted(
        self, missing: MissingTariff, outcome: Outcome, told: list[str]
    ):
        march, plan = datetime.fromisoformat("2026-03-25T12:00+03:30"), replace(PLAN, missing_tariff=missing)
        decision = decide(facts("training", REMOTE, march, asset=None, default_plan=plan))
        assert (decision.outcome, codes(decision)[2:]) == (outcome, told)

    def test_a_session_has_one_price_whatever_its_length(self):
        editions = tuple(
            replace(edition, lines=(*edition.lines, TariffLine("class", PriceUnit.SESSION, 5_000_000)))
            for edition in BOOK.editions
        )
        book = replace(BOOK, editions=editions, mappings=(TariffMapping("training", "class"), EVERY_SERVICE))
        decision = decide(facts("training", REMOTE, OUTSIDE, book=book, minutes=500))
        assert lines(decision) == [(PriceUnit.SESSION, Decimal(1), 5_000_000, False)]
        assert decision.billed_minutes is None

    @pytest.mark.parametrize(
        ("changes", "told"),
        [
            ({"taxes": TaxTable()}, "no_tax_rate"),
            ({"book": replace(BOOK, mappings=())}, "no_tariff_mapping"),
            ({"book": replace(BOOK, mappings=(TariffMapping("*", "nothing"),))}, "no_tariff_line"),
            ({"book": replace(BOOK, mappings=(TariffMapping("*", "km"),))}, "unusable_tariff_line"),
            ({"book": replace(BOOK, billing=())}, "no_billing_rule"),
            ({"book": TariffBook()}, "no_edition"),
            ({"minutes": 10**12}, "amount_out_of_range"),
        ],
    )
    def test_what_cannot_be_priced_is_refused_never_zero(self, changes: dict[str, Any], told: str):
        decision = decide(facts("training", REMOTE, OUTSIDE, **changes))
        assert (decision.outcome, decision.amount, codes(decision)[-1]) == (Outcome.NO_TARIFF, None, told)

    def test_the_reasons_tell_how_the_amount_came_about(self):
        decision = decide(facts("on_site_visit", ON_SITE, OUTSIDE, distance_metres=15_000, minutes=90))
        assert codes(decision) == ["after_period", "charged", "edition", "minutes_rounded", "travel", "vat"]


class TestFingerprint:
    def test_the_same_decision_has_the_same_fingerprint_at_another_hour(self):
        later = datetime.fromisoformat("2025-08-23T17:00:00+03:30")
        assert decide(facts("training", REMOTE)).fingerprint == decide(facts("training", REMOTE, later)).fingerprint

    @pytest.mark.parametrize(
        "changes",
        [
            {"usage": (AllowanceUsage(1, "installation.remote", 1),)},
            {"usage": USED_UP},
            {"minutes": 200},
            {"asset": under(replace(PLAN, version=2))},
        ],
        ids=["slot", "outcome", "lines", "plan"],
    )
    def test_another_decision_has_another(self, changes: dict[str, Any]):
        one, other = (decide(facts("installation", REMOTE, **these)) for these in ({}, changes))
        assert one.fingerprint != other.fingerprint


def test_a_decision_names_the_period_plan_and_term_it_rests_on():
    decision = decide(facts("training", REMOTE))
    assert (decision.period_id, decision.plan.content_hash) == (1, PLAN.content_hash)
    assert decision.term == "training.remote.inside"


def test_outside_there_is_no_period_to_name():
    assert decide(facts("training", REMOTE, OUTSIDE)).period_id is None


def test_negative_minutes_and_distances_are_no_facts():
    with pytest.raises(ValueError, match="minutes"):
        facts("training", REMOTE, minutes=-1)
    with pytest.raises(ValueError, match="distance_metres"):
        facts("training", REMOTE, distance_metres=-1)


def test_instants_without_a_time_zone_are_no_facts():
    with pytest.raises(ValueError, match="time zone"):
        facts("training", REMOTE, INSIDE.replace(tzinfo=None))


def test_the_facts_are_left_as_they_were():
    before: Facts = facts("training", REMOTE)
    decide(before)
    assert before == facts("training", REMOTE, asset=ASSET)


@pytest.mark.parametrize(
    ("changes", "differs"),
    [
        ({"outcome": Outcome.QUOTE}, True),
        ({"amount": 1}, True),
        ({"lines": ()}, True),
        ({"allowance": None}, True),
        ({"edition": EditionRef(1, 1403, 1)}, True),
        ({"plan": PlanRef("padra-standard", 1, "0" * 64)}, True),
        ({"reasons": ()}, False),
        ({"billed_minutes": 1}, False),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else None,
)
def test_the_fingerprint_is_of_what_was_decided(changes: dict[str, Any], differs: bool):
    decision = decide(facts("installation", REMOTE))
    assert (replace(decision, **changes).fingerprint != decision.fingerprint) is differs


def test_the_fingerprint_hashes_these_parts_by_these_names():
    decision = decide(facts("installation", REMOTE))
    assert decision.allowance is not None
    assert decision.edition is not None
    parts = {
        "outcome": "allowance",
        "amount": 0,
        "lines": [line.to_document() for line in decision.lines],
        "allowance": decision.allowance.to_document(),
        "edition": [1404, 1],
        "plan": PLAN.content_hash,
    }
    assert decision.fingerprint == content_hash(parts)


@pytest.mark.parametrize("missing", ["mapping", "line", "tax", "edition"])
def test_what_has_no_price_says_what_is_missing(missing: str):
    book, day = replace(BOOK, mappings=()) if missing == "mapping" else BOOK, {"day": "2026-08-23"}
    if missing == "line":
        book = replace(BOOK, mappings=(TariffMapping("*", "nothing"),))
    if missing == "edition":
        book = replace(BOOK, editions=())
    taxes = TaxTable(()) if missing == "tax" else TAXES
    reason = decide(facts("training", REMOTE, OUTSIDE, book=book, taxes=taxes)).reasons[-1]
    assert (reason.code, reason.params) == {
        "mapping": ("no_tariff_mapping", {"service_type": "training"}),
        "line": ("no_tariff_line", {"line": "nothing", "jalali_year": 1405, "version": 1}),
        "tax": ("no_tax_rate", day),
        "edition": ("no_edition", {**day, "jalali_year": 1405}),
    }[missing]


def test_a_line_in_a_unit_of_no_use_is_told_with_its_unit():
    book = replace(BOOK, mappings=(TariffMapping("*", "km"),))
    reason = decide(facts("training", REMOTE, OUTSIDE, book=book)).reasons[-1]
    assert (reason.code, reason.params["line"], reason.params["unit"]) == ("unusable_tariff_line", "km", "kilometre")


def test_what_is_negative_is_named():
    for name in ("minutes", "distance_metres"):
        with pytest.raises(ValueError, match=f"^{name} is -1"):
            facts("training", REMOTE, **{name: -1})
