"""What commands ask of the reader: fields by the names that the API gives them, which are those that programs read."""

from backoffice.domain.spelling import snake
from backoffice.query.selection import ANY_TYPE, Field, Selection


def want(*names: str, **nested: Selection) -> Selection:
    """A selection of leaf fields by name, and of fields with a selection by keyword: ``want("startsOn")``."""
    fields = (*((name, None) for name in names), *nested.items())
    return Selection({ANY_TYPE: tuple(Field(snake(name), name, selection=below) for name, below in fields)})
