"""Regular maintenance of a device."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a periodic service is opened."""

    last_serviced_on = fields.Date(metadata={"label": Label("آخرین سرویس", "Last serviced on")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the service was done."""

    work_done = fields.String(
        validate=validate.Length(max=4000), metadata={"label": Label("کار انجام‌شده", "Work done"), "multiline": True}
    )
    next_due_on = fields.Date(metadata={"label": Label("موعد بعدی", "Next due on")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class PeriodicService(ServiceType):
    """Regular maintenance of a device."""

    code = "periodic_service"
    label = Label("سرویس دوره‌ای", "Periodic service")
    icon = "calendar-event"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [PeriodicService]
