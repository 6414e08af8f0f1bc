"""User names and passwords of staff.

Passwords are hashed with argon2id (64 MiB, three passes) and judged by their length and by what anyone would try first.
"""

import secrets
from typing import TypedDict

from argon2 import PasswordHasher

from backoffice.domain.problem import ErrorCode, Problem
from backoffice.domain.text import to_latin_digits

SHORTEST, LONGEST = 12, 128
GUESSABLE = ("backoffice", "padra", "password", "پادرا", "گذرواژه")
"""Words of this product and its trade, which a guesser tries first."""


class Cost(TypedDict):
    """What a hash takes: KiB of memory, passes over it, threads."""

    memory_cost: int
    time_cost: int
    parallelism: int


COST: Cost = {"memory_cost": 65_536, "time_cost": 3, "parallelism": 4}
"""A password that was hashed at another cost is hashed anew at the next sign-in."""


def username_key(text: str) -> str:
    """A user name as it is kept and looked up: Latin digits, lower case, no blanks around it."""
    return to_latin_digits(text).strip().casefold()


def hash_password(password: str) -> str:
    """The argon2id hash of ``password``, in the form that carries its own parameters."""
    return PasswordHasher(**COST).hash(password)


def generated_password() -> str:
    """A password for a first sign-in: 96 random bits."""
    return secrets.token_urlsafe(12)


def password_problems(password: str, username: str) -> tuple[Problem, ...]:
    """Why ``password`` may not be used: too short, too long, or easily guessed. Nothing is asked of its letters."""
    details: tuple[tuple[str, bool, dict[str, object]], ...] = (
        ("password_too_short", len(password) < SHORTEST, {"least": SHORTEST}),
        ("password_too_long", len(password) > LONGEST, {"most": LONGEST}),
        ("password_guessable", _is_guessable(password.casefold(), username.casefold()), {}),
    )
    return tuple(
        Problem(code=ErrorCode.INVALID, detail=detail, path=("password",), params=params)
        for detail, wrong, params in details
        if wrong
    )


def _is_guessable(password: str, username: str) -> bool:
    rest = password
    for word in (*GUESSABLE, username):
        rest = rest.replace(word, "")
    return len(set(rest)) < 5
