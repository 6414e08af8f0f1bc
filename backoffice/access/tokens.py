"""API tokens: made once, shown once, kept as a hash.

A token reads ``bo_`` + 30 base-62 characters + 6 of a checksum, so that a mistyped one is told without the database and
a leaked one can be found by a scanner. The database has its SHA-256 and its first characters.
"""

import hashlib
import secrets
import string
import zlib
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.access.viewer import Viewer
from backoffice.access.viewers import Origin, roles_of, viewer_of
from backoffice.models import ApiToken, Staff

MARK = "bo_"
SECRET_LENGTH = 30
SHOWN_LENGTH = len(MARK) + 6
ALPHABET = string.digits + string.ascii_letters


def new_token() -> str:
    """A fresh token of 178 random bits."""
    secret = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
    return MARK + secret + _checksum(secret)


def token_hash(token: str) -> str:
    """What the database keeps of ``token``. A random secret needs no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def is_well_formed(token: str) -> bool:
    """Whether ``token`` has the form and the checksum of one of ours."""
    secret = token[len(MARK) : len(MARK) + SECRET_LENGTH]
    return token == MARK + secret + _checksum(secret) and len(secret) == SECRET_LENGTH


def bearer(session: Session, token: str, now: datetime, origin: Origin) -> Viewer | None:
    """The viewer whom a live ``token`` speaks for; None for an unknown, expired or revoked one, or a disabled owner."""
    if not is_well_formed(token):
        return None
    live = (ApiToken.revoked_at.is_(None), ApiToken.expires_at > now)
    found = session.execute(
        select(ApiToken, Staff)
        .join(Staff, Staff.id == ApiToken.staff_id)
        .where(ApiToken.token_hash == token_hash(token), Staff.active, *live)
    ).one_or_none()
    if found is None:
        return None
    return viewer_of(found.Staff, roles_of(session, found.Staff.id), origin, found.ApiToken.scopes)


def _checksum(secret: str) -> str:
    number, text = zlib.crc32(secret.encode()), ""
    for _ in range(6):
        number, digit = divmod(number, len(ALPHABET))
        text = ALPHABET[digit] + text
    return text
