"""Service types and channels: what can be asked for, and on which ways."""

import strawberry
from strawberry.scalars import JSON

from backoffice.schema.arguments import LANGUAGE
from backoffice.schema.declare import field
from backoffice.schema.enums import Mode, Subject


@strawberry.type(description="A kind of service; each comes from a plugin.")
class ServiceType:
    """A service type. One whose plugin was removed has neither modes nor schemas."""

    code: str = field("Code, stable.")
    label: str = field("What it is called.", LANGUAGE)
    modes: list[Mode] = field("The modes it can be delivered in.")
    subjects: list[Subject] = field("What it can be done to.")
    needs_asset: bool = field("Whether a record must name an asset.")
    installed: bool = field("Whether its plugin is installed.")
    request_json_schema: JSON | None = field("JSON Schema of the request.")
    result_json_schema: JSON | None = field("JSON Schema of the result.")


@strawberry.type(description="A way on which requests arrive. It never decides a price.")
class Channel:
    """A channel; rows, not code."""

    code: str = field("Code, stable.")
    label: str = field("What it is called.", LANGUAGE)
    active: bool = field("Whether new records may use it.")
