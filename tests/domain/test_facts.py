"""Properties of the decision over generated facts, and of the documents that replay it."""

import json
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from hypothesis import find, given, settings

from backoffice.domain.calendar import business_day
from backoffice.domain.canonical import canonical_json, content_hash
from backoffice.domain.coverage import REFUSALS, Facts, Outcome, decide
from backoffice.domain.facts import plans_named
from backoffice.domain.money import payable, vat_on
from backoffice.domain.plan import SupportPlan
from backoffice.domain.tariff import TariffBook
from tests.domain.generated import BOOKS, PLANS, any_facts


@pytest.mark.parametrize("outcome", Outcome)
def test_the_generated_facts_reach_every_outcome(outcome: Outcome):
    assert find(any_facts().map(decide).map(lambda decision: decision.outcome), lambda found: found is outcome)


@given(any_facts())
def test_equal_facts_give_equal_decisions(facts: Facts):
    assert decide(facts) == decide(replace(facts))


@given(any_facts())
def test_an_amount_is_the_sum_of_the_lines_not_covered_and_their_vat(facts: Facts):
    decision = decide(facts)
    rates = [tax.rate for tax in facts.taxes.rates if tax.id == decision.tax_id]
    if decision.amount is not None:
        vat = vat_on(payable(decision.lines), rates[0]) if rates else 0
        assert (decision.amount, decision.vat) == (payable(decision.lines) + vat, vat)


@given(any_facts())
def test_only_known_outcomes_have_an_amount(facts: Facts):
    decision = decide(facts)
    assert (decision.amount is None) is (decision.outcome in REFUSALS | {Outcome.QUOTE})


@given(any_facts())
def test_nothing_is_free_without_a_reason_that_names_its_term(facts: Facts):
    decision = decide(facts)
    if decision.outcome in (Outcome.FREE, Outcome.ALLOWANCE):
        assert decision.term is not None
        assert decision.term in [reason.params.get("term") for reason in decision.reasons]


@given(any_facts())
def test_free_means_nothing_to_pay(facts: Facts):
    decision = decide(facts)
    assert decision.outcome is not Outcome.FREE or decision.amount == 0


@given(any_facts())
def test_exactly_an_allowance_decision_takes_a_slot_and_never_one_beyond_the_limit(facts: Facts):
    decision = decide(facts)
    assert (decision.allowance is not None) is (decision.outcome is Outcome.ALLOWANCE)
    if decision.allowance is not None:
        assert decision.allowance.used <= decision.allowance.limit


@given(any_facts())
def test_no_service_before_the_purchase_is_inside_a_period(facts: Facts):
    decision = decide(facts)
    if decision.period_id is not None:
        assert facts.asset is not None
        assert facts.asset.purchased_on <= business_day(facts.asked.requested_at)
        assert facts.asset.purchased_on <= business_day(facts.asked.performed_at or facts.asked.requested_at)


@given(any_facts())
def test_missing_inputs_are_named_exactly_when_something_is_missing(facts: Facts):
    decision = decide(facts)
    assert bool(decision.missing_inputs) is (decision.outcome is Outcome.NEEDS_INPUT)
    assert all(getattr(facts.asked, name) is None for name in decision.missing_inputs)


@given(any_facts())
def test_every_value_of_a_reason_is_json(facts: Facts):
    documents = [reason.to_document() for reason in decide(facts).reasons]
    assert json.loads(json.dumps(documents)) == documents


@cache
def frozen_documents() -> dict[str, str]:
    """The store of frozen documents: JSON text by content hash."""
    return {frozen.content_hash: canonical_json(frozen.to_document()) for frozen in (*PLANS, *BOOKS)}


def thawed(content_hash: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frozen_documents()[content_hash])
    return document


@cache
def thawed_plans() -> dict[str, SupportPlan]:
    return {plan.content_hash: SupportPlan.from_document(thawed(plan.content_hash)) for plan in PLANS}


@cache
def thawed_books() -> dict[str, TariffBook]:
    return {book.content_hash: TariffBook.from_document(thawed(book.content_hash)) for book in BOOKS}


@settings(max_examples=60)
@given(any_facts())
def test_stored_facts_replay_to_the_same_decision(facts: Facts):
    stored = json.loads(canonical_json(facts.to_document()))
    assert set(plans_named(stored)) <= thawed_plans().keys()
    again = decide(Facts.from_document(stored, thawed_plans(), thawed_books()))
    assert again == decide(facts)
    assert again.fingerprint == decide(facts).fingerprint


@given(any_facts())
def test_stored_facts_name_plans_and_the_book_by_hash_and_do_not_repeat_them(facts: Facts):
    document = facts.to_document()
    assert (document["default_plan"], document["book"]) == (facts.default_plan.content_hash, facts.book.content_hash)
    assert len(canonical_json(document)) < 4_000


def test_a_frozen_document_is_found_under_the_hash_of_what_it_holds():
    assert all(content_hash(json.loads(text)) == name for name, text in frozen_documents().items())


@given(any_facts())
def test_the_plans_that_stored_facts_name_are_those_they_were_stored_with(facts: Facts):
    named = {facts.default_plan.content_hash}
    if facts.asset is not None:
        named |= {period.plan.content_hash for period in facts.asset.periods}
    assert set(plans_named(facts.to_document())) == named
