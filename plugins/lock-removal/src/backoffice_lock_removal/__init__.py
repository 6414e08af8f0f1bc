"""Removing the lock of a device or of its software."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a lock removal is opened."""

    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the lock was removed."""

    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class LockRemoval(ServiceType):
    """Removing the lock of a device or of its software."""

    code = "lock_removal"
    label = Label("قفل‌شکنی", "Lock removal")
    icon = "lock-open"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE, Subject.DEVICE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [LockRemoval]
