"""What plugins add to the schema, and what becomes of those that cannot."""

from dataclasses import replace
from enum import Enum

import pytest
from graphql import build_schema as schema_of
from marshmallow import Schema, fields, validate

from backoffice.domain.label import Label
from backoffice.domain.service import Mode
from backoffice.plugins import PluginError, Registry, ServiceType
from backoffice.schema import build_schema, export_sdl, fitting
from backoffice.schema.names import pascal
from backoffice.schema.plugin_types import types_of
from tests.builders import installed_plugins


def said(fa: str, en: str) -> dict[str, Label]:
    return {"label": Label(fa, en)}


class Nothing(Schema):
    pass


class Note(Schema):
    note = fields.String(metadata=said("یادداشت", "Note"))


class Urgency(Enum):
    LOW = Label("کم", "Low")
    HIGH = Label("زیاد", "High")


class Part(Schema):
    part_number = fields.String(required=True, metadata=said("شماره", "Part number"))


class Everything(Schema):
    topic = fields.String(required=True, metadata=said("موضوع", "Topic"))
    count = fields.Integer(validate=validate.Range(0, 9), metadata=said("تعداد", "Count"))
    price = fields.Decimal(metadata=said("بها", "Price"))
    sure = fields.Boolean(metadata=said("مطمئن", "Sure"))
    day = fields.Date(metadata=said("روز", "Day"))
    at = fields.AwareDateTime(metadata=said("زمان", "At"))
    urgency = fields.Enum(Urgency, metadata=said("فوریت", "Urgency"))
    parts = fields.List(fields.Nested(Part, metadata=said("قطعه", "Part")), metadata=said("قطعات", "Parts"))
    place = fields.Nested(Part, metadata=said("جا", "Place"))


def plugin(code: str, request: type[Schema] = Note, result: type[Schema] = Nothing) -> ServiceType:
    """A service type of this code."""
    declared = {
        "code": code,
        "label": Label(code, code),
        "modes": frozenset({Mode.REMOTE}),
        "request": request,
        "result": result,
    }
    return type(code, (ServiceType,), declared)()


def registry(*service_types: ServiceType) -> Registry:
    return Registry(
        {kind.code: kind for kind in service_types}, {kind.code: f"dist-{kind.code} 1.0" for kind in service_types}
    )


def definitions(sdl: str) -> dict[str, str]:
    """Each type's definition by its name."""
    return {
        name: str(kind.ast_node and kind.ast_node.loc.source.body[kind.ast_node.loc.start : kind.ast_node.loc.end])
        for name, kind in schema_of(sdl).type_map.items()
        if kind.ast_node
    }


def test_removing_a_plugin_removes_exactly_its_part():
    with_all = installed_plugins()
    kept = {code: kind for code, kind in with_all.service_types.items() if code != "training"}
    before = definitions(export_sdl(with_all))
    after = definitions(export_sdl(replace(with_all, service_types=kept)))
    gone = set(before) - set(after)
    assert gone == {
        "TrainingRecord",
        "TrainingRequest",
        "TrainingRequestInput",
        "TrainingResult",
        "TrainingResultInput",
    }
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"ServiceRequestInput", "ServiceResultInput"}
    for name in changed:
        lost = set(before[name].splitlines()) - set(after[name].splitlines())
        assert {line.strip() for line in lost} <= {
            "training: TrainingRequestInput",
            "training: TrainingResultInput",
            '"""For Training."""',
        }


def test_without_a_plugin_nothing_can_be_recorded():
    sdl = export_sdl(Registry())
    schema = schema_of(sdl)
    assert not {"recordService", "completeService"} & set(schema.mutation_type.fields)
    assert {"createCustomer", "voidService"} <= set(schema.mutation_type.fields)
    assert "request" not in schema.type_map["CoverageInput"].fields
    assert not {"ServiceRequestInput", "RecordServiceInput"} & set(schema.type_map)


def test_a_schema_without_fields_gives_no_output_and_an_input_that_asks_nothing():
    types = definitions(export_sdl(registry(plugin("calibration"))))
    assert "result" not in types["CalibrationRecord"]
    assert "CalibrationResult" not in types
    assert "_empty: Boolean" in types["CalibrationResultInput"]


def test_every_kind_of_field_has_its_types():
    types = definitions(export_sdl(registry(plugin("calibration", Everything))))
    asked = types["CalibrationRequestInput"]
    for line in (
        "topic: String!",
        "count: Int",
        "price: Decimal",
        "sure: Boolean",
        "day: Date",
        "at: DateTime",
        "urgency: CalibrationRequestUrgency",
        "parts: [CalibrationRequestPartsInput!]",
        "place: CalibrationRequestPlaceInput",
    ):
        assert f"  {line}\n" in asked
    assert "partNumber: String!" in types["CalibrationRequestPlaceInput"]
    assert "topic: String\n" in types["CalibrationRequest"]
    assert "parts: [CalibrationRequestParts!]" in types["CalibrationRequest"]
    assert "HIGH" in types["CalibrationRequestUrgency"]


@pytest.mark.parametrize("code", ["service", "retired_service"])
def test_a_plugin_that_takes_a_name_of_the_desk_is_refused_naming_both(code: str):
    with pytest.raises(PluginError, match=rf"plugin {code} \(dist-{code} 1\.0\) .* by the desk itself"):
        build_schema(registry(plugin(code)))


def clashing() -> Registry:
    """Two plugins that would both make ``TrainingRequestRequest``."""

    class Asked(Schema):
        request = fields.Nested(Part, metadata=said("درخواست", "Request"))

    return registry(plugin("training", Asked), plugin("training_request"))


def test_of_two_plugins_that_want_one_name_the_second_is_refused_naming_both():
    with pytest.raises(PluginError) as refused:
        build_schema(clashing())
    message = str(refused.value)
    assert "plugin training_request" in message
    assert "plugin training (dist-training 1.0)" in message
    assert "TrainingRequestRequest" in message


def test_a_registry_is_made_fitting_by_leaving_the_second_out():
    fits = fitting(clashing())
    assert list(fits.service_types) == ["training"]
    assert [(one.name, one.distribution, one.version) for one in fits.refused] == [
        ("training_request", "dist-training_request", "1.0")
    ]
    build_schema(fits)


def test_a_registry_that_fits_is_left_as_it_is():
    assert fitting(installed_plugins()) is installed_plugins()


def test_a_plugin_may_name_its_fields_as_it_likes():
    class Asked(Schema):
        vars()["class"] = fields.String(metadata=said("رده", "Class"))
        description = fields.String(metadata=said("شرح", "Description"))

    asked = definitions(export_sdl(registry(plugin("survey", Asked))))["SurveyRequestInput"]
    assert "class: String" in asked
    assert "description: String" in asked


def test_every_name_that_a_plugin_adds_begins_with_its_code():
    for code, service_type in installed_plugins().service_types.items():
        names = types_of(service_type).names
        assert {name for name in names if not name.startswith(pascal(code))} == set()
        assert f"{pascal(code)}Record" in names
