"""Who is asking, as an object of the API."""

from backoffice.access.viewer import Viewer
from backoffice.query.global_id import to_global_id
from backoffice.query.selection import TYPENAME, Field, Selection
from backoffice.schema.roots import Ask

VIEWER = "Viewer"


def viewer_id(viewer: Viewer) -> str:
    """The global id of a viewer: never that of the member of staff or of the customer who is asking."""
    if viewer.customer_id is not None:
        return to_global_id("CustomerViewer", viewer.customer_id)
    return to_global_id(VIEWER, viewer.staff_id or 0)


def viewer_row(ask: Ask) -> dict[str, object]:
    """The viewer of the request; staff and office are read where they are asked for."""
    wanted = ask.selection.of(VIEWER)
    return {TYPENAME: VIEWER, **{field.key: _value(ask, field) for field in wanted}}


def _value(ask: Ask, field: Field) -> object:
    viewer = ask.context.viewer
    match field.name:
        case "id":
            return viewer_id(viewer)
        case "name":
            return viewer.name
        case "permissions":
            return sorted(viewer.permissions)
        case "language":
            return viewer.language
        case "staff":
            return _read(ask, "Staff", viewer.staff_id, field)
        case "office":
            return _read(ask, "Office", viewer.office_id, field)
    raise LookupError(f"Viewer.{field.name} has no value")


def _read(ask: Ask, kind: str, key: int | None, field: Field) -> object:
    if key is None:
        return None
    return ask.context.snapshot.reader().one(kind, {"id": key}, field.selection or Selection({}))
