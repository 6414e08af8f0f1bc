"""What stands in an answer where the viewer lacks the permission for a field."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Denied:
    """The value of a field that needs ``permission``. It is falsy and prints as nothing; GraphQL makes it an error."""

    permission: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return ""
