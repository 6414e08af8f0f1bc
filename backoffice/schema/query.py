"""The root fields for reading, and how each gets its answer."""

from collections.abc import Callable, Mapping
from typing import Any

import strawberry

from backoffice.operations.operation import foresee
from backoffice.operations.services.record_service import PreviewService, record_service
from backoffice.query.global_id import from_global_id
from backoffice.query.registry import Entities
from backoffice.query.selection import TYPENAME
from backoffice.schema.arguments import RECORD_FILTER, list_arguments
from backoffice.schema.asset import Asset
from backoffice.schema.commands import command_of
from backoffice.schema.customer import Customer
from backoffice.schema.declare import argument, field
from backoffice.schema.enums import StatsDimension
from backoffice.schema.filter_inputs import (
    AssetBy,
    AssetFilter,
    AssetOrder,
    CustomerBy,
    CustomerFilter,
    CustomerOrder,
    ProductBy,
    ProductFilter,
    ProductOrder,
    ServiceRecordBy,
    ServiceRecordFilter,
    ServiceRecordOrder,
)
from backoffice.schema.node import Connection, Node
from backoffice.schema.plan import SupportPlan, TariffEdition
from backoffice.schema.product import Product
from backoffice.schema.record import ServiceRecord
from backoffice.schema.roots import SIGNED_IN, Ask, Resolver, Root, permission_to_see
from backoffice.schema.service_type import Channel, ServiceType
from backoffice.schema.staff import Viewer
from backoffice.schema.stats import StatsRow
from backoffice.schema.user_errors import Refused
from backoffice.schema.viewer import viewer_id, viewer_row


def _by(kind: type) -> Any:
    return argument("by", kind, "By which key; exactly one.")


ABOUT = "Everything that can be read. What the viewer may not see is not there."


@strawberry.type(name="Query", description=ABOUT)
class Query:
    """The root of reading; ``coverage`` is added in ``compose``, since its input depends on the plugins."""

    node: Node | None = field(
        "The object with a global id; null where there is none, or none that the viewer may see.",
        argument("id", strawberry.ID, "The global id."),
    )
    viewer: Viewer = field("Who is asking.")
    customer: Customer | None = field("One customer.", _by(CustomerBy))
    customers: Connection[Customer] = field(
        "Customers. `search` looks in names, codes, cities, phones and serial numbers.",
        *list_arguments(CustomerFilter, CustomerOrder),
    )
    product: Product | None = field("One product.", _by(ProductBy))
    products: Connection[Product] = field(
        "Products. `search` looks in SKUs, names and families.", *list_arguments(ProductFilter, ProductOrder)
    )
    asset: Asset | None = field("One asset.", _by(AssetBy))
    assets: Connection[Asset] = field(
        "Assets. `search` looks in serial numbers and at their customers.", *list_arguments(AssetFilter, AssetOrder)
    )
    service_record: ServiceRecord | None = field("One service record.", _by(ServiceRecordBy))
    service_records: Connection[ServiceRecord] = field(
        "Service records, newest first. `search` takes a number, and looks at their assets and customers.",
        *list_arguments(ServiceRecordFilter, ServiceRecordOrder),
    )
    service_record_stats: list[StatsRow] = field(
        "Service records counted and summed. Cancelled and voided ones are left out unless filtered for.",
        RECORD_FILTER,
        argument("group_by", list[StatsDimension], "By what to count; an empty list gives one row for all."),
    )
    service_types: list[ServiceType] = field("The service types: those installed, and those that records remain of.")
    channels: list[Channel] = field("The channels, in the order people see them.")
    support_plans: list[SupportPlan] = field("The support plans, every version.")
    tariff_editions: list[TariffEdition] = field("The tariff editions, newest first.")


COVERAGE = "What a service would cost and why: the very decision that recording it now would make."


def query_roots(entities: Entities) -> Mapping[str, Root]:
    """The roots of ``Query`` over these entities, whose own permissions they need."""
    return {
        "Query.viewer": Root(permission=SIGNED_IN, resolver=viewer_row),
        "Query.node": Root(permission=SIGNED_IN, resolver=_node(nodes_of(entities))),
        "Query.serviceRecordStats": Root(permission="stats.read", resolver=_stats),
        "Query.coverage": Root(permission=permission_to_see(entities["ServiceRecord"]), resolver=_coverage),
        **{f"Query.{name}": Root(permission=SIGNED_IN, resolver=_list(kind)) for name, kind in OPEN_LISTS.items()},
        **{
            f"Query.{name}": Root(permission=permission_to_see(entities[kind]), resolver=reading(kind))
            for reading, kinds in READINGS.items()
            for name, kind in kinds.items()
        },
    }


def nodes_of(entities: Entities) -> Mapping[str, str]:
    """The entities whose objects have a global id, by name, with the permission that ``node`` asks for."""
    return {entity.name: permission_to_see(entity) for entity in entities if "id" in entity.fields}


def _node(permissions: Mapping[str, str]) -> Resolver:
    def node(ask: Ask) -> object:
        if ask.arguments["id"].rstrip("=") == viewer_id(ask.context.viewer):
            return viewer_row(ask)
        kind, _ = from_global_id(ask.arguments["id"]) or ("", 0)
        if kind not in permissions:
            return None
        ask.context.viewer.require(permissions[kind])
        found = ask.context.snapshot.reader().one(kind, {"id": ask.arguments["id"]}, ask.selection)
        return None if found is None else {TYPENAME: kind, **found}

    return node


def _one(kind: str) -> Resolver:
    return lambda ask: ask.context.snapshot.reader().one(kind, ask.arguments["by"], ask.selection)


def _page(kind: str) -> Resolver:
    return lambda ask: ask.context.snapshot.reader().page(kind, ask.arguments, ask.selection)


def _list(kind: str) -> Resolver:
    return lambda ask: ask.context.snapshot.reader().list(kind, ask.selection)


READINGS: Mapping[Callable[[str], Resolver], Mapping[str, str]] = {
    _one: {"customer": "Customer", "product": "Product", "asset": "Asset", "serviceRecord": "ServiceRecord"},
    _page: {"customers": "Customer", "products": "Product", "assets": "Asset", "serviceRecords": "ServiceRecord"},
    _list: {"supportPlans": "SupportPlan", "tariffEditions": "TariffEdition"},
}
"""The root fields that read one entity, by the way they read it."""

OPEN_LISTS = {"serviceTypes": "ServiceType", "channels": "Channel"}
"""Lists of what everyone who is signed in has to know."""


def _stats(ask: Ask) -> object:
    return ask.context.snapshot.reader().stats(ask.arguments, ask.selection)


def _coverage(ask: Ask) -> object:
    context = ask.context
    command = command_of(PreviewService, ask.arguments["input"])
    result = foresee(record_service, context.desk, context.viewer, command)
    if result.decision is None:
        raise Refused(result.problems)
    return context.snapshot.reader().decision(result.decision, ask.selection)
