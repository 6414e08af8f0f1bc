"""Calling a customer to hear how they get on."""

from collections.abc import Iterable
from enum import Enum

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Reached(Enum):
    """Whether someone was reached."""

    YES = Label("پاسخ داد", "Reached")
    NO_ANSWER = Label("پاسخ نداد", "No answer")
    DECLINED = Label("مایل به گفتگو نبود", "Declined")


class Request(Schema):
    """What is asked when a call is planned."""

    topic = fields.String(validate=validate.Length(max=200), metadata={"label": Label("موضوع تماس", "Topic")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded after the call."""

    reached = fields.Enum(Reached, metadata={"label": Label("نتیجهٔ تماس", "Outcome of the call")})
    satisfaction = fields.Integer(
        validate=validate.Range(1, 5), metadata={"label": Label("رضایت (۱ تا ۵)", "Satisfaction (1 to 5)")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class SuccessCall(ServiceType):
    """Calling a customer to hear how they get on."""

    code = "success_call"
    label = Label("تماس موفقیت مشتری", "Success call")
    icon = "phone-call"
    modes = frozenset({Mode.PHONE})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [SuccessCall]
