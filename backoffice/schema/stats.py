"""Statistics over service records."""

import strawberry

from backoffice.schema.declare import field
from backoffice.schema.enums import StatsDimension
from backoffice.schema.scalars import Rial


@strawberry.type(description="The value of one dimension in a row of statistics.")
class StatsKey:
    """One key of a row."""

    dimension: StatsDimension = field("Which dimension.")
    value: str | None = field("Its value; null for none.")
    label: str | None = field("Its value as people read it, in the reader's language.")


@strawberry.type(description="Service records that share the values of the dimensions asked for.")
class StatsRow:
    """One row of statistics."""

    keys: list[StatsKey] = field("The values shared, in the order asked for.")
    count: int = field("How many records.")
    amount: Rial = field("The sum of what is payable; unknown amounts count as 0.")
    shadow_amount: Rial = field("The sum of what the free ones would have cost.")
