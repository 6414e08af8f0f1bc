"""Upgrading a device or its software to a higher model."""

from collections.abc import Iterable

from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


class Request(Schema):
    """What is asked when an upgrade is wished for."""

    target_model = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("مدل خواسته‌شده", "Wanted model")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class Result(Schema):
    """What is recorded when the upgrade was made."""

    installed_model = fields.String(
        validate=validate.Length(max=200), metadata={"label": Label("مدل نصب‌شده", "Installed model")}
    )
    note = fields.String(validate=validate.Length(max=4000), metadata=NOTE)


class ModelUpgrade(ServiceType):
    """Upgrading a device or its software to a higher model."""

    code = "model_upgrade"
    label = Label("ارتقای مدل", "Model upgrade")
    icon = "device-desktop"
    modes = frozenset({Mode.REMOTE, Mode.ON_SITE, Mode.AT_COMPANY, Mode.AT_AGENCY})
    subjects = frozenset({Subject.SOFTWARE})
    request = Request
    result = Result


@hookimpl
def service_types() -> Iterable[type[ServiceType]]:
    """The service type this plugin brings."""
    return [ModelUpgrade]
