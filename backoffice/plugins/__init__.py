"""The plugin API: everything a plugin may import from the backoffice, beside ``backoffice.testing`` for its tests.

A service type is a class with a few declarations. This is a whole plugin::

    from collections.abc import Iterable

    from marshmallow import Schema, fields, validate

    from backoffice.plugins import Label, Mode, ServiceType, hookimpl

    NOTE = {"label": Label("یادداشت", "Note"), "multiline": True}


    class Request(Schema):
        room = fields.String(validate=validate.Length(max=40), metadata={"label": Label("اتاق", "Room")})
        note = fields.String(metadata=NOTE)


    class Result(Schema):
        probes = fields.Integer(validate=validate.Range(1, 20), metadata={"label": Label("شمار پراب‌ها", "Probes")})


    class Calibration(ServiceType):
        code = "calibration"
        label = Label("کالیبراسیون", "Calibration")
        modes = frozenset({Mode.ON_SITE, Mode.AT_COMPANY})
        request = Request
        result = Result


    @hookimpl
    def service_types() -> Iterable[type[ServiceType]]:
        return [Calibration]

Its distribution has an entry point in the group ``backoffice.v1``, named by the code, and pins the backoffice::

    [project]
    name = "backoffice-calibration"
    version = "0.1.0"
    dependencies = ["backoffice>=0.1,<1"]

    [project.entry-points."backoffice.v1"]
    calibration = "backoffice_calibration"

From the two schemas come the inputs and types of GraphQL, the forms of the admin, the JSON Schema and the stored JSON.
What is free and what it costs is decided by the customer's support plan, not by the plugin. More: ``docs/plugins.md``.

The desk itself uses ``load`` and ``Registry`` to hold the plugins, ``describe`` to build its faces, and the guarded
functions of ``backoffice.plugins.calls`` to call them.
"""

from backoffice.domain.coverage import Decision, Facts
from backoffice.domain.label import Label
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.record import RecordStatus
from backoffice.domain.service import Mode, Subject
from backoffice.plugins import calls
from backoffice.plugins.contract import Effect, Part, RecordFacts, ServiceType
from backoffice.plugins.fields import Choice, FieldKind, FieldSpec, UnsupportedField, describe
from backoffice.plugins.hookspecs import hookimpl
from backoffice.plugins.json_schema import json_schema
from backoffice.plugins.manager import RefusedPlugin, Registry, load
from backoffice.plugins.plugin_report import PluginRow, list_plugins, log_refused
from backoffice.plugins.relay import PluginError, Relay, Reply
from backoffice.plugins.validate import Loaded

__all__ = [
    "Choice",
    "Decision",
    "Effect",
    "ErrorCode",
    "Facts",
    "FieldKind",
    "FieldSpec",
    "Label",
    "Loaded",
    "Mode",
    "Part",
    "PluginError",
    "PluginRow",
    "Problem",
    "RecordFacts",
    "RecordStatus",
    "RefusedPlugin",
    "Registry",
    "Relay",
    "Reply",
    "ServiceType",
    "Subject",
    "UnsupportedField",
    "calls",
    "describe",
    "hookimpl",
    "json_schema",
    "list_plugins",
    "load",
    "log_refused",
]
