"""Teaching the use of the device anew, by phone or remotely, with guide files."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a retraining is opened."""

    topic = fields.String(validate=validate.Length(max=200), metadata={"label": Label("موضوع", "Topic")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the retraining was given."""

    text_guides_sent = fields.Integer(
        validate=validate.Range(0, 100), metadata={"label": Label("راهنماهای متنی فرستاده‌شده", "Text guides sent")}
    )
    video_guides_sent = fields.Integer(
        validate=validate.Range(0, 100), metadata={"label": Label("ویدئوهای راهنمای فرستاده‌شده", "Video guides sent")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Retraining(ServiceType):
    """Teaching the use of the device anew, by phone or remotely, with guide files."""

    code = "retraining"
    label = Label("آموزش مجدد", "Retraining")
    icon = "message-circle"
    modes = frozenset({Mode.PHONE, Mode.REMOTE})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Retraining]
