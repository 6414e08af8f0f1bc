"""One name in three spellings: snake_case in Python, camelCase and PascalCase in GraphQL and in JSON."""

import re

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
