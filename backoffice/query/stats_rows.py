"""What a row of statistics is: the dimensions, their values and words, and the sums."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from backoffice.domain.label import Label
from backoffice.plugins import Registry
from backoffice.query.entities.service_type import named
from backoffice.query.global_id import to_global_id
from backoffice.query.plain import Each, Plain
from backoffice.wording import month, say


@dataclass(frozen=True)
class Dimension:
    """By what records are counted: a column, the value a program sees of it, and where people's words for it come from.

    ``text`` gives them from the value, the plugins and a language; else ``target`` and ``column`` name the entity and
    its column that holds them.
    """

    column: str
    value: Callable[[Any], str] = str
    text: Callable[[Any, Registry, str], str] | None = None
    target: tuple[str, str] | None = None


def _worded(column: str) -> Dimension:
    def text(value: object, plugins: Registry, language: str) -> str:
        return say(f"{column}.{value}", {}, language)

    return Dimension(column, value=lambda value: str(value).upper(), text=text)


DIMENSIONS: Mapping[str, Dimension] = {
    "SERVICE_TYPE": Dimension(
        "service_type",
        text=lambda code, plugins, language: named(code, plugins).label.in_language(language),
    ),
    "STATUS": _worded("status"),
    "MODE": _worded("mode"),
    "CHANNEL": Dimension("channel_code", target=("Channel", "labels")),
    "OUTCOME": _worded("outcome"),
    "PRODUCT": Dimension("product_id", value=lambda key: to_global_id("Product", key), target=("Product", "name")),
    "JALALI_MONTH": Dimension("jalali_month", text=lambda number, plugins, language: month(number, language)),
}
"""By the names of the contract's ``StatsDimension``."""


@dataclass(frozen=True)
class Key:
    """The value that a row's records share in one dimension; None for none."""

    dimension: str
    value: object
    words: Mapping[object, object]
    plugins: Registry


@dataclass(frozen=True)
class Group:
    """One row: what its records share, how many they are, and their sums in rials."""

    keys: tuple[Key, ...]
    count: int
    amount: int
    shadow_amount: int


def _value(key: Key) -> str | None:
    return None if key.value is None else DIMENSIONS[key.dimension].value(key.value)


def _label(key: Key, language: str) -> str | None:
    if key.value is None:
        return None
    text = DIMENSIONS[key.dimension].text
    if text is not None:
        return text(key.value, key.plugins, language)
    match key.words.get(key.value):
        case None:  # the viewer may not read what is named
            return None
        case Mapping() as words:
            return Label(**words).in_language(language)
        case name:
            return str(name)


KEY: Plain[Key] = Plain(
    "StatsKey",
    {
        "dimension": lambda key, field, moment: key.dimension,
        "value": lambda key, field, moment: _value(key),
        "label": lambda key, field, moment: _label(key, moment.language),
    },
)

ROW: Plain[Group] = Plain(
    "StatsRow",
    {
        "keys": Each(KEY, lambda row: row.keys),
        "count": lambda row, field, moment: row.count,
        "amount": lambda row, field, moment: row.amount,
        "shadow_amount": lambda row, field, moment: row.shadow_amount,
    },
)
