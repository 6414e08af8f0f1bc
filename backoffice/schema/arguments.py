"""The arguments that several fields share: pages, filters, orders and languages."""

from strawberry.types.arguments import StrawberryArgument

from backoffice.schema.declare import argument
from backoffice.schema.enums import Language
from backoffice.schema.filter_inputs import ServiceRecordFilter, ServiceRecordOrder

LANGUAGE = argument("language", Language | None, "The language wanted; the reader's own when left out.")
FIRST = argument("first", int | None, "How many objects from the beginning: 1 to 100, 50 when left out.")
AFTER = argument("after", str | None, "Only what comes after this cursor.")
LAST = argument("last", int | None, "How many objects from the end: 1 to 100; not together with `first`.")
BEFORE = argument("before", str | None, "Only what comes before this cursor.")
SEARCH = argument("search", str | None, "Words to find, in any order, with either digits and either ی or ي.")


def _filter(kind: type) -> StrawberryArgument:
    return argument("filter", kind | None, "Only what meets every condition given.")


def _order(kind: type) -> StrawberryArgument:
    return argument("order_by", kind | None, "In what order; the list's usual order when left out.")


def list_arguments(filter_kind: type, order_kind: type) -> tuple[StrawberryArgument, ...]:
    """What every list of the root takes."""
    return (_filter(filter_kind), SEARCH, _order(order_kind), FIRST, AFTER, LAST, BEFORE)


RECORD_FILTER = _filter(ServiceRecordFilter)
RECORDS_OF_ONE = (RECORD_FILTER, _order(ServiceRecordOrder), FIRST, AFTER)
"""What the list of the records of one customer or asset takes."""
