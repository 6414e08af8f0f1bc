"""Teaching the use of the device and its software."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a training is opened."""

    topic = fields.String(validate=validate.Length(max=200), metadata={"label": Label("موضوع", "Topic")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the training was given."""

    attendees = fields.Integer(
        validate=validate.Range(0, 1000), metadata={"label": Label("شمار شرکت‌کنندگان", "Attendees")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Training(ServiceType):
    """Teaching the use of the device and its software."""

    code = "training"
    label = Label("آموزش", "Training")
    icon = "school"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Training]
