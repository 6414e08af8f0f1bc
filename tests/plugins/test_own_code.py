"""Which schemas run the plugin's own code, and have to be waited for."""

import re

import pytest
from marshmallow import Schema, fields, post_load, validate, validates_schema

from backoffice.plugins.own_code import runs_own_code


class Room(Schema):
    name = fields.String(validate=validate.Length(max=40))


class Hooked(Schema):
    name = fields.String()

    @post_load
    def upper(self, data, **_):
        return data


class Judging(Schema):
    name = fields.String()

    @validates_schema
    def judge(self, data, **_):
        return None


class Getting(Schema):
    name = fields.String()

    def get_attribute(self, obj, attr, default):
        return default


class Inherited(Hooked):
    more = fields.String()


class Positive(validate.Range):
    def __call__(self, value):
        return value


def with_field(field: fields.Field) -> type[Schema]:
    return Schema.from_dict({"field": field})


@pytest.mark.parametrize(
    "schema",
    [
        Room,
        with_field(fields.Integer(validate=[validate.Range(1, 5), validate.OneOf([1, 2])])),
        with_field(fields.Integer(validate=validate.And(validate.Range(1), validate.Range(max=5)))),
        with_field(fields.List(fields.Nested(Room))),
        with_field(fields.Integer(load_default=3)),
    ],
    ids=["length", "range", "and", "nested", "default"],
)
def test_a_declaration_runs_none(schema: type[Schema]):
    assert not runs_own_code(schema)


@pytest.mark.parametrize("schema", [Hooked, Judging, Getting, Inherited], ids=lambda schema: schema.__name__)
def test_a_method_of_the_schema_is_own_code(schema: type[Schema]):
    assert runs_own_code(schema)


@pytest.mark.parametrize(
    "field",
    [
        fields.String(validate=lambda value: None),
        fields.String(validate=str.isalpha),
        fields.Integer(validate=Positive(1)),
        fields.Integer(validate=validate.And(validate.Range(1), Positive(1))),
        fields.String(validate=validate.Regexp(re.compile("(a+)+$"))),
        fields.Integer(load_default=lambda: 3),
        fields.List(fields.String(validate=lambda value: None)),
        fields.List(fields.Nested(Hooked)),
        fields.Nested(with_field(fields.Nested(Judging))),
    ],
    ids=["lambda", "method", "subclass", "and", "regexp", "default", "list", "nested", "deep"],
)
def test_a_validator_or_default_of_the_plugins_is_own_code(field: fields.Field):
    assert runs_own_code(with_field(field))
