"""What the search boxes find: folded words, phones in any form, serial numbers, record numbers."""

import re

from sqlalchemy import ColumnElement, and_, true

from backoffice.domain.phone import parse_phone
from backoffice.domain.record import NUMBER_PREFIX, record_id_of
from backoffice.domain.text import fold
from backoffice.query.context import Context
from backoffice.query.fields import Condition, Rows
from backoffice.query.filters import any_of
from backoffice.query.sources import those
from backoffice.query.texts import contains

_PHONE = re.compile(r"[+(]?\d[\d\s()./-]{2,}", re.ASCII)
_PREFIX = re.compile(r"(00)?98|0+")
FEWEST_DIGITS = 4


def customers(rows: Rows, text: str, context: Context) -> Condition:
    """By name, code, city or phone, or by the serial number of an asset of theirs."""
    owners = those("Asset", "customer_id", context, lambda asset: _serial(asset, text))
    return any_of(_known(rows, text), rows.id.in_(owners))


def products(rows: Rows, text: str, context: Context) -> Condition:
    """By SKU, name or family."""
    return words(rows.search_text, text)


def assets(rows: Rows, text: str, context: Context) -> Condition:
    """By serial number, or by the customer's name, code, city or phone."""
    return any_of(_serial(rows, text), _customers_own(rows, text, context))


def service_records(rows: Rows, text: str, context: Context) -> Condition:
    """By number, with its letters or without, by the asset's serial number or by what the customer is found by."""
    assets_found = those("Asset", "id", context, lambda asset: _serial(asset, text))
    number = record_id_of(text) or record_id_of(f"{NUMBER_PREFIX}{text.strip()}")
    numbered = [] if number is None else [rows.id == number]
    return any_of(*numbered, rows.asset_id.in_(assets_found), _customers_own(rows, text, context))


def words(column: ColumnElement[str], text: str) -> Condition:
    """That a folded column holds every word of the text."""
    return and_(true(), *(contains(column, word) for word in fold(text).split()))


def phone(column: ColumnElement[str], text: str) -> list[Condition]:
    """That a column with E.164 numbers holds the number, whole or in part, if the text looks like one."""
    typed = fold(text).strip()
    if not _PHONE.fullmatch(typed):
        return []
    digits = (parse_phone(typed) or re.sub(r"\D", "", typed)).lstrip("+")
    significant = _PREFIX.sub("", digits, count=1) if _PREFIX.match(digits) else digits
    return [contains(column, significant)] if len(significant) >= FEWEST_DIGITS else []


def _customers_own(rows: Rows, text: str, context: Context) -> Condition:
    found: Condition = rows.customer_id.in_(those("Customer", "id", context, lambda customer: _known(customer, text)))
    return found


def _known(customer: Rows, text: str) -> Condition:
    return any_of(words(customer.search_text, text), *phone(customer.search_text, text))


def _serial(asset: Rows, text: str) -> Condition:
    return contains(asset.serial_folded, fold(text).strip())
