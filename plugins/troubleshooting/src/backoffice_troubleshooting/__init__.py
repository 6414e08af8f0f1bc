"""Finding and mending a fault of the software, and sending files for it."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a fault is reported."""

    error_message = fields.String(
        validate=validate.Length(max=4000), metadata={"label": Label("متن خطا", "Error message"), "multiline": True}
    )
    software_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ نرم‌افزار", "Software version")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the fault was dealt with."""

    cause = fields.String(
        validate=validate.Length(max=4000), metadata={"label": Label("علت خطا", "Cause"), "multiline": True}
    )
    resolved = fields.Boolean(metadata={"label": Label("خطا رفع شد", "Resolved")})
    files_sent = fields.Integer(
        validate=validate.Range(0, 100), metadata={"label": Label("فایل‌های فرستاده‌شده", "Files sent")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Troubleshooting(ServiceType):
    """Finding and mending a fault of the software, and sending files for it."""

    code = "troubleshooting"
    label = Label("رفع خطا", "Troubleshooting")
    icon = "tool"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY, Mode.PHONE})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Troubleshooting]
