"""What can be done with an object: said from its state and the viewer's rights, and true when it is tried."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from backoffice.access.permissions import ROLES
from backoffice.domain.decision import Outcome
from backoffice.domain.record import RecordStatus
from backoffice.operations.catalogue import core_operations
from backoffice.operations.overrides.override_coverage import OverrideCoverage, override_coverage
from backoffice.operations.services.cancel_service import CancelService, cancel_service
from backoffice.operations.services.close_service import CloseService, close_service
from backoffice.operations.services.schedule_service import ScheduleService, schedule_service
from backoffice.operations.services.start_service import StartService, start_service
from backoffice.operations.services.void_service import VoidService, void_service
from backoffice.plugins import Registry
from backoffice.query.global_id import to_global_id
from backoffice.query.kept_plans import Plans
from backoffice.query.reader import Reader
from backoffice.query.selection import asked, listing, page, want
from backoffice.schema.compose import Offered
from backoffice.schema.cost import MOST_ACTIONS
from tests.builders import NOW, Kit
from tests.schema.conftest import Api, app_of

POSSIBLE = "possible { name label(language: EN) whyNot { code detail message path params } }"
OF_RECORD = f"query ($id: ID!) {{ serviceRecord(by: {{id: $id}}) {{ version {POSSIBLE} }} }}"
LATER = (NOW + timedelta(days=1)).isoformat()

MORE: Mapping[str, Mapping[str, object]] = {
    "scheduleService": {"scheduledAt": LATER},
    "startService": {},
    "completeService": {},
    "closeService": {},
    "reopenService": {"reason": "برای آزمون"},
    "overrideCoverage": {"reason": "برای آزمون", "outcome": "FREE"},
    "cancelService": {"reason": "برای آزمون"},
    "voidService": {"reason": "برای آزمون"},
}
"""What each mutation of a record is given beside ``id`` and ``version``."""


def requested(kit: Kit) -> int:
    return kit.recorded(kit.purchase(), service_type="training")


def done(kit: Kit) -> int:
    return kit.done(kit.purchase(), service_type="training")


def stepped(kit: Kit, record: int, operation: Any, command: Any) -> int:
    result = operation(kit.desk, kit.supervisor, command(id=record, version=1))
    assert result.problems == ()
    return record


def waiting(kit: Kit) -> int:
    """With an override that waits for a second person."""
    dear = {"outcome": Outcome.TARIFF, "amount": kit.desk.override_limit + 10_000_000, "reason": "برای آزمون"}
    return stepped(kit, requested(kit), override_coverage, lambda **given: OverrideCoverage(**given, **dear))


STATES: Mapping[str, Callable[[Kit], int]] = {
    "requested": requested,
    "scheduled": lambda kit: stepped(
        kit, requested(kit), schedule_service, lambda **given: ScheduleService(**given, scheduled_at=NOW)
    ),
    "in_progress": lambda kit: stepped(kit, requested(kit), start_service, StartService),
    "done": done,
    "closed": lambda kit: stepped(kit, done(kit), close_service, CloseService),
    "cancelled": lambda kit: stepped(
        kit, requested(kit), cancel_service, lambda **given: CancelService(**given, reason="برای آزمون")
    ),
    "voided": lambda kit: stepped(
        kit, done(kit), void_service, lambda **given: VoidService(**given, reason="برای آزمون")
    ),
    "waiting": waiting,
}


def said(api: Api, record: int, by: str) -> tuple[int, dict[str, Any]]:
    """The version of a record, and why not each of what is offered on it, by the mutation's name."""
    found = api.data(OF_RECORD, {"id": to_global_id("ServiceRecord", record)}, by=by)["serviceRecord"]
    return found["version"], {one["name"]: one["whyNot"] for one in found["possible"]}


def tried(api: Api, mutation: str, record: int, version: int, by: str) -> list[dict[str, Any]]:
    """The errors of the mutation, FORBIDDEN among them."""
    given = {"id": to_global_id("ServiceRecord", record), "version": version, **MORE[mutation]}
    kind = {"voidService": "End", "cancelService": "End", "reopenService": "End"}.get(mutation)
    kind = kind or {"startService": "Step", "closeService": "Step"}.get(mutation)
    name = f"{kind}ServiceInput" if kind else f"{mutation[0].upper()}{mutation[1:]}Input"
    document = f"mutation ($input: {name}!) {{ {mutation}(input: $input) {{ errors {{ code detail path params }} }} }}"
    answer = api.answer(document, {"input": given}, by=by)
    if answer["data"] is None or answer["data"][mutation] is None:
        return [{"code": error["extensions"]["code"]} for error in answer["errors"]]
    return answer["data"][mutation]["errors"]


def test_every_state_of_a_record_is_tried_here():
    assert set(STATES) == {*RecordStatus, "waiting"}


def test_every_mutation_of_a_record_is_tried_here(http: Api):
    _, offered = said(http, requested(http.kit), "supervisor")
    assert set(offered) == set(MORE)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
@pytest.mark.parametrize("state", STATES)
def test_what_is_said_to_be_possible_is_not_refused_and_what_is_not_is(http: Api, state: str, role: str):
    for mutation in MORE:
        record = STATES[state](http.kit)
        version, offered = said(http, record, role)
        why_not = offered[mutation]
        errors = tried(http, mutation, record, version, role)
        if why_not is None:
            assert errors == [], (mutation, errors)
        elif why_not["code"] == "FORBIDDEN":
            assert [error["code"] for error in errors] == ["FORBIDDEN"], mutation
        else:
            told = {name: why_not[name] for name in ("code", "detail", "path", "params")}
            assert errors == [told], mutation


def test_a_record_whose_plugin_is_gone_cannot_be_completed(http: Api):
    kit = http.kit
    gone = replace(kit, desk=replace(kit.desk, registry=without(kit.desk.registry, "training")))
    api, record = Api(gone, app_of(gone).test_client()), requested(kit)
    version, offered = said(api, record, "agent")
    assert offered["completeService"]["detail"] == "service_type_retired"
    assert [error["detail"] for error in tried(api, "completeService", record, version, "agent")] == [
        "service_type_retired"
    ]
    assert offered["cancelService"] is None


def without(registry: Registry, code: str) -> Registry:
    return replace(registry, service_types={one: kind for one, kind in registry.service_types.items() if one != code})


def test_customers_and_assets_say_what_is_offered_on_them(api: Api):
    asset = to_global_id("Asset", api.kit.purchase())
    document = f"query ($id: ID!) {{ asset(by: {{id: $id}}) {{ {POSSIBLE} customer {{ {POSSIBLE} }} }} }}"
    found = api.data(document, {"id": asset}, by="agent")["asset"]
    assert {one["name"]: one["whyNot"] for one in found["possible"]} == {"renewSupport": None, "transferAsset": None}
    assert {one["name"]: one["whyNot"] for one in found["customer"]["possible"]} == {
        "createSite": None,
        "registerPurchase": None,
        "updateCustomer": None,
    }


def test_what_a_viewer_may_not_do_is_there_with_its_reason(api: Api):
    asset = to_global_id("Asset", api.kit.purchase())
    document = f"query ($id: ID!) {{ asset(by: {{id: $id}}) {{ {POSSIBLE} }} }}"
    offered = api.data(document, {"id": asset}, by="viewer")["asset"]["possible"]
    assert {one["name"]: one["whyNot"]["code"] for one in offered} == {
        "renewSupport": "FORBIDDEN",
        "transferAsset": "FORBIDDEN",
    }
    assert {tuple(one["whyNot"]["params"]) for one in offered} == {("permission",)}
    assert all(one["whyNot"]["message"] for one in offered)


def test_labels_are_in_the_language_that_is_asked_for(api: Api):
    record = to_global_id("ServiceRecord", requested(api.kit))
    document = """query ($id: ID!) { serviceRecord(by: {id: $id}) { possible { name fa: label(language: FA)
        en: label(language: EN) } } }"""
    offered = api.data(document, {"id": record})["serviceRecord"]["possible"]
    (void,) = (one for one in offered if one["name"] == "voidService")
    assert void == {"name": "voidService", "fa": "ابطال", "en": "Void"}


def test_a_list_with_all_that_is_possible_is_read_by_one_statement(api: Api):
    kit = api.kit
    for _ in range(3):
        requested(kit)
    plans = Plans(Offered().entities, kit.desk.registry)
    with kit.desk.database.reading() as session:
        reader = Reader(session, kit.agent, today=NOW.date(), plans=plans)
        possible = want("name", label=asked(language="en"), why_not=want("code", "message"))
        records = reader.page("ServiceRecord", {}, listing(want("number", possible=possible)))
        assert reader.statements == 1
        assert len(records["nodes"]) >= 3
        below = want(possible=possible, assets=page(want(possible=possible)))
        before = Reader(session, kit.agent, today=NOW.date(), plans=plans)
        before.page("Customer", {}, listing(want(assets=page(want("id")))))
        reader.page("Customer", {}, listing(below))
        assert reader.statements == 1 + before.statements


def test_no_object_is_offered_more_than_the_limit_of_an_answer_counts_with():
    operations = core_operations()
    assert max(len(operations.on(entity)) for entity in ("Asset", "Customer", "ServiceRecord")) <= MOST_ACTIONS
