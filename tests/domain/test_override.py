"""A supervisor's decision in place of the engine's."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.domain.coverage import AllowanceUsage, Decision, Facts, Outcome, decide
from backoffice.domain.override import OVERRIDES, Override, override
from backoffice.domain.rates import Unpriced
from backoffice.domain.tariff import TariffBook
from tests.domain.examples import ON_SITE, OUTSIDE, REMOTE, facts
from tests.domain.generated import any_facts

FREE = Override(Outcome.FREE, None, "a promise")


def overridden(asked: Facts, given_instead: Override) -> Decision:
    decision = override(decide(asked), asked, given_instead)
    assert isinstance(decision, Decision)
    return decision


def test_what_is_given_free_shows_what_it_would_have_cost():
    asked = facts("training", REMOTE, OUTSIDE)
    decision = overridden(asked, FREE)
    assert (decision.outcome, decision.amount, decision.vat) == (Outcome.FREE, 0, 0)
    assert decision.shadow_amount == decide(asked).amount
    assert all(line.covered for line in decision.lines)


def test_what_has_no_price_is_given_free_without_a_shadow():
    decision = overridden(facts("customization", REMOTE), FREE)
    assert (decision.amount, decision.shadow_amount, decision.lines) == (0, None, ())


def test_an_override_takes_no_slot():
    asked = facts("installation", REMOTE)
    assert decide(asked).allowance is not None
    assert overridden(asked, FREE).allowance is None


def test_an_override_keeps_where_the_request_stands_and_says_why():
    reasons = overridden(facts("on_site_visit", ON_SITE, distance_metres=90_000), FREE).reasons
    assert [reason.code for reason in reasons] == ["inside_period", "overridden"]
    assert reasons[1].params == {"was": "tariff", "reason": "a promise"}


def test_an_override_takes_no_notice_of_a_used_up_allowance():
    asked = facts("installation", REMOTE, usage=(AllowanceUsage(1, "installation.remote", 2),))
    assert decide(asked).exhausted == "installation.remote"
    assert overridden(asked, FREE).exhausted is None


@pytest.mark.parametrize(
    "given_instead", [FREE, Override(Outcome.TARIFF, 7, "agreed"), Override(Outcome.QUOTE, None, "x")]
)
def test_an_override_is_read_back_from_the_decision_that_came_of_it(given_instead: Override):
    assert Override.behind(overridden(facts("installation", REMOTE), given_instead)) == given_instead


def test_no_override_is_behind_a_decision_of_the_engines():
    with pytest.raises(ValueError, match="the engine's decision"):
        Override.behind(decide(facts("installation", REMOTE)))


@given(st.integers(1, 2**53 - 1))
def test_an_agreed_amount_is_its_line_and_the_vat_within_it(amount: int):
    decision = overridden(facts("customization", REMOTE), Override(Outcome.TARIFF, amount, "agreed"))
    assert (decision.amount, sum(line.amount for line in decision.lines) + decision.vat) == (amount, amount)
    assert decision.edition is not None
    assert decision.lines[0].amount >= decision.vat >= 0


def test_an_agreed_amount_needs_an_edition_of_its_day():
    asked = replace(facts("customization", REMOTE), book=TariffBook())
    assert isinstance(override(decide(asked), asked, Override(Outcome.TARIFF, 1, "agreed")), Unpriced)
    assert overridden(asked, FREE).amount == 0


@settings(deadline=None)
@given(any_facts())
def test_whatever_the_engine_says_can_be_given_free_or_left_to_a_quote(asked: Facts):
    assert overridden(asked, FREE).amount == 0
    quoted = overridden(asked, Override(Outcome.QUOTE, None, "to be seen"))
    assert (quoted.outcome, quoted.amount, quoted.overridden) == (Outcome.QUOTE, None, True)


@pytest.mark.parametrize("outcome", sorted(set(Outcome) - OVERRIDES))
def test_nothing_else_is_an_override(outcome: Outcome):
    with pytest.raises(ValueError, match="no override"):
        Override(outcome, None, "x")


@pytest.mark.parametrize(("outcome", "amount"), [(Outcome.TARIFF, None), (Outcome.FREE, 1)])
def test_an_amount_is_agreed_exactly_for_the_tariff(outcome: Outcome, amount: int | None):
    with pytest.raises(ValueError, match="no override"):
        Override(outcome, amount, "x")
