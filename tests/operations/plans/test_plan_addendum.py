"""Dated addenda to published plans."""

from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

import pytest
from marshmallow import Schema

from backoffice.domain.coverage import Decision, Outcome
from backoffice.domain.label import Label
from backoffice.domain.plan import FailOutcome, PlanTerm, Side, TermOutcome
from backoffice.domain.plan_file import shipped_plan
from backoffice.domain.service import Mode
from backoffice.models import AuditEntry, CoverageDecision, FrozenDocument, PlanAddendum, SupportPeriod
from backoffice.operations.operation import foresee
from backoffice.operations.plans.add_plan_addendum import Addendum, AddPlanAddendum, add_plan_addendum
from backoffice.operations.proofs.reconcile import reconcile
from backoffice.operations.proofs.replay import replay
from backoffice.operations.result import Result
from backoffice.plugins import Registry, ServiceType
from tests.builders import NOW, Kit, decision_of, problem_codes

PLAN = shipped_plan()
FROM = date(2026, 7, 1)
LATER = NOW - timedelta(days=1)
BEFORE = NOW - timedelta(days=60)


class BatteryChange(ServiceType):
    """A service that came after the plan."""

    code = "battery_change"
    label = Label("تعویض باتری", "Battery change")
    modes = frozenset({Mode.REMOTE, Mode.AT_COMPANY})
    request = Schema
    result = Schema


def term(side: Side = Side.INSIDE, outcome: TermOutcome = TermOutcome.FREE, **given: object) -> PlanTerm:
    usual = {"key": f"battery_change.{side}", "service_type": "battery_change", "seed_ref": "قرارداد تازه"}
    return PlanTerm(**usual | {"side": side, "outcome": outcome} | given)


FREE_INSIDE = (term(), term(Side.OUTSIDE, TermOutcome.TARIFF))


@pytest.fixture
def battery_kit(fresh_kit: Kit) -> Kit:
    """A desk whose newest service the published plan does not mention."""
    registry = fresh_kit.desk.registry
    types = MappingProxyType({**registry.service_types, "battery_change": BatteryChange()})
    return replace(fresh_kit, desk=replace(fresh_kit.desk, registry=Registry(types, registry.owners)))


def add(kit: Kit, *terms: PlanTerm, **given: object) -> Result:
    usual = {"plan": PLAN.code, "version": 1, "effective_from": FROM, "reason": "خدمت تازه"}
    command = AddPlanAddendum(**usual | {"terms": terms or FREE_INSIDE} | given)
    return add_plan_addendum(kit.desk, kit.supervisor, command)


def changed_battery(kit: Kit, asset_id: int | None, at=LATER) -> Decision:
    return decision_of(kit.record(asset_id, service_type="battery_change", requested_at=at))


def test_periods_sold_before_see_the_addendum_from_its_day_on(battery_kit: Kit):
    asset_id = battery_kit.purchase()
    assert changed_battery(battery_kit, asset_id).outcome is Outcome.TARIFF
    assert add(battery_kit).problems == ()
    assert changed_battery(battery_kit, asset_id).outcome is Outcome.FREE
    assert changed_battery(battery_kit, asset_id, BEFORE).outcome is Outcome.TARIFF


def test_periods_sold_after_see_it_as_well(battery_kit: Kit):
    add(battery_kit)
    assert changed_battery(battery_kit, battery_kit.purchase()).outcome is Outcome.FREE


def test_the_default_plan_has_its_addenda_too(battery_kit: Kit):
    add(battery_kit, term(), term(Side.OUTSIDE))
    asset_id = battery_kit.purchase(purchased_on=date(2020, 1, 1))
    assert changed_battery(battery_kit, asset_id).outcome is Outcome.FREE


def test_an_extended_plan_is_a_document_of_its_own(battery_kit: Kit):
    asset_id, result = battery_kit.purchase(), add(battery_kit)
    decision = changed_battery(battery_kit, asset_id)
    addendum = battery_kit.row(PlanAddendum, result.id)
    assert decision.plan.content_hash == addendum.document_hash == PLAN.with_addendum(FREE_INSIDE).content_hash
    assert {period.plan_hash for period in battery_kit.rows(SupportPeriod, asset_id=asset_id)} == {PLAN.content_hash}


def test_what_was_decided_stays_and_everything_replays(battery_kit: Kit):
    asset_id = battery_kit.purchase()
    changed_battery(battery_kit, asset_id)
    add(battery_kit)
    changed_battery(battery_kit, asset_id)
    with battery_kit.desk.database.reading() as session:
        ids = [row.id for row in battery_kit.rows(CoverageDecision)]
        outcomes = [replay(session, row_id).again.outcome for row_id in ids]
        assert (outcomes, reconcile(session)) == ([Outcome.TARIFF, Outcome.FREE], ())
        assert all(replay(session, row_id).same for row_id in ids)


def test_addenda_follow_one_another(battery_kit: Kit):
    add(battery_kit)
    washing = replace(term(), key="washing.inside", service_type="washing")
    before = add(battery_kit, washing, effective_from=FROM - timedelta(days=1))
    assert problem_codes(before) == [("INVALID", "addendum_out_of_order", ("effective_from",))]
    assert add(battery_kit, washing).problems == ()
    assert changed_battery(battery_kit, battery_kit.purchase()).outcome is Outcome.FREE


def test_an_addendum_speaks_of_what_the_plan_does_not(battery_kit: Kit):
    training = replace(term(), key="training.more", service_type="training", modes=frozenset({Mode.PHONE}))
    mentioned = problem_codes(add(battery_kit, training))
    assert mentioned[0] == ("INVALID", "plan_addendum_mentioned", ("terms", "training.more"))
    add(battery_kit)
    again = add(battery_kit, replace(term(), key="again"))
    assert ("INVALID", "plan_addendum_mentioned", ("terms", "again")) in problem_codes(again)


def test_an_addendum_has_no_term_for_everything(battery_kit: Kit):
    found = problem_codes(add(battery_kit, replace(term(), key="all", service_type="*")))
    assert found[0] == ("INVALID", "plan_addendum_any_service", ("terms", "all"))


@pytest.mark.parametrize(
    "worse",
    [
        term(outcome=TermOutcome.TARIFF, modes=frozenset({Mode.PHONE})),
        term(outcome=TermOutcome.NOT_OFFERED),
        term(Side.OUTSIDE, TermOutcome.NOT_OFFERED),
        term(outcome=TermOutcome.QUOTE, modes=frozenset({Mode.ON_SITE})),
    ],
    ids=["free by phone today", "charged today", "charged outside today", "a visit today"],
)
def test_an_addendum_takes_no_right_away(battery_kit: Kit, worse: PlanTerm):
    result = add(battery_kit, worse)
    expected = ("INVALID", "plan_addendum_takes_away", ("terms", worse.key))
    assert set(problem_codes(result)) == {expected}
    assert battery_kit.rows(PlanAddendum) == []


def test_a_visit_by_an_addendum_reaches_as_far_as_today(battery_kit: Kit):
    visit = next(term for term in PLAN.terms if term.allowance == "on_site_visit")
    same = replace(visit, key="battery_change.visit", service_type="battery_change")
    nearer = replace(same, condition=replace(visit.condition, under_metres=visit.condition.under_metres - 1))
    lost = replace(same, when_condition_fails=FailOutcome.NOT_OFFERED)
    for worse in (nearer, lost):
        assert set(problem_codes(add(battery_kit, worse))) == {
            ("INVALID", "plan_addendum_takes_away", ("terms", "battery_change.visit"))
        }
    assert add(battery_kit, same).problems == ()


def test_an_addendum_draws_on_no_allowance_that_periods_have_not(battery_kit: Kit):
    drawing = term(outcome=TermOutcome.ALLOWANCE, allowance="batteries", when_exhausted=TermOutcome.TARIFF)
    assert ("INVALID", "plan_addendum_allowance", ("terms", drawing.key)) in problem_codes(add(battery_kit, drawing))


def test_the_linter_looks_at_an_addendum(battery_kit: Kit):
    found = problem_codes(add(battery_kit, term(), replace(term(), key="twice")))
    assert [detail for _, detail, _ in found] == ["plan_equal_terms"]


def test_an_addendum_has_terms_and_a_reason(battery_kit: Kit):
    assert problem_codes(add(battery_kit, terms=())) == [("INVALID", "required", ("terms",))]
    assert problem_codes(add(battery_kit, reason="")) == [("INVALID", "required", ("reason",))]


def test_only_a_published_version_gets_an_addendum(battery_kit: Kit):
    assert problem_codes(add(battery_kit, version=2)) == [("NOT_FOUND", "unknown_plan_version", ("plan",))]


def preview(kit: Kit, *terms: PlanTerm, **given: object):
    usual = {"plan": PLAN.code, "version": 1, "effective_from": FROM}
    command = Addendum(**usual | {"terms": terms or FREE_INSIDE} | given)
    return foresee(add_plan_addendum, kit.desk, kit.supervisor, command)


def test_a_preview_tells_the_plan_that_would_be_and_writes_nothing(battery_kit: Kit):
    seen = preview(battery_kit)
    assert seen == Result(id=None, told=PLAN.with_addendum(FREE_INSIDE))
    assert battery_kit.rows(PlanAddendum) == []
    assert battery_kit.rows(FrozenDocument, hash=seen.told.content_hash) == []


def test_a_preview_says_what_adding_would_say(battery_kit: Kit):
    for given in ({"terms": ()}, {"version": 2}, {"terms": (term(outcome=TermOutcome.NOT_OFFERED),)}):
        seen = preview(battery_kit, **given)
        assert seen == add(battery_kit, **given)


def test_an_addendum_sent_twice_is_added_once(battery_kit: Kit):
    first, again = (add(battery_kit, idempotency_key="once") for _ in range(2))
    assert (again.id, again.problems, again.changed) == (first.id, (), False)
    assert len(battery_kit.rows(PlanAddendum)) == 1
    other = add(battery_kit, term(), idempotency_key="once")
    assert problem_codes(other) == [("CONFLICT", "idempotency_key_reused", ("idempotency_key",))]


def test_an_addendum_stands_in_the_audit_trail(battery_kit: Kit):
    result = add(battery_kit)
    entry = battery_kit.rows(AuditEntry, entity="PlanAddendum", entity_id=result.id)[0]
    assert (entry.operation, entry.reason, len(entry.after["terms"])) == ("add_plan_addendum", "خدمت تازه", 2)
