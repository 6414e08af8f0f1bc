"""Assets, their support periods and allowances."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import strawberry

from backoffice.schema.arguments import LANGUAGE, RECORDS_OF_ONE
from backoffice.schema.customer import Customer, Site
from backoffice.schema.declare import field
from backoffice.schema.enums import Mode, PeriodKind, PeriodStatus, Track
from backoffice.schema.node import Connection, Node
from backoffice.schema.plan import SupportPlan
from backoffice.schema.possible import ABOUT as POSSIBLE
from backoffice.schema.possible import PossibleAction
from backoffice.schema.product import Product

if TYPE_CHECKING:
    from backoffice.schema.record import ServiceRecord


@strawberry.type(description="So many free uses of a service in one support period.")
class Allowance:
    """An allowance; ``remaining = limit - used - reserved``."""

    key: str = field("Its key in the plan, like `installation.remote`.")
    label: str = field("What it is called.", LANGUAGE)
    modes: list[Mode] = field("The modes it holds for.")
    limit: int = field("How many uses the period has.")
    used: int = field("How many are used up.")
    reserved: int = field("How many are reserved by records that are not done yet.")
    remaining: int = field("How many are left: `limit - used - reserved`.")


@strawberry.type(description="A stretch of support or warranty of one asset, with the plan's terms as they were sold.")
class SupportPeriod(Node):
    """A support period."""

    asset: Annotated["Asset", strawberry.lazy("backoffice.schema.asset")] = field("The asset it belongs to.")
    plan: SupportPlan = field("The version of the plan whose terms hold.")
    track: Track = field("What it covers.")
    starts_on: date = field("The first day.")
    last_day: date = field("The last day, which still belongs to it.")
    kind: PeriodKind = field("How it came about.")
    status: PeriodStatus = field("Where it stands today.")
    allowances: list[Allowance] = field("Its allowances.")


@strawberry.type(description="A sold unit of a product.")
class Asset(Node):
    """An asset: serial number, owner, site and purchase."""

    serial_number: str = field("Serial number, unique.")
    purchased_on: date = field("The day of purchase.")
    customer: Customer = field("The owner.")
    product: Product = field("What it is one of.")
    site: Site | None = field("Where it stands.")
    version: int = field("Counts the changes.")
    possible: list[PossibleAction] = field(POSSIBLE)
    support_periods: list[SupportPeriod] = field("All its support periods, oldest first.")
    current_periods: list[SupportPeriod] = field("Those that hold today: at most one of each track, none outside.")
    service_records: Connection[Annotated["ServiceRecord", strawberry.lazy("backoffice.schema.record")]] = field(
        "Services asked for or given for it, newest first.", *RECORDS_OF_ONE
    )
