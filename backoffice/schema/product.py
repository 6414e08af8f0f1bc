"""Products and their released versions."""

from datetime import date

import strawberry

from backoffice.schema.declare import field
from backoffice.schema.node import Node
from backoffice.schema.plan import SupportPlan


@strawberry.type(description="A version of a product that was released. A wrong entry is withdrawn, never removed.")
class ProductVersion(Node):
    """A released version."""

    label: str = field("What it is called, like `5.2`; unique among the standing versions of its product.")
    released_on: date = field("The day it was released.")
    notes: str | None = field("What is new in it.")
    withdrawn_on: date | None = field("The day it was withdrawn; null while it stands.")
    withdrawal_reason: str | None = field("Why it was withdrawn.")


@strawberry.type(description="A device or software model that is sold.")
class Product(Node):
    """A product."""

    sku: str = field("Stock-keeping unit, unique.")
    name: str = field("Name.")
    family: str | None = field("The family of models it belongs to.")
    support_plan: SupportPlan | None = field("The newest published version of the plan it is sold with.")
    version: int = field("Counts the changes of its own fields and upgrades; send it back with an update.")
    versions: list[ProductVersion] = field("Its released versions, newest first; withdrawn ones are among them.")
    latest_version: ProductVersion | None = field("The standing version that was released last.")
    upgrades_to: list["Product"] = field("The products it can be upgraded to, by name; 20 at most.")
