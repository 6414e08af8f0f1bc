"""What the search boxes find: folded words, phones in any form, serial numbers, record numbers."""

from sqlalchemy import ColumnElement, String, and_

from backoffice.domain.text import fold
from backoffice.query.comparable_text import anywhere, like, storable
from backoffice.query.field_kinds import Condition, Rows, Sources
from backoffice.query.filter_conditions import any_of
from backoffice.query.given import Given, Made
from backoffice.query.sources import those
from backoffice.query.typed_text import TextKind, phone_digits, record_key
from backoffice.query.typed_text import words as words_of


def customers(rows: Rows, text: Given, sources: Sources) -> Condition:
    """By name, code, city or phone, or by the serial number of an asset of theirs."""
    owners = those("Asset", "customer_id", sources, lambda asset: _serial(asset, text))
    return any_of(*_known(rows, text), rows.id.in_(owners))


def products(rows: Rows, text: Given, sources: Sources) -> Condition:
    """By SKU, name or family."""
    return words(rows.search_text, text)


def assets(rows: Rows, text: Given, sources: Sources) -> Condition:
    """By serial number, or by the customer's name, code, city or phone."""
    return any_of(_serial(rows, text), _customers_own(rows, text, sources))


def service_records(rows: Rows, text: Given, sources: Sources) -> Condition:
    """By number, with its letters or without, by the asset's serial number or by what the customer is found by."""
    assets_found = those("Asset", "id", sources, lambda asset: _serial(asset, text))
    found = [rows.asset_id.in_(assets_found), _customers_own(rows, text, sources)]
    if kind_of(text).is_record:
        found.insert(0, rows.id == text.bind(rows.id.type, lambda typed: record_key(storable(typed)), part="record"))
    return any_of(*found)


def words(column: ColumnElement[str], text: Given) -> Condition:
    """That a folded column holds every word of the text."""
    return and_(*(_holds(column, text, _word(place), f"word_{place}") for place in range(kind_of(text).words)))


def kind_of(text: Given) -> TextKind:
    """The kind of a text searched for."""
    if not isinstance(text.literal, TextKind):
        raise TypeError(f"no text to search for: {text.literal!r}")
    return text.literal


def _word(place: int) -> Made:
    return lambda typed: anywhere(words_of(storable(typed))[place])


def _phone(typed: str) -> str | None:
    digits = phone_digits(storable(typed))
    return None if digits is None else anywhere(digits)


def _holds(column: ColumnElement[str], text: Given, made: Made, part: str) -> Condition:
    return like(column, text.bind(String(), made, part=part))


def _customers_own(rows: Rows, text: Given, sources: Sources) -> Condition:
    owners = those("Customer", "id", sources, lambda customer: any_of(*_known(customer, text)))
    found: Condition = rows.customer_id.in_(owners)
    return found


def _known(customer: Rows, text: Given) -> list[Condition]:
    """By the words of what is known of a customer, or, if the text looks like one, by a phone number among it."""
    column = customer.search_text
    found = [words(column, text)]
    return [*found, _holds(column, text, _phone, "phone")] if kind_of(text).is_phone else found


def _serial(asset: Rows, text: Given) -> Condition:
    return _holds(asset.serial_folded, text, lambda typed: anywhere(fold(storable(typed)).strip()), "serial")
