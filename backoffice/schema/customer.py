"""Customers and their sites."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import strawberry

from backoffice.schema.arguments import AFTER, FIRST, RECORDS_OF_ONE
from backoffice.schema.declare import field
from backoffice.schema.enums import CustomerKind, CustomerStage
from backoffice.schema.node import Connection, Node
from backoffice.schema.possible import ABOUT as POSSIBLE
from backoffice.schema.possible import PossibleAction

if TYPE_CHECKING:
    from backoffice.schema.asset import Asset
    from backoffice.schema.record import ServiceRecord


@strawberry.type(description="A place where a customer's devices stand.")
class Site(Node):
    """A site; its distance is from the office that the plan measures from."""

    title: str = field("What the customer calls it.")
    address: str | None = field("Address.")
    city: str | None = field("City.")
    distance_metres: int | None = field("By road from the office of origin, in metres; null while nobody measured it.")
    distance_source: str | None = field("Who or what measured the distance.")
    measured_on: date | None = field("When the distance was measured.")
    version: int = field("Counts the changes; send it back with an update.")


@strawberry.type(description="A person or company that buys, or may buy.")
class Customer(Node):
    """A customer."""

    code: str = field("Code, unique.")
    name: str = field("Name.")
    kind: CustomerKind = field("Person or company.")
    stage: CustomerStage = field("Whether they have bought yet.")
    city: str | None = field("City.")
    phones: list[str] = field("Phone numbers, E.164, the first one to call first.")
    sites: list[Site] = field("Where their devices stand.")
    created_at: datetime = field("When they were entered.")
    updated_at: datetime = field("When they were last changed.")
    version: int = field("Counts the changes; send it back with an update.")
    possible: list[PossibleAction] = field(POSSIBLE)
    assets: Connection[Annotated["Asset", strawberry.lazy("backoffice.schema.asset")]] = field(
        "What they own, newest purchase first.", FIRST, AFTER
    )
    service_records: Connection[Annotated["ServiceRecord", strawberry.lazy("backoffice.schema.record")]] = field(
        "Services asked for or given, newest first.", *RECORDS_OF_ONE
    )
