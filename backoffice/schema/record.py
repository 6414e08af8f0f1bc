"""Service records: the interface that each service type's own record type implements."""

from datetime import datetime

import strawberry
from strawberry.scalars import JSON

from backoffice.schema.asset import Asset
from backoffice.schema.customer import Customer, Site
from backoffice.schema.decision import CoverageDecision
from backoffice.schema.declare import field
from backoffice.schema.enums import Mode, RecordStatus, Subject
from backoffice.schema.node import Node
from backoffice.schema.possible import ABOUT as POSSIBLE
from backoffice.schema.possible import PossibleAction
from backoffice.schema.product import Product
from backoffice.schema.scalars import Rial
from backoffice.schema.service_type import Channel, ServiceType
from backoffice.schema.staff import Office, Staff


@strawberry.interface(description="One service asked for or given, from the request to the closing.")
class ServiceRecord(Node):
    """What the records of all service types have."""

    number: str = field("Its number, like SR-000123.")
    service_type: ServiceType = field("What kind of service.")
    mode: Mode = field("How it is delivered.")
    subject: Subject = field("What it is done to.")
    channel: Channel = field("On which way the request arrived.")
    status: RecordStatus = field("Where it stands.")
    customer: Customer = field("For whom.")
    asset: Asset | None = field("For what; null where the service needs none.")
    product: Product | None = field("The product of what it is for; null where the service needs none.")
    site: Site | None = field("Where.")
    office: Office = field("The office it belongs to: the assignee's, or else the author's.")
    assignee: Staff | None = field("Who does it.")
    author: Staff = field("Who entered it.")
    requested_at: datetime = field("When it was asked for.")
    scheduled_at: datetime | None = field("For when it is planned.")
    performed_at: datetime | None = field("When it was done.")
    minutes: int | None = field("How many minutes it took.")
    distance_metres: int | None = field("By road to the customer, one way, in metres.")
    estimate: CoverageDecision = field("What was decided when it was recorded.")
    coverage: CoverageDecision = field("The decision in force: the estimate until the work is done.")
    amount: Rial | None = field("Payable; null while unknown (QUOTE), 0 when cancelled or voided.")
    end_reason: str | None = field("Why it was cancelled or voided.")
    created_at: datetime = field("When it was entered.")
    updated_at: datetime = field("When it was last changed.")
    version: int = field("Counts the changes; send it back with a change.")
    possible: list[PossibleAction] = field(POSSIBLE)


@strawberry.type(description="A record of a service type whose plugin is not installed.")
class RetiredServiceRecord(ServiceRecord):
    """A record that outlived its plugin: everything of the desk's own, and the plugin's data as it was stored."""

    request_data: JSON = field("What was asked for, as stored.")
    result_data: JSON | None = field("What was recorded, as stored; null where nothing was.")
