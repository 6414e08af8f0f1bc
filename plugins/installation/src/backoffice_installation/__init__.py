"""Installing the software on a customer's computer."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when an installation is opened."""

    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the software is installed."""

    software_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ نصب‌شده", "Installed version")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Installation(ServiceType):
    """Installing the software on a customer's computer."""

    code = "installation"
    label = Label("نصب نرم‌افزار", "Installation")
    icon = "package"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Installation]
