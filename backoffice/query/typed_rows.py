"""Rows as types: a ``TypedDict`` whose fields are what is asked for, and the selection that is derived from it.

A field whose type is another ``TypedDict``, perhaps None or a list of them, has the selection of that one; all others
are leaves. What Python does not look into, and arguments, stand in an annotation::

    class Customer(TypedDict):
        id: str
        sites: list[Site]
        assets: Annotated[Nodes[Asset], asked(first=50)]
        estimate: Annotated[Row, DECISION]

Such a class cannot say that a viewer may lack the permission for a field: pages that read one open for viewers who may.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Any, Generic, TypedDict, TypeVar, get_args, get_origin, get_type_hints

from typing_extensions import is_typeddict

from backoffice.query.selection import ANY_TYPE, Asked, Field, RowType, Selection

Typed = TypeVar("Typed", bound=Mapping[str, object])


class Nodes(TypedDict, Generic[RowType]):
    """A nested page of which only the objects matter."""

    nodes: list[RowType]


def selected(row: type[Typed]) -> Selection[Typed]:
    """The selection of the fields of a ``TypedDict``."""
    found: Selection[Typed] = _selection_of(row)
    return found


@cache
def _selection_of(annotation: Any) -> Selection[Any]:
    row = get_origin(annotation) or annotation
    given = dict(zip(getattr(row, "__parameters__", ()), get_args(annotation), strict=True))
    hints = get_type_hints(row, include_extras=True)
    return Selection({ANY_TYPE: tuple(_field(name, hint, given) for name, hint in hints.items())})


def _field(name: str, hint: Any, given: Mapping[Any, Any]) -> Field:
    """The field of one annotation; ``given`` are the types that stand for the parameters of its class."""
    bare, *marks = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    derived = next((_selection_of(found) for found in _rows_in(bare, given)), None)
    for mark in marks:
        if isinstance(mark, Selection):
            return Field(name, name, {}, mark)
        if isinstance(mark, Asked):
            return Field(name, name, mark.arguments, mark.selection or derived)
    return Field(name, name, {}, derived)


def _rows_in(annotation: Any, given: Mapping[Any, Any]) -> Iterator[Any]:
    """The row types that an annotation is made of: itself, or within its list and beside its None."""
    annotation = given.get(annotation, annotation)
    if is_typeddict(get_origin(annotation) or annotation):
        yield annotation
    else:
        for inner in get_args(annotation):
            yield from _rows_in(inner, given)
