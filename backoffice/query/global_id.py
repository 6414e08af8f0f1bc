"""Global ids: ``Type:key`` in base64url, opaque to clients. Records are ``ServiceRecord`` whatever their type is."""

from base64 import urlsafe_b64decode, urlsafe_b64encode

from backoffice.models.base import LARGEST_ID


def to_global_id(type_name: str, key: int) -> str:
    """The global id of an object, from its type and its primary key."""
    return urlsafe_b64encode(f"{type_name}:{key}".encode()).decode().rstrip("=")


def from_global_id(text: str) -> tuple[str, int] | None:
    """Type name and primary key, or None where ``text`` is no global id."""
    try:
        decoded = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
        type_name, _, key = decoded.partition(":")
        parsed = (type_name, int(key))
    except ValueError:
        return None
    return parsed if to_global_id(*parsed) == text.rstrip("=") else None


def key_of(type_name: str, value: object) -> int | None:
    """The primary key behind a global id of this type or a key itself; None where it is neither."""
    key = value
    if isinstance(value, str):
        parsed = from_global_id(value)
        key = parsed[1] if parsed and parsed[0] == type_name else None
    return key if isinstance(key, int) and abs(key) <= LARGEST_ID else None
