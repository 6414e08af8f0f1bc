"""Products."""

import strawberry

from backoffice.schema.declare import field
from backoffice.schema.node import Node
from backoffice.schema.plan import SupportPlan


@strawberry.type(description="A device or software model that is sold.")
class Product(Node):
    """A product."""

    sku: str = field("Stock-keeping unit, unique.")
    name: str = field("Name.")
    family: str | None = field("The family of models it belongs to.")
    support_plan: SupportPlan | None = field("The newest published version of the plan it is sold with.")
    version: int = field("Counts the changes.")
