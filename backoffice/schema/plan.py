"""Support plans and tariff editions, by which decisions are made."""

from datetime import date

import strawberry

from backoffice.schema.declare import field
from backoffice.schema.node import Node


@strawberry.type(description="A version of the terms of support. A published version never changes.")
class SupportPlan(Node):
    """A support plan."""

    code: str = field("Code, shared by the versions of a plan.")
    version: int = field("Version, from 1.")
    name: str = field("Name.")
    published: bool = field("Whether it may be sold.")


@strawberry.type(description="A price list of the guild, approved before it is used.")
class TariffEdition(Node):
    """A tariff edition."""

    jalali_year: int = field("The Jalali year it is for, like 1405.")
    version: int = field("Version within the year, from 1.")
    effective_from: date = field("The first day it holds.")
    approved: bool = field("Whether decisions use it.")
