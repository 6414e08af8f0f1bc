"""Lists read naively: every row that may be seen, filtered, searched, sorted and cut in Python."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from backoffice.domain.phone import parse_phone
from backoffice.domain.text import fold, to_latin_digits
from backoffice.query.cursors import InvalidPage, from_cursor, to_cursor
from backoffice.query.global_id import from_global_id
from tests.differential.rows import Row, Seen

Given = Mapping[str, Any]
Test = Callable[[Row, Any, "Reading"], bool]


@dataclass(frozen=True)
class Reading:
    """Who reads, when."""

    seen: Seen
    today: date


@dataclass(frozen=True)
class Kind:
    """What a list is of: its table, its orders (the first is the usual one) and its filters."""

    name: str
    table: str
    orders: Mapping[str, str]
    falls: bool
    filters: Mapping[str, Test]
    search: Callable[[Row, str, Reading], bool]


@dataclass(frozen=True)
class Page:
    """A page of rows, each with its cursor."""

    kind: Kind
    rows: Sequence[tuple[Row, str]]
    total: int
    has_next: bool
    has_previous: bool


def page_of(kind: Kind, rows: Iterable[Row], given: Given, reading: Reading) -> Page:
    """The page of ``rows`` that the arguments ask for. Raises ``InvalidPage``."""
    order, falls = _order(kind, given.get("orderBy"))
    column = kind.orders[order]
    length, after, before = _window(given, order, type(next(iter(reading.seen.tables[kind.table].values()))[column]))
    place = lambda row: (row[column], row["id"])  # noqa: E731
    found = sorted(matching(kind, rows, given, reading), key=place, reverse=falls)
    inner = [
        row
        for row in found
        if (after is None or _is_past(place(row), after, falls=falls))
        and (before is None or _is_past(before, place(row), falls=falls))
    ]
    backward = given.get("last") is not None
    cut = inner[-length:] if backward else inner[:length]
    more = len(inner) > len(cut)
    return Page(
        kind,
        [(row, to_cursor(order, row[column], row["id"])) for row in cut],
        len(found),
        has_next=before is not None if backward else more,
        has_previous=more if backward else after is not None,
    )


def _is_past(one: tuple[Any, int], other: tuple[Any, int], *, falls: bool) -> bool:
    return one < other if falls else one > other


def _order(kind: Kind, asked: Given | None) -> tuple[str, bool]:
    if asked is None:
        return next(iter(kind.orders)), kind.falls
    return asked["field"].lower(), asked["direction"] == "DESC"


def _window(given: Given, order: str, value_type: type) -> tuple[int, Any, Any]:
    first, last = given.get("first"), given.get("last")
    if first is not None and last is not None:
        raise InvalidPage("BAD_REQUEST", "Ask for the first or for the last, not for both.")
    length = next((one for one in (last, first) if one is not None), 50)
    if not 1 <= length <= 100:
        raise InvalidPage("LIMIT_EXCEEDED", f"A page has 1 to 100 objects, not {length}.")
    cursors = [
        None if given.get(name) is None else from_cursor(given[name], order, value_type) for name in ("after", "before")
    ]
    return length, *cursors


def matching(kind: Kind, rows: Iterable[Row], given: Given, reading: Reading) -> list[Row]:
    """The rows that the filter and the search leave."""
    return [row for row in rows if _matches(kind, row, given, reading)]


def _matches(kind: Kind, row: Row, given: Given, reading: Reading) -> bool:
    asked = given.get("filter") or {}
    text = given.get("search")
    return all(kind.filters[name](row, value, reading) for name, value in asked.items() if value is not None) and (
        text is None or not fold(text).strip() or kind.search(row, text, reading)
    )


def _text(column: str) -> Test:
    def test(row: Row, asked: Given, reading: Reading) -> bool:
        found = None if row[column] is None else fold(row[column])
        tests = {
            "eq": lambda text: found == fold(text),
            "in": lambda texts: found in [fold(text) for text in texts],
            "contains": lambda text: fold(text) in found,
            "startsWith": lambda text: found.startswith(fold(text)),
        }
        given = {name: value for name, value in asked.items() if value is not None}
        return not given or (found is not None and all(tests[name](value) for name, value in given.items()))

    return test


def _is(column: str) -> Test:
    return lambda row, value, reading: row[column] is not None and str(row[column]).upper() == value


def _among(column: str, spelt: Callable[[str], str] = str) -> Test:
    return lambda row, values, reading: str(row[column]) in [spelt(value) for value in values]


def _named(column: str, kind: str) -> Test:
    return lambda row, value, reading: (kind, row[column]) == from_global_id(value)


def _between(column: str) -> Test:
    return lambda row, span, reading: _within(row[column], span)


def _within(value: date | datetime, span: Given) -> bool:
    first, before = span.get("gte"), span.get("lt")
    return (first is None or value >= first) and (before is None or value < before)


def _period_ends(row: Row, span: Given, reading: Reading) -> bool:
    periods = reading.seen.all("support_period", asset_id=row["id"], cancelled_at=None)
    last_days = [date.fromordinal(period["ends_before"].toordinal() - 1) for period in periods]
    return any(_within(day, span) for day in last_days)


def is_current(period: Row, today: date) -> bool:
    """Whether a period holds today."""
    return period["cancelled_at"] is None and period["starts_on"] <= today < period["ends_before"]


def _in_support(row: Row, value: bool, reading: Reading) -> bool:
    periods = reading.seen.all("support_period", asset_id=row["id"])
    supported = any(str(one["track"]) == "support" and is_current(one, reading.today) for one in periods)
    return supported == value


def _words(stored: str, text: str) -> bool:
    return all(word in fold(stored) for word in fold(text).split())


def _phone(stored: str, text: str) -> bool:
    """Whether a number that was typed, whole or in part, is among the stored ones."""
    typed = to_latin_digits(text).strip()
    if not re.fullmatch(r"[+(]?[0-9][0-9\s()./-]{2,}", typed):
        return False
    digits = re.sub("[^0-9]", "", parse_phone(typed) or typed)
    national = re.sub("^(0098|98|0+)", "", digits)
    return len(national) >= 4 and national in stored


def _search_customers(row: Row, text: str, reading: Reading) -> bool:
    own = reading.seen.all("asset", customer_id=row["id"])
    return _known(row, text) or any(_serial(asset, text) for asset in own)


def _known(customer: Row, text: str) -> bool:
    return _words(customer["search_text"], text) or _phone(customer["search_text"], text)


def _serial(asset: Row | None, text: str) -> bool:
    return asset is not None and fold(text).strip() in fold(asset["serial_number"])


def _search_assets(row: Row, text: str, reading: Reading) -> bool:
    return _serial(row, text) or _customers_own(row, text, reading)


def _customers_own(row: Row, text: str, reading: Reading) -> bool:
    customer = reading.seen.one("customer", row["customer_id"])
    return customer is not None and _known(customer, text)


def _search_records(row: Row, text: str, reading: Reading) -> bool:
    number = re.fullmatch(r"(?:SR-)?([0-9]{1,18})", to_latin_digits(text).strip().upper())
    asset = reading.seen.one("asset", row["asset_id"])
    return (
        (number is not None and int(number[1]) == row["id"])
        or _serial(asset, text)
        or _customers_own(row, text, reading)
    )


CUSTOMERS = Kind(
    "Customer",
    "customer",
    {"name": "sort_key", "code": "code", "created_at": "created_at"},
    False,
    {
        "code": _text("code"),
        "name": _text("name"),
        "city": _text("city"),
        "kind": _is("kind"),
        "stage": _is("stage"),
        "createdAt": _between("created_at"),
    },
    _search_customers,
)

PRODUCTS = Kind(
    "Product",
    "product",
    {"sku": "sku", "name": "sort_key"},
    False,
    {"sku": _text("sku"), "family": _text("family")},
    lambda row, text, reading: _words(f"{row['name']} {row['sku']} {row['family'] or ''}", text),
)

ASSETS = Kind(
    "Asset",
    "asset",
    {"purchased_on": "purchased_on", "serial_number": "serial_number"},
    True,
    {
        "serialNumber": _text("serial_number"),
        "customerId": _named("customer_id", "Customer"),
        "productId": _named("product_id", "Product"),
        "purchasedOn": _between("purchased_on"),
        "periodEndsOn": _period_ends,
        "inSupport": _in_support,
    },
    _search_assets,
)

RECORDS = Kind(
    "ServiceRecord",
    "service_record",
    {"requested_at": "requested_at", "number": "id"},
    True,
    {
        "serviceType": _among("service_type"),
        "status": _among("status", str.lower),
        "mode": _among("mode", str.lower),
        "channel": _among("channel_code"),
        "customerId": _named("customer_id", "Customer"),
        "assetId": _named("asset_id", "Asset"),
        "productId": _named("product_id", "Product"),
        "assigneeId": _named("assignee_id", "Staff"),
        "outcome": _among("outcome", str.lower),
        "requestedAt": _between("requested_at"),
    },
    _search_records,
)
