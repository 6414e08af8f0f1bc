"""Values for the arguments of generated documents: mostly of the desk, sometimes of nobody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random

from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInputType,
    GraphQLList,
    GraphQLNonNull,
)

from backoffice.query.cursors import to_cursor
from backoffice.query.global_id import to_global_id
from tests.differential.lists import ASSETS, CUSTOMERS, PRODUCTS, RECORDS
from tests.differential.naive import TABLE_OF
from tests.differential.rows import Tables
from tests.differential.world import MONTH

TYPE_OF_ID = {
    "customerId": ("Customer",),
    "assetId": ("Asset",),
    "productId": ("Product",),
    "assigneeId": ("Staff",),
    "id": tuple(TABLE_OF),
}
KINDS = {kind.name: kind for kind in (ASSETS, CUSTOMERS, PRODUCTS, RECORDS)}
NOBODYS = ("", "%", "_", "\\", "چاپ", "چاپ  خانه", "كتاب", "pd", "PD-۱۰۰", "علی يزدی", "0912", "۰۹۱۲۱۱۱۲۲۳۳", "2244")
MOMENTS = tuple(MONTH + timedelta(days=31 * months, hours=hours) for months in (-3, 0, 1, 2) for hours in (0, 7))


@dataclass(frozen=True)
class Pools:
    """What there is to ask about."""

    texts: Sequence[str]
    codes: Mapping[str, Sequence[str]]
    ids: Mapping[str, Sequence[str]]
    cursors: Mapping[tuple[str, str], Sequence[str]]
    by: Mapping[str, Sequence[str]]


def pools_of(tables: Tables) -> Pools:
    """Taken from the rows themselves."""
    texts = {*NOBODYS}
    for table, column in (("customer", "name"), ("asset", "serial_number"), ("product", "sku"), ("product", "family")):
        texts |= {text for row in list(tables[table].values())[:5] for text in _pieces(row[column])}
    types = sorted({row["service_type"] for row in tables["service_record"].values()})
    codes = {"serviceType": [*types, "nothing"], "channel": [*tables["channel"], "nothing"]}
    ids = {
        kind: [to_global_id(kind, key) for key in (*list(tables[table])[:40], 9_999)]
        for kind, table in TABLE_OF.items()
    }
    cursors = {
        (kind.name, order): [to_cursor(order, row[column], row["id"]) for row in tables[kind.table].values()]
        for kind in KINDS.values()
        for order, column in kind.orders.items()
    }
    by = {
        "code": [row["code"] for row in tables["customer"].values()],
        "sku": [row["sku"] for row in tables["product"].values()],
        "serialNumber": [row["serial_number"].lower() for row in tables["asset"].values()],
        "number": [f"sr-{key:06d}" for key in tables["service_record"]],
    }
    return Pools(sorted(texts), codes, ids, cursors, {name: [*known, "NOBODYS"] for name, known in by.items()})


def _pieces(text: str | None) -> Sequence[str]:
    return () if text is None else (text.upper(), text[:3])


def value(random: Random, kind: GraphQLInputType, name: str, pools: Pools) -> object:
    """A value of a type for an argument or an input field of this name, as JSON has it."""
    if isinstance(kind, GraphQLNonNull):
        return value(random, kind.of_type, name, pools)
    if isinstance(kind, GraphQLList):
        return [value(random, kind.of_type, name, pools) for _ in range(random.randint(0, 3))]
    if isinstance(kind, GraphQLEnumType):
        return random.choice(sorted(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return _object(random, kind, pools)
    return _scalar(random, kind.name, name, pools)


def _object(random: Random, kind: GraphQLInputObjectType, pools: Pools) -> dict[str, object]:
    if kind.is_one_of:
        name = random.choice(sorted(kind.fields))
        return {name: random.choice(pools.by[name]) if name != "id" else _id(random, kind.name[:-2], pools)}
    made: dict[str, object] = {}
    for name, field in kind.fields.items():
        if isinstance(field.type, GraphQLNonNull):
            made[name] = value(random, field.type, name, pools)
        elif random.randint(0, len(kind.fields) // 2) == 0:
            made[name] = None if random.randint(0, 5) == 0 else value(random, field.type, name, pools)
    return made


def _scalar(random: Random, kind: str, name: str, pools: Pools) -> object:
    match kind:
        case "ID":
            return _id(random, random.choice(TYPE_OF_ID[name]), pools)
        case "Boolean":
            return random.random() < 0.5
        case "Date":
            return random.choice(MOMENTS).date().isoformat()
        case "DateTime":
            return _written(random, random.choice(MOMENTS))
        case "String":
            return random.choice(pools.codes.get(name, pools.texts))
        case _:
            raise NotImplementedError(f"tests/differential/values.py: no values for {name}: {kind}")


def _id(random: Random, kind: str, pools: Pools) -> str:
    if random.randint(0, 9) == 0:
        return random.choice(["", "nothing", to_global_id("Nothing", 1), pools.ids["Office"][0]])
    return random.choice(pools.ids[kind])


def _written(random: Random, moment: datetime) -> str:
    tehran = moment.astimezone(UTC) + timedelta(hours=3, minutes=30)
    here = moment.astimezone(UTC).isoformat()
    return random.choice([here, tehran.replace(tzinfo=None).isoformat() + "+03:30"])
