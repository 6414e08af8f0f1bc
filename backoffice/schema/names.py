"""Arguments of GraphQL under Python's names."""

from collections.abc import Mapping

from backoffice.domain.spelling import snake


def arguments_in_python(arguments: Mapping[str, object]) -> dict[str, object]:
    """Coerced arguments with every name, all the way down, in snake_case, and with tuples for lists."""
    return {snake(name): _in_python(value) for name, value in arguments.items()}


def _in_python(value: object) -> object:
    if isinstance(value, Mapping):
        return arguments_in_python(value)
    if isinstance(value, list):
        return tuple(_in_python(inner) for inner in value)
    return value
