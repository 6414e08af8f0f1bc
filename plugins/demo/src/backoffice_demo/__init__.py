"""Showing a product to someone who does not have it yet."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a demo is opened."""

    contact = fields.String(validate=validate.Length(max=200), metadata={"label": Label("شخص تماس", "Contact")})
    product_of_interest = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("محصول مورد نظر", "Product of interest")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the product was shown."""

    attendees = fields.Integer(
        validate=validate.Range(0, 1000), metadata={"label": Label("شمار شرکت‌کنندگان", "Attendees")}
    )
    interested = fields.Boolean(metadata={"label": Label("مایل به خرید", "Interested in buying")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Demo(ServiceType):
    """Showing a product to someone who does not have it yet."""

    code = "demo"
    label = Label("دمو", "Demo")
    icon = "presentation"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY})
    subjects = frozenset({Subject.SOFTWARE})
    needs_asset = False
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [Demo]
