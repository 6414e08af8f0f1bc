"""One scenario of a file of worked decisions: an asset sold, and the services recorded and voided for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate, validates_schema
from typing_extensions import override

from backoffice.domain.service import Mode, Subject


@dataclass(frozen=True, kw_only=True)
class ServiceStep:
    """A service to record; ``expect`` says what must come out, in the file's words."""

    service_type: str
    mode: Mode
    requested_at: datetime
    expect: Mapping[str, object]
    subject: Subject | None = None
    performed_at: datetime | None = None
    minutes: int | None = None
    distance_metres: int | None = None


@dataclass(frozen=True)
class VoidStep:
    """What step ``void``, counted from 0, recorded is taken back."""

    void: int


Step = ServiceStep | VoidStep


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """One asset, bought on a day, with the first days of its renewals, and what happens to it, in order."""

    name: str
    purchased_on: date
    steps: tuple[Step, ...]
    renewals: tuple[date, ...] = ()


class Annotated(Schema):
    """May hold more than is read: notes, the same day in another calendar."""

    class Meta:
        """What is not known is left alone."""

        unknown = EXCLUDE


class _ServiceSchema(Annotated):
    service_type = fields.String(required=True, data_key="serviceType")
    mode = fields.Enum(Mode, by_value=True, required=True)
    subject = fields.Enum(Subject, by_value=True, allow_none=True)
    requested_at = fields.AwareDateTime(format="iso", required=True, data_key="requestedAt")
    performed_at = fields.AwareDateTime(format="iso", allow_none=True, data_key="performedAt")
    minutes = fields.Integer(strict=True, allow_none=True)
    distance_metres = fields.Integer(strict=True, allow_none=True, data_key="distanceMetres")
    expect = fields.Dict(keys=fields.String(), required=True, validate=validate.Length(min=1))

    @post_load
    def _step(self, values: dict[str, Any], **_: object) -> ServiceStep:
        return ServiceStep(**values)


class _VoidSchema(Annotated):
    void = fields.Integer(strict=True, required=True, validate=validate.Range(min=0))

    @post_load
    def _step(self, values: dict[str, Any], **_: object) -> VoidStep:
        return VoidStep(**values)


class _StepField(fields.Field[Step]):
    """A service, or with ``void`` the end of one."""

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **_: Any) -> Step:
        schema = _VoidSchema() if isinstance(value, dict) and "void" in value else _ServiceSchema()
        step: Step = schema.load(value)
        return step


class _RenewalSchema(Schema):
    starts_on = fields.Date(required=True, data_key="startsOn")


class ScenarioSchema(Annotated):
    """A scenario as JSON."""

    name = fields.String(required=True)
    purchased_on = fields.Date(required=True, data_key="purchasedOn")
    renewals = fields.List(fields.Nested(_RenewalSchema), load_default=[])
    steps = fields.List(_StepField(), required=True)

    @validates_schema(skip_on_field_errors=True)
    def _voids_follow_services(self, values: dict[str, Any], **_: object) -> None:
        services = [isinstance(step, ServiceStep) for step in values["steps"]]
        for number, step in enumerate(values["steps"]):
            if isinstance(step, VoidStep) and not any(services[step.void : number][:1]):
                raise ValidationError({number: {"void": ["Not an earlier step that records a service."]}}, "steps")

    @post_load
    def _scenario(self, values: dict[str, Any], **_: object) -> Scenario:
        return Scenario(
            name=values["name"],
            purchased_on=values["purchased_on"],
            steps=tuple(values["steps"]),
            renewals=tuple(renewal["starts_on"] for renewal in values["renewals"]),
        )
