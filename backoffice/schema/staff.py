"""People and offices of the desk, as the API shows them."""

import strawberry

from backoffice.schema.declare import field
from backoffice.schema.enums import Language, OfficeKind
from backoffice.schema.node import Node


@strawberry.type(description="A member of staff.")
class Staff(Node):
    """Someone who does the work or wrote a record."""

    name: str = field("Name.")


@strawberry.type(description="The head office, a branch or an agency.")
class Office(Node):
    """An office; every service record belongs to one."""

    code: str = field("Short code, unique.")
    name: str = field("Name.")
    kind: OfficeKind = field("What kind of place it is.")


@strawberry.type(description="Who is asking: the person behind the session or the API token.")
class Viewer(Node):
    """The viewer of the request. Its id is its own, by which `node` finds it for itself and for nobody else."""

    name: str = field("Name.")
    permissions: list[str] = field("Codes of the permissions held, in alphabetical order.")
    language: Language = field("The language the viewer reads.")
    staff: Staff | None = field("The member of staff; null where none is asking.")
    office: Office | None = field("The office they belong to; null where they belong to none.")
