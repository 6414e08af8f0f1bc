"""One name in three spellings: snake_case in Python, camelCase and PascalCase in GraphQL."""

import re
from collections.abc import Mapping

CAPITAL = re.compile(r"(?<=.)([A-Z])")


def camel(name: str) -> str:
    """``lock_removal`` as ``lockRemoval``."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def pascal(name: str) -> str:
    """``lock_removal`` as ``LockRemoval``."""
    return "".join(word.capitalize() for word in name.split("_"))


def snake(name: str) -> str:
    """``lockRemoval`` as ``lock_removal``."""
    return CAPITAL.sub(r"_\1", name).lower()


def arguments_in_python(arguments: Mapping[str, object]) -> dict[str, object]:
    """Coerced arguments with every name, all the way down, in snake_case, and with tuples for lists."""
    return {snake(name): _in_python(value) for name, value in arguments.items()}


def _in_python(value: object) -> object:
    if isinstance(value, Mapping):
        return arguments_in_python(value)
    if isinstance(value, list):
        return tuple(_in_python(inner) for inner in value)
    return value
