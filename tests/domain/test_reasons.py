"""What a decision's reasons tell, beside their codes."""

from dataclasses import replace
from typing import Any

import pytest

from backoffice.domain.coverage import Facts, Outcome, decide
from backoffice.domain.facts import AssetFacts
from backoffice.domain.money import RIAL_LIMIT, Component
from backoffice.domain.period import Track
from backoffice.domain.plan import SupportPlan
from backoffice.domain.service import Mode, Offering, Subject
from backoffice.domain.tariff import TariffBook, TariffMapping
from backoffice.domain.term import FailOutcome
from tests.domain.examples import BOOK, BOUGHT, INSIDE, ON_SITE, OUTSIDE, PHONE, PLAN, REMOTE, facts, year_from

FAR = 90_000
LIMIT = 40_000


def told(asked: Facts, code: str) -> Any:
    """What the reason of that code says; a decision without it fails."""
    [params] = [reason.params for reason in decide(asked).reasons if reason.code == code]
    return params


def visit(plan: SupportPlan, **changes: Any) -> Facts:
    """A visit far away, of an asset under a plan."""
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT, plan=plan),))
    return facts("on_site_visit", ON_SITE, asset=asset, distance_metres=FAR, **changes)


def failing(outcome: FailOutcome) -> SupportPlan:
    """The shipped plan, whose visit has another answer to a way too long."""
    changed = (replace(term, when_condition_fails=outcome) if term.condition else term for term in PLAN.terms)
    return replace(PLAN, terms=tuple(changed))


def priced(rate: int) -> TariffBook:
    """A book in which everything costs so many rials."""
    editions = (replace(one, lines=tuple(replace(line, rate=rate) for line in one.lines)) for one in BOOK.editions)
    return replace(BOOK, editions=tuple(editions))


def test_a_mode_that_is_not_offered_is_told_with_those_that_are():
    offering = Offering("training", frozenset(Mode) - {Mode.PHONE})
    assert told(facts("training", PHONE, offering=offering), "mode_not_offered") == {
        "service_type": "training",
        "mode": "phone",
        "modes": ["at_agency", "at_company", "on_site", "remote"],
    }


def test_a_subject_that_is_not_offered_is_told():
    params = told(facts("training", REMOTE, subject=Subject.DEVICE), "subject_not_offered")
    assert params == {"service_type": "training", "subject": "device"}


def test_a_silent_plan_is_told_with_what_was_asked():
    silent = replace(PLAN, terms=())
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT, plan=silent),))
    assert told(facts("training", REMOTE, asset=asset), "no_term") == {"service_type": "training", "mode": "remote"}


def test_a_way_that_is_payable_is_told_with_its_term():
    assert told(visit(failing(FailOutcome.TRAVEL_ONLY)), "travel_payable") == {"term": "on_site_visit.inside"}


def test_a_way_beyond_the_limit_is_told_by_how_much():
    params = told(visit(failing(FailOutcome.EXCESS_DISTANCE)), "excess_payable")
    assert params == {"term": "on_site_visit.inside", "excess_metres": FAR - LIMIT}


def test_an_allowance_that_the_plan_has_not_is_told():
    plan = replace(PLAN, allowances=())
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT, plan=plan),))
    assert told(facts("training", REMOTE, asset=asset), "allowance_undefined") == {
        "term": "training.remote.inside",
        "allowance": "training.remote",
    }


def test_an_estimate_is_told_with_the_day_it_is_priced_by():
    assert told(facts("training", REMOTE, OUTSIDE, performed_at=None), "estimate") == {"day": "2026-08-23"}


def test_minutes_not_known_are_told_with_what_is_billed_for_them():
    params = told(facts("training", REMOTE, OUTSIDE, minutes=None), "minutes_unknown")
    assert params == {"mode": "remote", "billed_minutes": 30}


@pytest.mark.parametrize(
    ("mode", "changes", "travels"),
    [
        (ON_SITE, {"distance_metres": 10_000}, True),
        (REMOTE, {"distance_metres": 10_000}, False),
        (ON_SITE, {"distance_metres": 10_000, "book": replace(BOOK, mappings=(TariffMapping("*", "hour"),))}, False),
    ],
    ids=["on site", "remotely", "without a rate for the way"],
)
def test_the_way_is_told_where_it_is_charged(mode: Mode, changes: dict[str, Any], travels: bool):
    decision = decide(facts("training", mode, OUTSIDE, **changes))
    assert decision.outcome is Outcome.TARIFF
    assert ("travel" in [reason.code for reason in decision.reasons]) is travels
    assert (Component.TRAVEL in [line.component for line in decision.lines]) is travels


def test_another_track_is_told_with_the_day():
    plan = replace(PLAN, terms=tuple(replace(term, track=Track.WARRANTY) for term in PLAN.terms))
    asset = AssetFacts(BOUGHT, (year_from(BOUGHT, plan=plan),))
    asked = facts("training", REMOTE, asset=asset)
    assert told(asked, "outside_track") == {"track": "warranty", "day": INSIDE.date().isoformat()}


def test_the_part_of_a_way_that_nobody_can_price_is_not_free():
    asked = visit(failing(FailOutcome.EXCESS_DISTANCE), book=replace(BOOK, editions=()))
    assert decide(asked).outcome is Outcome.NO_TARIFF


def test_a_price_of_nothing_is_still_told_how_it_was_found():
    decision = decide(facts("training", REMOTE, OUTSIDE, book=priced(0)))
    assert (decision.outcome, decision.amount) == (Outcome.TARIFF, 0)
    assert {"edition", "vat"} <= {reason.code for reason in decision.reasons}


def test_what_is_free_has_no_shadow_beyond_the_largest_amount():
    decision = decide(facts("troubleshooting", REMOTE, book=priced(RIAL_LIMIT)))
    assert (decision.outcome, decision.amount, decision.shadow_amount) == (Outcome.FREE, 0, None)


def test_a_mode_that_the_book_bills_in_no_way_is_told():
    decision = decide(facts("training", REMOTE, OUTSIDE, book=replace(BOOK, billing=())))
    assert decision.outcome is Outcome.NO_TARIFF
    assert decision.reasons[-1].params == {"mode": "remote"}
