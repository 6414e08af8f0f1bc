"""Changing the software to a customer's wish."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a customization is wished for."""

    wish = fields.String(
        validate=validate.Length(max=4000),
        metadata={"label": Label("خواستهٔ مشتری", "What is wished for"), "multiline": True},
    )
    needed_by = fields.Date(metadata={"label": Label("مهلت", "Needed by")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the customization was delivered."""

    delivered_version = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("نسخهٔ تحویل‌شده", "Delivered version")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Customization(ServiceType):
    """Changing the software to a customer's wish."""

    code = "customization"
    label = Label("سفارشی‌سازی", "Customization")
    icon = "adjustments"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Customization]
