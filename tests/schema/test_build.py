"""What plugins add to the schema, and what becomes of those that cannot."""

import re
from dataclasses import replace
from enum import Enum

import pytest
from graphql import build_schema as schema_of
from graphql import validate_schema
from hypothesis import given, reject, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields, validate

from backoffice.domain.label import Label
from backoffice.domain.service import Mode
from backoffice.domain.spelling import pascal
from backoffice.operations.catalogue import core_operations
from backoffice.plugins import PluginError, Registry, ServiceType, UnsupportedField, describe
from backoffice.schema import build_schema, export_sdl, fitting
from backoffice.schema.build import own_names
from backoffice.schema.planned import graphql_schema
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


class Colour(Enum):
    RED = Label("سرخ", "Red")


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
            f'"""For {with_all.service_types["training"].label.en}."""',
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


def test_every_name_of_the_desk_that_a_plugin_could_take_is_known_without_composing():
    made = set(graphql_schema(build_schema(registry(plugin("calibration")))).type_map)
    own = made - types_of(plugin("calibration")).names
    like_a_plugins = {name for name in own if re.fullmatch(r"[A-Z]\w*?(Record|(Request|Result)\w*)", name)}
    assert len(like_a_plugins) == 4
    assert like_a_plugins <= own_names(core_operations())


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


@pytest.mark.parametrize(
    ("declared", "name"),
    [
        ({"input": fields.Enum(Urgency, metadata=said("ورودی", "Input"))}, "CalibrationRequestInput"),
        (
            {
                "a": fields.Nested(
                    Schema.from_dict({"b_c": fields.Enum(Urgency, metadata=said("ب", "B"))}), metadata=said("الف", "A")
                ),
                "a_b": fields.Nested(
                    Schema.from_dict({"c": fields.Enum(Colour, metadata=said("پ", "C"))}), metadata=said("الف", "A")
                ),
            },
            "CalibrationRequestABC",
        ),
    ],
)
def test_a_plugin_whose_own_fields_want_one_name_is_refused_naming_it(declared: dict[str, fields.Field], name: str):
    with pytest.raises(PluginError, match=f"{name} by another field of its own"):
        build_schema(registry(plugin("calibration", Schema.from_dict(declared))))


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


def labelled(kind: type[fields.Field], *given: object, **options: object) -> fields.Field:
    return kind(*given, metadata=said("نام", "Name"), **options)


TEXT = st.text(st.characters(codec="utf-8"), min_size=1)
MEMBERS = st.dictionaries(st.sampled_from(["NONE", "TRUE", "A_1"]), st.builds(Label, st.just("نام"), TEXT), max_size=2)
LEAVES = st.one_of(
    st.sampled_from([fields.String, fields.Decimal, fields.Date, fields.AwareDateTime, fields.Raw]).map(labelled),
    st.just(validate.Range(0, 9)).map(lambda rule: labelled(fields.Integer, validate=rule)),
    MEMBERS.map(lambda members: labelled(fields.Enum, Enum("Choice", members))),
)
NAMES = st.sampled_from(["note", "class", "id", "filter", "input", "request", "self", "description", "its"])
SCHEMAS = st.recursive(
    st.dictionaries(NAMES, LEAVES, max_size=3),
    lambda inner: st.dictionaries(
        NAMES,
        inner.map(lambda declared: labelled(fields.Nested, Schema.from_dict(declared)))
        | inner.map(lambda declared: labelled(fields.List, labelled(fields.Nested, Schema.from_dict(declared)))),
        max_size=3,
    ),
    max_leaves=6,
).map(lambda declared: Schema.from_dict(declared, name="Asked"))


@settings(deadline=None, max_examples=25)
@given(SCHEMAS)
def test_whatever_may_be_declared_has_a_place_in_the_schema(asked: type[Schema]):
    try:
        describe(asked)
    except UnsupportedField:
        reject()
    fits = fitting(registry(plugin("calibration", asked), plugin("survey")))
    assert "survey" in fits.service_types
    assert validate_schema(graphql_schema(build_schema(fits))) == []
