"""Answering questions of the users."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when someone needs guidance."""

    question = fields.String(
        validate=validate.Length(max=4000), metadata={"label": Label("پرسش", "Question"), "multiline": True}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when guidance was given."""

    answer = fields.String(
        validate=validate.Length(max=4000), metadata={"label": Label("پاسخ", "Answer"), "multiline": True}
    )
    solved = fields.Boolean(metadata={"label": Label("مشکل حل شد", "Solved")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Guidance(ServiceType):
    """Answering questions of the users."""

    code = "guidance"
    label = Label("راهنمایی و پاسخگویی", "Guidance")
    icon = "headset"
    modes = frozenset({Mode.PHONE, Mode.REMOTE})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Guidance]
