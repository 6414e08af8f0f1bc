"""A visit at the customer's place."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when a visit is opened."""

    purpose = fields.String(validate=validate.Length(max=200), metadata={"label": Label("هدف بازدید", "Purpose")})
    contact_on_site = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("شخص حاضر در محل", "Contact on site")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the visit was made."""

    work_done = fields.String(
        validate=validate.Length(max=4000), metadata={"label": Label("کار انجام‌شده", "Work done"), "multiline": True}
    )
    follow_up_needed = fields.Boolean(metadata={"label": Label("نیاز به پیگیری", "Follow-up needed")})
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class OnSiteVisit(ServiceType):
    """A visit at the customer's place."""

    code = "on_site_visit"
    label = Label("خدمات حضوری", "On-site visit")
    icon = "walk"
    modes = frozenset({Mode.ON_SITE})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [OnSiteVisit]
