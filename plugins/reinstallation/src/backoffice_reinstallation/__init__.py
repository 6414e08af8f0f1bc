"""Installing the software, or setting up the device, again."""

from collections.abc import Iterable
from enum import Enum

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Cause(Enum):
    """Why it has to be installed again."""

    NEW_COMPUTER = Label("رایانهٔ تازه", "New computer")
    OPERATING_SYSTEM = Label("تعویض سیستم‌عامل", "Operating system replaced")
    FAULT = Label("خرابی", "Fault")
    RELOCATION = Label("جابه‌جایی", "Relocation")


class Request(Schema):
    """What is asked when a reinstallation is opened."""

    cause = fields.Enum(Cause, metadata={"label": Label("علت", "Cause")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when it is installed again."""

    software_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ نصب‌شده", "Installed version")}
    )
    data_restored = fields.Boolean(metadata={"label": Label("داده‌ها بازگردانده شد", "Data restored")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Reinstallation(ServiceType):
    """Installing the software, or setting up the device, again."""

    code = "reinstallation"
    label = Label("نصب مجدد", "Reinstallation")
    icon = "refresh"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE, Subject.DEVICE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Reinstallation]
