"""A record's steps, an asset's next owner and a supervisor's own decision, by GraphQL, on both databases."""

from datetime import timedelta

import pytest

from backoffice.query.global_id import to_global_id
from tests.builders import NOW
from tests.schema.conftest import Answer, Api

WANTED = (
    "serviceRecord { id status version scheduledAt amount assignee { name } coverage { outcome overridden amount } }"
)


def recorded(api: Api, **given: object) -> Answer:
    usual = {
        "assetId": to_global_id("Asset", api.kit.purchase()),
        "mode": "REMOTE",
        "channel": "phone",
        "request": {"training": {}},
    }
    payload = api.change("recordService", usual | given, "serviceRecord { id version }")
    assert payload["errors"] == []
    return payload["serviceRecord"]


def step(api: Api, mutation: str, record: Answer, *, by: str = "agent", **given: object) -> Answer:
    return api.change(mutation, {"id": record["id"], "version": record["version"], **given}, WANTED, by=by)


def done(api: Api, **given: object) -> Answer:
    return recorded(api, performedAt=NOW.isoformat(), requestedAt=NOW.isoformat(), **given)


def test_a_record_goes_its_whole_way(api: Api):
    agent = to_global_id("Staff", api.kit.agent.staff_id)
    when = (NOW + timedelta(days=1)).isoformat()
    record = recorded(api)
    scheduled = step(api, "scheduleService", record, scheduledAt=when, assigneeId=agent)["serviceRecord"]
    started = step(api, "startService", scheduled)["serviceRecord"]
    completed = step(api, "completeService", started)["serviceRecord"]
    reopened = step(api, "reopenService", completed, reason="ناتمام ماند")["serviceRecord"]
    again = step(api, "completeService", reopened)["serviceRecord"]
    closed = step(api, "closeService", again)["serviceRecord"]

    ways = [scheduled, started, completed, reopened, again, closed]
    assert [at["status"] for at in ways] == ["SCHEDULED", "IN_PROGRESS", "DONE", "IN_PROGRESS", "DONE", "CLOSED"]
    assert [at["version"] for at in ways] == [2, 3, 4, 5, 6, 7]
    assert scheduled["assignee"] == {"name": api.kit.agent.name}
    assert {at["coverage"]["outcome"] for at in ways} == {"ALLOWANCE"}


def test_an_assignee_stays_when_left_out_and_goes_when_null(api: Api):
    when = (NOW + timedelta(days=1)).isoformat()
    given = {"scheduledAt": when, "assigneeId": to_global_id("Staff", api.kit.agent.staff_id)}
    named = step(api, "scheduleService", recorded(api), **given)["serviceRecord"]
    left_out = step(api, "scheduleService", named, scheduledAt=when)["serviceRecord"]
    null = step(api, "scheduleService", left_out, scheduledAt=when, assigneeId=None)["serviceRecord"]

    assert left_out["assignee"] == {"name": api.kit.agent.name}
    assert null["assignee"] is None


@pytest.mark.parametrize(
    ("mutation", "more"),
    [("startService", {}), ("scheduleService", {"scheduledAt": NOW.isoformat()})],
    ids=["start", "schedule"],
)
def test_what_is_done_cannot_be_begun(api: Api, mutation: str, more: Answer):
    errors = step(api, mutation, done(api), **more)["errors"]
    assert [error["code"] for error in errors] == ["CONFLICT"]


@pytest.mark.parametrize("mutation", ["closeService", "reopenService"])
def test_what_is_not_done_can_neither_be_closed_nor_reopened(api: Api, mutation: str):
    more = {"reason": "x"} if mutation == "reopenService" else {}
    assert [error["code"] for error in step(api, mutation, recorded(api), **more)["errors"]] == ["CONFLICT"]


def test_a_step_on_an_old_version_is_stale_and_shows_the_record_as_it_is(api: Api):
    record = recorded(api)
    step(api, "startService", record)
    answer = step(api, "startService", record)
    assert [error["code"] for error in answer["errors"]] == ["STALE"]
    assert answer["serviceRecord"]["status"] == "IN_PROGRESS"


def test_a_step_of_another_office_is_a_record_that_is_not_there(api: Api):
    answer = step(api, "startService", recorded(api), by="other_agent")
    assert [error["code"] for error in answer["errors"]] == ["NOT_FOUND"]
    assert answer["serviceRecord"] is None


def test_an_asset_changes_hands_with_its_periods(api: Api):
    asset = to_global_id("Asset", api.kit.purchase())
    owner = to_global_id("Customer", api.kit.customer(name="خریدار بعدی"))
    payload = api.change(
        "transferAsset",
        {"assetId": asset, "version": 1, "customerId": owner, "transferredOn": "2026-07-30", "reason": "فروش دستگاه"},
        "asset { customer { id } version currentPeriods { track } }",
    )
    assert payload["errors"] == []
    assert payload["asset"]["customer"] == {"id": owner}
    assert {period["track"] for period in payload["asset"]["currentPeriods"]} == {"SUPPORT", "WARRANTY"}


def test_a_supervisor_decides_in_the_place_of_the_engine(api: Api):
    record = done(api, mode="ON_SITE", distanceMetres=90_000)
    answer = step(api, "overrideCoverage", record, by="supervisor", outcome="FREE", reason="جبران تأخیر")
    assert answer["errors"] == []
    assert answer["serviceRecord"]["coverage"] == {"outcome": "FREE", "overridden": True, "amount": 0}
    assert answer["serviceRecord"]["amount"] == 0


def test_an_override_needs_an_amount_where_it_charges(api: Api):
    answer = step(api, "overrideCoverage", done(api), by="supervisor", outcome="TARIFF", reason="x")
    assert [(error["code"], error["path"]) for error in answer["errors"]] == [("INVALID", ["amount"])]


def test_an_agent_overrides_nothing(api: Api):
    record = done(api)
    document = "mutation ($i: OverrideCoverageInput!) { overrideCoverage(input: $i) { errors { code } } }"
    given = {"id": record["id"], "version": record["version"], "outcome": "FREE", "reason": "x"}
    assert api.codes(document, {"i": given}) == ["FORBIDDEN"]
