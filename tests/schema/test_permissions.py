"""Who may ask which root field."""

from dataclasses import replace

import pytest
import strawberry

from backoffice.access.permissions import PERMISSIONS, ROLES
from backoffice.query.entities import core_entities
from backoffice.query.global_id import to_global_id
from backoffice.schema.build import build_schema
from backoffice.schema.compose import Offered, compose
from backoffice.schema.planned import Unresolvable, graphql_schema, set_resolvers
from backoffice.schema.query import nodes_of
from backoffice.schema.roots import SIGNED_IN, Root, UndeclaredPermission, permission_to_see, permissions_of
from tests.builders import installed_plugins
from tests.schema.conftest import Api

PERMISSION_OF = permissions_of(graphql_schema(build_schema(installed_plugins())))

ASKED = {
    "Query.customer": '{ customer(by: {code: "x"}) { id } }',
    "Query.customers": "{ customers { totalCount } }",
    "Query.product": '{ product(by: {sku: "x"}) { id } }',
    "Query.products": "{ products { totalCount } }",
    "Query.asset": '{ asset(by: {serialNumber: "x"}) { id } }',
    "Query.assets": "{ assets { totalCount } }",
    "Query.serviceRecord": '{ serviceRecord(by: {number: "SR-1"}) { id } }',
    "Query.serviceRecords": "{ serviceRecords { totalCount } }",
    "Query.serviceRecordStats": "{ serviceRecordStats(groupBy: []) { count } }",
    "Query.coverage": """{ coverage(input: {serviceType: "demo", mode: REMOTE, requestedAt: "2026-01-01T00:00:00Z"})
        { outcome } }""",
    "Query.supportPlans": "{ supportPlans { code } }",
    "Query.tariffEditions": "{ tariffEditions { version } }",
    "Mutation.createCustomer": 'mutation { createCustomer(input: {name: "", kind: PERSON}) { errors { code } } }',
    "Mutation.updateCustomer": 'mutation { updateCustomer(input: {id: "x", version: 1}) { errors { code } } }',
    "Mutation.createSite": 'mutation { createSite(input: {customerId: "x", title: "x"}) { errors { code } } }',
    "Mutation.updateSite": 'mutation { updateSite(input: {id: "x", version: 1}) { errors { code } } }',
    "Mutation.createProduct": """mutation { createProduct(input: {sku: "", name: "", supportPlan: "x"})
        { errors { code } } }""",
    "Mutation.updateProduct": 'mutation { updateProduct(input: {id: "x", version: 1}) { errors { code } } }',
    "Mutation.releaseProductVersion": """mutation { releaseProductVersion(input: {productId: "x", label: "x",
        releasedOn: "2026-01-01"}) { errors { code } } }""",
    "Mutation.withdrawProductVersion": """mutation { withdrawProductVersion(input: {productVersionId: "x",
        reason: "x"}) { errors { code } } }""",
    "Mutation.setProductUpgrades": """mutation { setProductUpgrades(input: {id: "x", version: 1, targetIds: []})
        { errors { code } } }""",
    "Mutation.registerPurchase": """mutation { registerPurchase(input: {customerId: "x", productId: "x",
        serialNumber: "x", purchasedOn: "2026-01-01"}) { errors { code } } }""",
    "Mutation.renewSupport": """mutation { renewSupport(input: {assetId: "x", startsOn: "2026-01-01"})
        { errors { code } } }""",
    "Mutation.recordService": """mutation { recordService(input: {mode: REMOTE, channel: "x", request: {demo: {}}})
        { errors { code } } }""",
    "Mutation.completeService": 'mutation { completeService(input: {id: "x", version: 1}) { errors { code } } }',
    "Mutation.cancelService": """mutation { cancelService(input: {id: "x", version: 1, reason: "x"})
        { errors { code } } }""",
    "Mutation.transferAsset": """mutation { transferAsset(input: {assetId: "x", version: 1, customerId: "x",
        transferredOn: "2026-01-01", reason: "x"}) { errors { code } } }""",
    "Mutation.scheduleService": """mutation { scheduleService(input: {id: "x", version: 1,
        scheduledAt: "2026-01-01T00:00:00Z"}) { errors { code } } }""",
    "Mutation.startService": 'mutation { startService(input: {id: "x", version: 1}) { errors { code } } }',
    "Mutation.closeService": 'mutation { closeService(input: {id: "x", version: 1}) { errors { code } } }',
    "Mutation.reopenService": """mutation { reopenService(input: {id: "x", version: 1, reason: "x"})
        { errors { code } } }""",
    "Mutation.overrideCoverage": """mutation { overrideCoverage(input: {id: "x", version: 1, outcome: FREE,
        reason: "x"}) { errors { code } } }""",
    "Mutation.voidService": 'mutation { voidService(input: {id: "x", version: 1, reason: "x"}) { errors { code } } }',
}


def test_every_permission_declared_is_one_of_the_desks():
    assert {permission for permission in PERMISSION_OF.values() if permission is not SIGNED_IN} <= set(PERMISSIONS)
    assert set(nodes_of(core_entities()).values()) <= set(PERMISSIONS)


def test_what_is_open_to_everyone_who_is_signed_in_is_said_here():
    open_fields = {field for field, permission in PERMISSION_OF.items() if permission is SIGNED_IN}
    assert open_fields == {"Query.viewer", "Query.node", "Query.serviceTypes", "Query.channels"}


def test_every_node_type_says_who_may_see_it():
    inner = graphql_schema(build_schema(installed_plugins()))
    node = inner.type_map["Node"]
    implementing = {kind.name for kind in inner.get_possible_types(node)}
    seen_by_permission = implementing - {"Viewer"}  # which everyone is to themself
    records = {name for name in implementing if name.endswith("Record")}
    assert seen_by_permission - records | {"ServiceRecord"} == set(nodes_of(core_entities()))


def test_a_root_field_without_a_permission_cannot_be_built():
    @strawberry.type
    class Query:
        secret: str = "x"

    with pytest.raises(Unresolvable, match=r"Query\.secret needs a permission"):
        set_resolvers(strawberry.Schema(query=Query), {})


def test_a_root_field_with_a_permission_that_the_desk_does_not_have_cannot_be_built():
    with pytest.raises(UndeclaredPermission, match=r"secret\.read"):
        Root(permission="secret.read", resolver=lambda ask: None)


def test_an_entity_without_a_permission_is_no_root_field():
    with pytest.raises(UndeclaredPermission, match="Channel"):
        permission_to_see(core_entities()["Channel"])


def test_a_resolver_without_a_root_field_cannot_be_built():
    with pytest.raises(Unresolvable, match=r"Query\.nothing"):
        set_resolvers(compose((), Offered()), {"Query.nothing": Root(permission=SIGNED_IN, resolver=lambda ask: None)})


def test_every_guarded_root_field_is_asked_here():
    assert set(ASKED) == {field for field, permission in PERMISSION_OF.items() if permission is not SIGNED_IN}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("field", ASKED)
def test_a_role_is_answered_exactly_what_it_may_ask(http: Api, role: str, field: str):
    answer = http.answer(ASKED[field], by=role)
    codes = [error["extensions"]["code"] for error in answer.get("errors", [])]
    assert ("FORBIDDEN" in codes) == (PERMISSION_OF[field] not in ROLES[role])


def test_a_node_of_a_type_that_may_not_be_seen_is_forbidden(http: Api, monkeypatch: pytest.MonkeyPatch):
    blind = replace(http.kit.staff("viewer"), permissions=frozenset({"product.read"}))
    monkeypatch.setattr(type(http.kit), "staff", lambda self, username: blind)
    document = "query ($id: ID!) { node(id: $id) { id } }"
    assert http.codes(document, {"id": to_global_id("Customer", 1)}) == ["FORBIDDEN"]
    assert http.data(document, {"id": to_global_id("Product", 1)}) == {"node": None}


def test_a_field_that_leads_to_what_may_not_be_seen_is_forbidden(http: Api, monkeypatch: pytest.MonkeyPatch):
    http.kit.product(sku="BLIND-1")
    blind = replace(http.kit.staff("viewer"), permissions=frozenset({"product.read"}))
    monkeypatch.setattr(type(http.kit), "staff", lambda self, username: blind)
    answer = http.answer('{ product(by: {sku: "BLIND-1"}) { sku supportPlan { code } } }')
    assert answer["data"]["product"] == {"sku": "BLIND-1", "supportPlan": None}
    assert [error["extensions"]["code"] for error in answer["errors"]] == ["FORBIDDEN"]
    assert answer["errors"][0]["path"] == ["product", "supportPlan"]
