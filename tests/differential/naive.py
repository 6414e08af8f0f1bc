"""The same documents read naively: graphql-core's own execution, one object after another, from rows in memory.

Nothing here knows how ``query`` reads. Each field is a function of a row; what is not in ``FIELDS`` fails by its name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from graphql import (
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    build_schema,
    execute_sync,
    get_named_type,
    parse,
)

from backoffice.access.viewer import Viewer
from backoffice.domain.coverage import Reason
from backoffice.domain.period import Period
from backoffice.domain.problem import Problem
from backoffice.domain.record import RecordState, RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.domain.spelling import camel
from backoffice.domain.text import fold, to_latin_digits
from backoffice.operations.catalogue import core_operations
from backoffice.plugins import Part, Registry, ServiceType, calls, json_schema
from backoffice.query.entities import core_entities
from backoffice.query.global_id import from_global_id, to_global_id
from backoffice.schema.build import build_schema as schema_of
from backoffice.schema.planned import graphql_schema
from backoffice.schema.query import nodes_of
from backoffice.schema.roots import permissions_of
from backoffice.wording import month, problem_text, reason_text, say
from tests.builders import installed_plugins
from tests.differential.lists import (
    ASSETS,
    CUSTOMERS,
    PRODUCTS,
    RECORDS,
    Given,
    Kind,
    Page,
    Reading,
    is_current,
    matching,
    page_of,
)
from tests.differential.rows import Row, Seen, Tables

TABLE_OF = {
    "Customer": "customer",
    "Site": "site",
    "Product": "product",
    "ProductVersion": "product_version",
    "Asset": "asset",
    "SupportPeriod": "support_period",
    "ServiceRecord": "service_record",
    "Staff": "staff",
    "Office": "office",
    "SupportPlan": "support_plan",
    "TariffEdition": "tariff_edition",
}

NEEDS = {
    "Staff": "record.read",
    "Office": "record.read",
    "Customer": "customer.read",
    "Site": "customer.read",
    "Product": "product.read",
    "ProductVersion": "product.read",
    "SupportPlan": "plan.read",
    "TariffEdition": "tariff.read",
    "Asset": "asset.read",
    "SupportPeriod": "asset.read",
    "Allowance": "asset.read",
    "ServiceRecord": "record.read",
}
"""What a viewer needs to follow a field to objects of a type, or to a page of them."""


PERMISSION_OF = permissions_of(graphql_schema(schema_of(installed_plugins())))
NODES = nodes_of(core_entities())


@dataclass(frozen=True)
class Thing:
    """A row as an object of a type."""

    type: str
    row: Row


@dataclass(frozen=True)
class Asked:
    """A field being resolved: its arguments, and whoever reads."""

    given: Given
    reader: "Naive"

    @property
    def language(self) -> str:
        """The language asked for, else the reader's."""
        return (self.given.get("language") or self.reader.viewer.language).lower()


Resolver = Callable[[Any, Asked], object]


@dataclass(frozen=True)
class Naive:
    """A reader without a plan."""

    seen: Seen
    registry: Registry
    today: date

    @property
    def viewer(self) -> Viewer:
        """Who reads."""
        return self.seen.viewer

    @property
    def tables(self) -> Tables:
        """All rows, seen or not."""
        return self.seen.tables

    @property
    def reading(self) -> Reading:
        """For lists."""
        return Reading(self.seen, self.today)

    def one(self, kind: str, key: object) -> Thing | None:
        """An object that may be seen."""
        row = self.seen.one(TABLE_OF[kind], key)
        return None if row is None else Thing(kind, row)

    def many(self, kind: str, rows: Iterable[Row]) -> list[Thing]:
        """Objects of a type."""
        return [Thing(kind, row) for row in rows]


def answered(schema: GraphQLSchema, document: str, variables: Given, naive: Naive) -> tuple[Any, Sequence[Any]]:
    """Data and errors of a document."""
    result = execute_sync(schema, parse(document), context_value=naive, variable_values=dict(variables))
    return result.data, result.errors or []


def naive_schema(sdl: str, registry: Registry) -> GraphQLSchema:
    """A schema that reads naively, from the SDL of the desk's own."""
    schema = build_schema(sdl)
    for kind in schema.type_map.values():
        if isinstance(kind, GraphQLInterfaceType):
            kind.resolve_type = lambda thing, info, _: _type_name(thing, info.context)
        if isinstance(kind, GraphQLObjectType) and not kind.name.startswith("__"):
            for name, field in kind.fields.items():
                field.resolve = _resolver(kind, name, get_named_type(field.type).name, registry)
    for name, serialize, read in SCALARS:
        scalar: Any = schema.type_map[name]
        scalar.serialize = scalar.coerce_output_value = serialize
        scalar.parse_value = scalar.coerce_input_value = read
        scalar.parse_literal = lambda node, variables=None, read=read: read(node.value)
    return schema


SCALARS: Sequence[tuple[str, Callable[[Any], object], Callable[[Any], object]]] = (
    ("Date", date.isoformat, date.fromisoformat),
    ("DateTime", datetime.isoformat, datetime.fromisoformat),
    ("Decimal", str, str),
)


def _type_name(thing: Thing, naive: Naive) -> str:
    if thing.type != "ServiceRecord":
        return thing.type
    code = thing.row["service_type"]
    kind = naive.registry.service_types.get(code)
    if kind is None or any(isinstance(_stored(kind, part, thing.row), Problem) for part in Part):
        return "RetiredServiceRecord"
    return f"{_pascal(code)}Record"


def _stored(kind: ServiceType, part: Part, row: Row) -> object:
    data, version = row[f"{part}_data"], row[f"{part}_version"]
    return None if data is None else calls.read(kind, part, data, version=version)


def _pascal(code: str) -> str:
    return "".join(word.capitalize() for word in code.split("_"))


def _resolver(kind: GraphQLObjectType, name: str, result: str, registry: Registry) -> Callable[..., object]:
    find = _field(kind, name, registry)
    needed = _needed(kind.name, name, result)

    def resolve(source: Any, info: GraphQLResolveInfo[Naive], **given: object) -> object:
        naive = info.context
        if needed is not None:
            naive.viewer.require(needed)
        return find(source, Asked(given, naive))

    return resolve


def _needed(parent: str, name: str, result: str) -> str | None:
    if parent in ("Query", "Mutation"):
        return PERMISSION_OF[f"{parent}.{name}"]
    if (parent, name) == ("Customer", "phones"):
        return "customer.read"
    if parent.endswith(("Connection", "Edge")) or parent == "Viewer":
        return None
    return NEEDS.get(result.removesuffix("Connection"))


def _field(kind: GraphQLObjectType, name: str, registry: Registry) -> Resolver:
    if kind.name in FIELDS and name in FIELDS[kind.name]:
        return FIELDS[kind.name][name]
    if any(interface.name == "ServiceRecord" for interface in kind.interfaces):
        return FIELDS["ServiceRecord"][name]
    if kind.name.endswith("Connection"):
        return CONNECTION[name]
    if kind.name.endswith("Edge"):
        return EDGE[name]
    if kind.name == "Mutation" or kind.name.endswith("Payload"):
        return _not_read
    if _is_of_a_plugin(kind.name, registry):
        return lambda values, asked: values[_snake(name)]
    raise NotImplementedError(f"tests/differential/naive.py: FIELDS lacks {kind.name}.{name}")


def _not_read(source: object, asked: Asked) -> object:
    raise NotImplementedError("changes are not read naively")


def _is_of_a_plugin(name: str, registry: Registry) -> bool:
    return any(name.startswith(_pascal(code)) for code in registry.service_types)


def _snake(name: str) -> str:
    return "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in name)


def _column(name: str) -> Resolver:
    return lambda thing, asked: thing.row[name]


def _enum(name: str) -> Resolver:
    return lambda thing, asked: str(thing.row[name]).upper()


def _id(kind: str) -> Resolver:
    return lambda thing, asked: to_global_id(kind, thing.row["id"])


def _to(kind: str, column: str) -> Resolver:
    return lambda thing, asked: asked.reader.one(kind, thing.row[column])


def _hanging(kind: Kind, column: str) -> Resolver:
    def page(thing: Thing, asked: Asked) -> Page:
        rows = asked.reader.seen.all(kind.table, **{column: thing.row["id"]})
        return page_of(kind, rows, asked.given, asked.reader.reading)

    return page


def _page(kind: Kind) -> Resolver:
    return lambda _, asked: page_of(kind, asked.reader.seen.all(kind.table), asked.given, asked.reader.reading)


def _sorted(kind: str, *columns: str, falls: bool = False) -> Resolver:
    def every(_: object, asked: Asked) -> list[Thing]:
        rows = asked.reader.seen.all(TABLE_OF[kind])
        return asked.reader.many(kind, sorted(rows, key=lambda row: tuple(row[one] for one in columns), reverse=falls))

    return every


def _look_up(kind: str, **business: Callable[[Row, str], bool]) -> Resolver:
    def found(_: object, asked: Asked) -> Thing | None:
        ((name, value),) = asked.given["by"].items()
        if name == "id":
            named, key = from_global_id(value) or ("", 0)
            return asked.reader.one(kind, key) if named == kind else None
        rows = [row for row in asked.reader.seen.all(TABLE_OF[kind]) if business[name](row, value)]
        return Thing(kind, rows[0]) if rows else None

    return found


def _folded(column: str) -> Callable[[Row, str], bool]:
    return lambda row, value: fold(row[column]) == fold(value).strip()


def _typed(column: str) -> Callable[[Row, str], bool]:
    return lambda row, value: row[column] == to_latin_digits(value).strip()


def _numbered(row: Row, value: str) -> bool:
    typed = to_latin_digits(value).strip().upper()
    return typed.startswith("SR-") and typed[3:].isdigit() and int(typed[3:]) == row["id"]


def _node(_: object, asked: Asked) -> Thing | None:
    kind, key = from_global_id(asked.given["id"]) or ("", 0)
    if kind not in NODES:
        return None
    asked.reader.viewer.require(NODES[kind])
    return asked.reader.one(kind, key)


def _distance(column: str) -> Resolver:
    def measured(site: Thing, asked: Asked) -> object:
        seen = asked.reader.seen
        origin = next(office for office in seen.all("office") if office["is_origin"])
        rows = seen.all("site_distance", site_id=site.row["id"], office_id=origin["id"])
        return rows[0][column] if rows else None

    return measured


def _plan_today(product: Thing, asked: Asked) -> Thing | None:
    plans = asked.reader.seen.all("support_plan", code=product.row["support_plan_code"])
    published = [plan for plan in plans if plan["published_at"] is not None]
    newest = max(published, key=lambda plan: plan["version"], default=None)
    return None if newest is None else Thing("SupportPlan", newest)


def _versions(product: Thing, asked: Asked) -> list[Thing]:
    rows = asked.reader.seen.all("product_version", product_id=product.row["id"])
    newest_first = sorted(rows, key=lambda row: (row["released_on"], row["id"]), reverse=True)
    return asked.reader.many("ProductVersion", newest_first)


def _latest_version(product: Thing, asked: Asked) -> Thing | None:
    return next((one for one in _versions(product, asked) if one.row["withdrawn_on"] is None), None)


def _upgrades(product: Thing, asked: Asked) -> list[Thing]:
    seen = asked.reader.seen
    rows = [seen.one("product", row["target_id"]) for row in seen.all("product_upgrade", product_id=product.row["id"])]
    found = [row for row in rows if row is not None]
    return asked.reader.many("Product", sorted(found, key=lambda row: (row["sort_key"], row["id"])))


def _periods(asset: Thing, asked: Asked) -> list[Thing]:
    rows = asked.reader.seen.all("support_period", asset_id=asset.row["id"])
    return asked.reader.many(
        "SupportPeriod", sorted(rows, key=lambda row: (row["starts_on"], str(row["track"]), row["id"]))
    )


def _current_periods(asset: Thing, asked: Asked) -> list[Thing]:
    held = [one for one in _periods(asset, asked) if is_current(one.row, asked.reader.today)]
    return sorted(held, key=lambda one: (str(one.row["track"]), one.row["id"]))


def _period_status(period: Thing, asked: Asked) -> str:
    row = period.row
    value = Period(row["starts_on"], row["ends_before"], cancelled=row["cancelled_at"] is not None)
    return value.status_on(asked.reader.today).upper()


def _slots(*states: str) -> Callable[[Thing, Asked], int]:
    def count(allowance: Thing, asked: Asked) -> int:
        slots = asked.reader.seen.all("allowance_slot", allowance_id=allowance.row["id"], released_at=None)
        return sum(str(slot["state"]) in states for slot in slots)

    return count


def _part(part: Part) -> Resolver:
    def values(record: Thing, asked: Asked) -> object:
        read = _stored(asked.reader.registry.service_types[record.row["service_type"]], part, record.row)
        assert not isinstance(read, Problem), read
        return read

    return values


def _allowance_used(decision: Thing, asked: Asked) -> object:
    row = decision.row
    if row["allowance_key"] is None:
        return None
    return Thing("AllowanceUse", {name: row[f"allowance_{name}"] for name in ("key", "limit", "used")})


def _documents(column: str) -> Resolver:
    return lambda decision, asked: [Thing(column, document) for document in decision.row[column]]


def _missing_inputs(decision: Thing, asked: Asked) -> list[str]:
    return [_pascal(name)[0].lower() + _pascal(name)[1:] for name in decision.row["missing_inputs"]]


def _message(reason: Thing, asked: Asked) -> str:
    return reason_text(Reason(reason.row["code"], reason.row["params"]), asked.language)


def _service_type(code: str, registry: Registry) -> Thing:
    return Thing("ServiceType", {"code": code, "type": registry.service_types.get(code)})


def _service_types(_: object, asked: Asked) -> list[Thing]:
    registry = asked.reader.registry
    used = {row["service_type"] for row in asked.reader.seen.all("service_record")}
    codes = [*registry.service_types, *sorted(used - set(registry.service_types))]
    return [_service_type(code, registry) for code in codes]


def _of_type(read: Callable[[Any], object], otherwise: object = None) -> Resolver:
    return lambda thing, asked: otherwise if thing.row["type"] is None else read(thing.row["type"])


def _type_label(thing: Thing, asked: Asked) -> str:
    kind = thing.row["type"]
    return thing.row["code"] if kind is None else kind.label.in_language(asked.language)


def _stats(_: object, asked: Asked) -> list[Thing]:
    """Counted one by one."""
    given = asked.given.get("filter") or {}
    records = matching(RECORDS, asked.reader.seen.all("service_record"), {"filter": given}, asked.reader.reading)
    if given.get("status") is None:
        records = [row for row in records if str(row["status"]) not in ("cancelled", "voided")]
    names = asked.given["groupBy"]
    keys = lambda row: [_sortable(row[DIMENSIONS[name]]) for name in names]  # noqa: E731
    groups = [list(group) for _, group in groupby(sorted(records, key=keys), key=keys)]
    return [_stats_row(names, group, asked) for group in (groups if names else [records])]


DIMENSIONS = {
    "SERVICE_TYPE": "service_type",
    "STATUS": "status",
    "MODE": "mode",
    "CHANNEL": "channel_code",
    "OUTCOME": "outcome",
    "PRODUCT": "product_id",
    "JALALI_MONTH": "jalali_month",
}


def _sortable(value: object) -> tuple[bool, Any]:
    """Nothing comes last."""
    return value is None, 0 if value is None else value if isinstance(value, int) else str(value)


def _stats_row(names: Sequence[str], records: Sequence[Row], asked: Asked) -> Thing:
    first = records[0] if records else {}
    keys = [Thing("StatsKey", {"name": name, "value": first[DIMENSIONS[name]]}) for name in names]
    sums = {name: sum(row[name] or 0 for row in records) for name in ("amount", "shadow_amount")}
    return Thing("StatsRow", {"keys": keys, "count": len(records), **sums})


def _stats_value(key: Thing, asked: Asked) -> str | None:
    name, value = key.row["name"], key.row["value"]
    if value is None:
        return None
    if name == "PRODUCT":
        return to_global_id("Product", value)
    return str(value).upper() if name in ("STATUS", "MODE", "OUTCOME") else str(value)


def _stats_label(key: Thing, asked: Asked) -> str | None:
    name, value, language = key.row["name"], key.row["value"], asked.reader.viewer.language
    if value is None:
        return None
    if name == "SERVICE_TYPE":
        return _type_label(_service_type(value, asked.reader.registry), asked)
    if name == "CHANNEL":
        return asked.reader.tables["channel"][value]["labels"][language]
    if name == "PRODUCT":
        return asked.reader.tables["product"][value]["name"]
    if name == "JALALI_MONTH":
        return month(value, language)
    return say(f"{name.lower()}.{value}", {}, language)


def _channels(_: object, asked: Asked) -> list[Thing]:
    rows = sorted(asked.reader.seen.all("channel"), key=lambda row: (row["position"], row["code"]))
    return asked.reader.many("Channel", rows)


def _label(thing: Thing, asked: Asked) -> str:
    return thing.row["labels"][asked.language]


def _possible(thing: Thing, asked: Asked) -> list[Thing]:
    """What is offered on an object, by the operations' own rules."""
    viewer, state = asked.reader.viewer, _state_of_record(thing, asked) if thing.type == "ServiceRecord" else None
    offered = [one for one in core_operations().on(thing.type) if one.in_api]
    return [
        Thing(
            "PossibleAction",
            {"name": camel(one.name), "labels": asdict(one.label), "why_not": one.why_not(state, viewer)},
        )
        for one in offered
    ]


def _state_of_record(record: Thing, asked: Asked) -> RecordState:
    requests = asked.reader.tables["override_request"].values()
    waits = [one for one in requests if one["record_id"] == record.row["id"] and one["status"] == "waiting"]
    code = record.row["service_type"]
    return RecordState(
        status=RecordStatus(record.row["status"]),
        waits_for_approval=bool(waits),
        retired_type=None if code in asked.reader.registry.service_types else code,
    )


def _modes(modes: Iterable[str]) -> Iterator[str]:
    return (mode.upper() for mode in Mode if mode in modes)


CONNECTION: Mapping[str, Resolver] = {
    "nodes": lambda page, asked: [Thing(page.kind.name, row) for row, _ in page.rows],
    "edges": lambda page, asked: [(Thing(page.kind.name, row), cursor) for row, cursor in page.rows],
    "pageInfo": lambda page, asked: page,
    "totalCount": lambda page, asked: page.total,
    "totalCountIsExact": lambda page, asked: True,
}

EDGE: Mapping[str, Resolver] = {"node": lambda edge, asked: edge[0], "cursor": lambda edge, asked: edge[1]}

FIELDS: Mapping[str, Mapping[str, Resolver]] = {
    "Query": {
        "node": _node,
        "viewer": lambda _, asked: asked.reader.viewer,
        "customer": _look_up("Customer", code=_typed("code")),
        "customers": _page(CUSTOMERS),
        "product": _look_up("Product", sku=_typed("sku")),
        "products": _page(PRODUCTS),
        "asset": _look_up("Asset", serialNumber=_folded("serial_number")),
        "assets": _page(ASSETS),
        "serviceRecord": _look_up("ServiceRecord", number=_numbered),
        "serviceRecords": _page(RECORDS),
        "serviceRecordStats": _stats,
        "serviceTypes": _service_types,
        "channels": _channels,
        "coverage": _not_read,
        "supportPlans": _sorted("SupportPlan", "code", "version"),
        "tariffEditions": _sorted("TariffEdition", "jalali_year", "version", falls=True),
    },
    "Viewer": {
        "id": lambda viewer, asked: (
            to_global_id("CustomerViewer", viewer.customer_id)
            if viewer.customer_id
            else to_global_id("Viewer", viewer.staff_id or 0)
        ),
        "name": lambda viewer, asked: viewer.name,
        "permissions": lambda viewer, asked: sorted(viewer.permissions),
        "language": lambda viewer, asked: viewer.language.upper(),
        "staff": lambda viewer, asked: viewer.staff_id and asked.reader.one("Staff", viewer.staff_id),
        "office": lambda viewer, asked: viewer.office_id and asked.reader.one("Office", viewer.office_id),
    },
    "PageInfo": {
        "hasNextPage": lambda page, asked: page.has_next,
        "hasPreviousPage": lambda page, asked: page.has_previous,
        "startCursor": lambda page, asked: page.rows[0][1] if page.rows else None,
        "endCursor": lambda page, asked: page.rows[-1][1] if page.rows else None,
    },
    "Staff": {"id": _id("Staff"), "name": _column("name")},
    "Office": {"id": _id("Office"), "code": _column("code"), "name": _column("name"), "kind": _enum("kind")},
    "Channel": {"code": _column("code"), "label": _label, "active": _column("active")},
    "PossibleAction": {"name": _column("name"), "label": _label, "whyNot": _column("why_not")},
    "UserError": {
        "code": lambda problem, asked: problem.code.name,
        "detail": lambda problem, asked: problem.detail,
        "message": lambda problem, asked: problem_text(problem, asked.reader.viewer.language),
        "path": lambda problem, asked: list(problem.path) or None,
        "params": lambda problem, asked: dict(problem.params) or None,
    },
    "Customer": {
        "id": _id("Customer"),
        "possible": _possible,
        "code": _column("code"),
        "name": _column("name"),
        "kind": _enum("kind"),
        "stage": _enum("stage"),
        "city": _column("city"),
        "phones": lambda thing, asked: [
            row["number"]
            for row in sorted(
                asked.reader.seen.all("customer_phone", customer_id=thing.row["id"]),
                key=lambda row: (row["position"], row["id"]),
            )
        ],
        "sites": lambda thing, asked: asked.reader.many(
            "Site", asked.reader.seen.all("site", customer_id=thing.row["id"])
        ),
        "createdAt": _column("created_at"),
        "updatedAt": _column("updated_at"),
        "version": _column("version"),
        "assets": _hanging(ASSETS, "customer_id"),
        "serviceRecords": _hanging(RECORDS, "customer_id"),
    },
    "Site": {
        "id": _id("Site"),
        "title": _column("title"),
        "address": _column("address"),
        "city": _column("city"),
        "distanceMetres": _distance("metres"),
        "distanceSource": _distance("source"),
        "measuredOn": _distance("measured_on"),
        "version": _column("version"),
    },
    "Product": {
        "id": _id("Product"),
        "sku": _column("sku"),
        "name": _column("name"),
        "family": _column("family"),
        "supportPlan": _plan_today,
        "version": _column("version"),
        "versions": _versions,
        "latestVersion": _latest_version,
        "upgradesTo": _upgrades,
    },
    "ProductVersion": {
        "id": _id("ProductVersion"),
        "label": _column("label"),
        "releasedOn": _column("released_on"),
        "notes": _column("notes"),
        "withdrawnOn": _column("withdrawn_on"),
        "withdrawalReason": _column("withdrawal_reason"),
    },
    "Asset": {
        "id": _id("Asset"),
        "possible": _possible,
        "serialNumber": _column("serial_number"),
        "purchasedOn": _column("purchased_on"),
        "customer": _to("Customer", "customer_id"),
        "product": _to("Product", "product_id"),
        "site": _to("Site", "site_id"),
        "version": _column("version"),
        "supportPeriods": _periods,
        "currentPeriods": _current_periods,
        "serviceRecords": _hanging(RECORDS, "asset_id"),
    },
    "SupportPeriod": {
        "id": _id("SupportPeriod"),
        "asset": _to("Asset", "asset_id"),
        "plan": _to("SupportPlan", "plan_id"),
        "track": _enum("track"),
        "startsOn": _column("starts_on"),
        "lastDay": lambda thing, asked: thing.row["ends_before"] - timedelta(days=1),
        "kind": _enum("kind"),
        "status": _period_status,
        "allowances": lambda thing, asked: asked.reader.many(
            "Allowance", asked.reader.seen.all("allowance", period_id=thing.row["id"])
        ),
    },
    "Allowance": {
        "key": _column("key"),
        "label": _label,
        "modes": lambda thing, asked: list(_modes(thing.row["modes"])),
        "limit": _column("quantity"),
        "used": _slots("committed"),
        "reserved": _slots("reserved"),
        "remaining": lambda thing, asked: thing.row["quantity"] - _slots("committed", "reserved")(thing, asked),
    },
    "ServiceRecord": {
        "id": _id("ServiceRecord"),
        "possible": _possible,
        "number": lambda thing, asked: f"SR-{thing.row['id']:06d}",
        "serviceType": lambda thing, asked: _service_type(thing.row["service_type"], asked.reader.registry),
        "mode": _enum("mode"),
        "subject": _enum("subject"),
        "channel": lambda thing, asked: Thing("Channel", asked.reader.tables["channel"][thing.row["channel_code"]]),
        "status": _enum("status"),
        "customer": _to("Customer", "customer_id"),
        "asset": _to("Asset", "asset_id"),
        "product": _to("Product", "product_id"),
        "site": _to("Site", "site_id"),
        "office": _to("Office", "office_id"),
        "assignee": _to("Staff", "assignee_id"),
        "author": _to("Staff", "author_id"),
        "requestedAt": _column("requested_at"),
        "scheduledAt": _column("scheduled_at"),
        "performedAt": _column("performed_at"),
        "minutes": _column("minutes"),
        "distanceMetres": _column("distance_metres"),
        "estimate": lambda thing, asked: _decision(thing, asked, "estimate_id"),
        "coverage": lambda thing, asked: _decision(thing, asked, "coverage_id"),
        "amount": _column("amount"),
        "endReason": _column("end_reason"),
        "createdAt": _column("created_at"),
        "updatedAt": _column("updated_at"),
        "version": _column("version"),
        "request": _part(Part.REQUEST),
        "result": _part(Part.RESULT),
        "requestData": _column("request_data"),
        "resultData": _column("result_data"),
    },
    "ServiceType": {
        "code": _column("code"),
        "label": _type_label,
        "modes": _of_type(lambda kind: list(_modes(kind.modes)), []),
        "subjects": _of_type(lambda kind: [one.upper() for one in Subject if one in kind.subjects], []),
        "needsAsset": _of_type(lambda kind: kind.needs_asset, False),
        "installed": _of_type(lambda kind: True, False),
        "requestJsonSchema": _of_type(lambda kind: json_schema(kind.request)),
        "resultJsonSchema": _of_type(lambda kind: json_schema(kind.result)),
    },
    "CoverageDecision": {
        "outcome": _enum("outcome"),
        "amount": _column("amount"),
        "vat": _column("vat"),
        "lines": _documents("lines"),
        "billedMinutes": _column("billed_minutes"),
        "provisional": _column("provisional"),
        "overridden": _column("overridden"),
        "tariffEdition": _to("TariffEdition", "edition_id"),
        "period": _to("SupportPeriod", "period_id"),
        "shadowAmount": _column("shadow_amount"),
        "allowance": _allowance_used,
        "reasons": _documents("reasons"),
        "missingInputs": _missing_inputs,
        "fingerprint": _column("fingerprint"),
    },
    "PriceLine": {
        "component": _enum("component"),
        "quantity": _column("quantity"),
        "unit": _enum("unit"),
        "rate": _column("rate"),
        "amount": _column("amount"),
        "covered": _column("covered"),
    },
    "AllowanceUse": {"key": _column("key"), "limit": _column("limit"), "used": _column("used")},
    "Reason": {"code": _column("code"), "params": _column("params"), "message": _message},
    "SupportPlan": {
        "id": _id("SupportPlan"),
        "code": _column("code"),
        "version": _column("version"),
        "name": _column("name"),
        "published": lambda thing, asked: thing.row["published_at"] is not None,
    },
    "TariffEdition": {
        "id": _id("TariffEdition"),
        "jalaliYear": _column("jalali_year"),
        "version": _column("version"),
        "effectiveFrom": _column("effective_from"),
        "approved": lambda thing, asked: thing.row["approved_at"] is not None,
    },
    "StatsRow": {
        "keys": _column("keys"),
        "count": _column("count"),
        "amount": _column("amount"),
        "shadowAmount": _column("shadow_amount"),
    },
    "StatsKey": {"dimension": _column("name"), "value": _stats_value, "label": _stats_label},
}


def _decision(record: Thing, asked: Asked, column: str) -> Thing:
    return Thing("CoverageDecision", asked.reader.tables["coverage_decision"][record.row[column]])
