"""How many objects an answer could have, by its lists and their nesting; too many are refused before they are read."""

from backoffice.operations.products.set_product_upgrades import MOST_UPGRADES
from backoffice.query.keyset import DEFAULT_LENGTH, LONGEST
from backoffice.query.selection import Field, Selection

OBJECTS = 50_000
"""The most objects that one answer may have, all its root fields together."""

PER_OBJECT = ("nodes", "edges")

MOST_ACTIONS = 20

LONGEST_LIST = {"upgrades_to": MOST_UPGRADES, "possible": MOST_ACTIONS}
"""The most objects of lists that are no pages, where they count: within themselves, level upon level, or often."""


class TooManyObjects(Exception):
    """An answer could have more than ``OBJECTS`` objects."""

    def __init__(self) -> None:
        super().__init__(f"The answer could have more than {OBJECTS:,} objects; ask for shorter pages or fewer levels.")


class Budget:
    """What one request may still ask for."""

    def __init__(self) -> None:
        self.left = OBJECTS

    def spend(self, field: Field) -> None:
        """Take off what a root field could answer. Raises ``TooManyObjects`` when nothing is left."""
        self.left -= objects(field)
        if self.left < 0:
            raise TooManyObjects


def objects(field: Field) -> int:
    """The objects that a field could answer: itself, and for a page as many as it may have, each with its own."""
    return 1 + _below(field.selection, _page_length(field))


def _below(selection: Selection | None, length: int) -> int:
    """Of the types that an object may have, the dearest counts."""
    asked = selection.fields.values() if selection else ()
    return max((sum(_one(field, length) for field in fields) for fields in asked), default=0)


def _one(field: Field, length: int) -> int:
    if field.selection is None:
        return 0
    return objects(field) * (length if field.name in PER_OBJECT else LONGEST_LIST.get(field.name, 1))


def _page_length(field: Field) -> int:
    asked = field.arguments.get("first") or field.arguments.get("last") or DEFAULT_LENGTH
    return min(asked, LONGEST) if isinstance(asked, int) else DEFAULT_LENGTH
