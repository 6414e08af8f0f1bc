"""Installing a new version of the software."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when an update is opened."""

    current_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ کنونی", "Current version")}
    )
    target_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ خواسته‌شده", "Wanted version")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the new version is installed."""

    installed_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ نصب‌شده", "Installed version")}
    )
    backup_taken = fields.Boolean(metadata={"label": Label("پشتیبان گرفته شد", "Backup taken")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class VersionUpdate(ServiceType):
    """Installing a new version of the software."""

    code = "version_update"
    label = Label("نصب نسخهٔ جدید", "Version update")
    icon = "box"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [VersionUpdate]
