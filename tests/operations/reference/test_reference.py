"""What a desk begins with, and publishing plans."""

from dataclasses import replace

import pytest

from backoffice.access.permissions import ROLES
from backoffice.access.viewer import Forbidden
from backoffice.access.viewers import system_viewer
from backoffice.domain.coverage import Outcome
from backoffice.domain.plan_file import shipped_plan
from backoffice.domain.service import Mode
from backoffice.models import AuditEntry, BillingRule, Channel, Office, Role, SupportPeriod, SupportPlan
from backoffice.operations.plans.publish_plan import PublishPlan, publish_plan
from backoffice.operations.reference.load_reference import LoadReference, load_reference
from tests.builders import CASES, Kit, decision_of, kit_on, prepare_reference, problem_codes
from tests.databases import MakeDatabase

PLAN = shipped_plan()
SECOND = replace(PLAN, version=2)


@pytest.fixture
def new_kit(make_database: MakeDatabase) -> Kit:
    """A desk as ``init`` makes it."""
    return kit_on(make_database(prepare_reference))


def test_a_new_desk_has_its_head_office_as_the_origin_of_distances(new_kit: Kit):
    assert [(office.code, office.is_origin) for office in new_kit.rows(Office)] == [("HQ", True)]


def test_a_new_desk_has_channels_roles_and_the_published_plan(new_kit: Kit):
    channels = sorted(new_kit.rows(Channel), key=lambda channel: channel.position)
    assert [channel.code for channel in channels] == ["whatsapp", "portal", "goftino", "phone", "in_person"]
    assert {role.name for role in new_kit.rows(Role)} == ROLES.keys()
    plans = [(plan.code, plan.version, plan.document_hash) for plan in new_kit.rows(SupportPlan)]
    assert plans == [("padra-standard", 1, PLAN.content_hash)]


def test_a_new_desk_bills_the_minimum_minutes_of_the_worked_decisions(new_kit: Kit):
    rules = {rule.mode: (rule.minimum_minutes, rule.step_minutes) for rule in new_kit.rows(BillingRule)}
    assert rules == {
        Mode(mode): (minutes["minimumMinutes"], minutes["stepMinutes"]) for mode, minutes in CASES["billing"].items()
    }


def test_loading_the_reference_twice_changes_nothing(new_kit: Kit):
    before = len(new_kit.rows(AuditEntry))
    result = load_reference(new_kit.desk, system_viewer(), LoadReference())
    assert (result.changed, result.problems, len(new_kit.rows(AuditEntry))) == (False, (), before)


def test_a_channel_that_was_renamed_keeps_its_name(new_kit: Kit):
    with new_kit.desk.database.writing() as session:
        session.get_one(Channel, "phone").labels = {"fa": "تماس", "en": "Call"}
    load_reference(new_kit.desk, system_viewer(), LoadReference())
    assert new_kit.row(Channel, "phone").labels["fa"] == "تماس"


def test_a_plan_is_published_with_its_frozen_document(fresh_kit: Kit):
    result = publish_plan(fresh_kit.desk, fresh_kit.supervisor, PublishPlan(plan=SECOND))
    row = fresh_kit.row(SupportPlan, result.id)
    assert (row.version, row.document_hash, row.published_at) == (2, SECOND.content_hash, fresh_kit.clock.now)


def test_a_version_is_published_once(fresh_kit: Kit):
    result = publish_plan(fresh_kit.desk, fresh_kit.supervisor, PublishPlan(plan=PLAN))
    assert problem_codes(result) == [("DUPLICATE", "plan_version", ("plan",))]


def test_the_linter_refuses_a_plan_that_says_nothing_about_a_side(fresh_kit: Kit):
    """Without its two fallback terms the plan no longer answers for a service by phone."""
    holed = replace(SECOND, terms=tuple(term for term in PLAN.terms if term.service_type != "*"))
    result = publish_plan(fresh_kit.desk, fresh_kit.supervisor, PublishPlan(plan=holed))
    assert result.problems
    assert {problem.code.value for problem in result.problems} == {"INVALID"}
    assert len(fresh_kit.rows(SupportPlan)) == 1


def test_a_new_version_holds_for_new_purchases_and_not_for_old_ones(fresh_kit: Kit):
    before = fresh_kit.purchase()
    more = tuple(replace(rule, quantity=5) if rule.key == "installation.remote" else rule for rule in PLAN.allowances)
    publish_plan(fresh_kit.desk, fresh_kit.supervisor, PublishPlan(plan=replace(SECOND, allowances=more)))
    after = fresh_kit.purchase()
    limits = [decision_of(fresh_kit.record(asset_id)).allowance.limit for asset_id in (before, after)]
    assert limits == [2, 5]
    assert len({period.plan_hash for period in fresh_kit.rows(SupportPeriod)}) == 2


def test_an_agent_publishes_nothing(kit: Kit):
    with pytest.raises(Forbidden):
        publish_plan(kit.desk, kit.agent, PublishPlan(plan=SECOND))


def test_without_a_tariff_what_costs_is_refused_and_what_is_free_is_recorded(new_kit: Kit):
    from backoffice.operations.staff.add_staff import AddStaff, add_staff

    for role in ("agent", "supervisor"):
        add_staff(new_kit.desk, system_viewer(), AddStaff(username=role, role=role, password="a long enough password"))
    asset_id = new_kit.purchase()
    costs = new_kit.record(asset_id, mode=Mode.ON_SITE, distance_metres=90_000)
    assert [problem.code.value for problem in costs.problems] == ["NO_TARIFF"]
    assert decision_of(costs).outcome is Outcome.NO_TARIFF
    assert decision_of(new_kit.record(asset_id)).outcome is Outcome.ALLOWANCE
