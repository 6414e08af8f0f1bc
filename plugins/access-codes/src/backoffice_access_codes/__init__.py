"""Handing out the serial and system codes. The codes themselves are not kept in the record."""

from collections.abc import Iterable
from enum import Enum

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class CodeKind(Enum):
    """Which code is asked for."""

    SERIAL = Label("کد سریال", "Serial code")
    SYSTEM = Label("کد سیستم", "System code")


class IdentityCheck(Enum):
    """How the receiver's identity was checked."""

    CALL_BACK = Label("تماس با شمارهٔ ثبت‌شده", "Call to the registered number")
    DOCUMENT = Label("مدرک", "Document")
    PORTAL = Label("ورود به پورتال", "Signed in to the portal")


class Request(Schema):
    """What is asked when a code is asked for."""

    code_kind = fields.Enum(CodeKind, metadata={"label": Label("نوع کد", "Kind of code")})
    requested_by = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("درخواست‌کننده", "Requested by")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the code was handed out."""

    identity_check = fields.Enum(IdentityCheck, metadata={"label": Label("احراز هویت", "Identity check")})
    delivered_to = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("تحویل‌گیرنده", "Delivered to")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class AccessCodes(ServiceType):
    """Handing out the serial and system codes. The codes themselves are not kept in the record."""

    code = "access_codes"
    label = Label("کد سریال و کد سیستم", "Access codes")
    icon = "barcode"
    modes = frozenset({Mode.PHONE, Mode.REMOTE})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [AccessCodes]
