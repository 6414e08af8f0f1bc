"""Whether a plugin's own code runs when the desk reads or writes by its schema; then it is waited for with patience.

Most schemas are declarations: marshmallow's own fields and validators do all the work, which always comes back.
"""

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType

from marshmallow import Schema, fields, validate
from marshmallow.fields import Field

AT_THE_PLUGINS_MERCY = (validate.Regexp, validate.Predicate)
"""Validators of marshmallow's that take as long as the plugin's pattern or method does."""


@lru_cache(maxsize=512)
def runs_own_code(schema: type[Schema]) -> bool:
    """Whether a hook, a method, a validator or a default of this schema, or of one within it, is the plugin's own."""
    functions = (value for base in schema.__mro__ if _is_own(base) for value in vars(base).values())
    return any(isinstance(value, FunctionType) for value in functions) or any(
        _field_runs_own_code(field) for field in schema._declared_fields.values()
    )


def _field_runs_own_code(field: "Field[object]") -> bool:
    if any(map(_is_own_validator, field.validators)) or callable(field.load_default) or callable(field.dump_default):
        return True
    if isinstance(field, fields.List):
        return _field_runs_own_code(field.inner)
    return isinstance(field, fields.Nested) and runs_own_code(type(field.schema))


def _is_own_validator(validator: Callable[[object], object]) -> bool:
    if isinstance(validator, validate.And):
        return any(map(_is_own_validator, validator.validators))
    stock = isinstance(validator, validate.Validator) and not _is_own(type(validator))
    return not stock or isinstance(validator, AT_THE_PLUGINS_MERCY)


def _is_own(kind: type) -> bool:
    return kind.__module__.partition(".")[0] not in {"marshmallow", "builtins", "typing", "abc"}
