"""Passwords and user names."""

import pytest
from argon2 import PasswordHasher

from backoffice.access.credentials import COST, generated_password, hash_password, password_problems, username_key

AS_SHIPPED = dict(COST)
"""What the desk's hashes take; those of the tests take next to nothing."""


def test_a_hash_verifies_its_password_and_carries_argon2id_parameters(monkeypatch: pytest.MonkeyPatch):
    for name, cost in AS_SHIPPED.items():
        monkeypatch.setitem(COST, name, cost)
    hashed = hash_password("correct horse battery")

    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4")
    assert PasswordHasher().verify(hashed, "correct horse battery")


@pytest.mark.parametrize(
    ("password", "detail"),
    [
        ("short", "password_too_short"),
        ("x" * 129, "password_too_long"),
        ("backoffice123", "password_guessable"),
        ("PADRApadra1405", "password_guessable"),
        ("nasrin-nasrin", "password_guessable"),
        ("aaaaaaaaaaaa", "password_guessable"),
    ],
)
def test_a_weak_password_is_refused_with_its_reason(password, detail):
    assert detail in {problem.detail for problem in password_problems(password, "nasrin")}


@pytest.mark.parametrize("password", ["correct horse battery", "شب تاریک و بیم موج", "x7-Kq9.vR2:m"])
def test_a_long_password_of_any_letters_is_taken(password):
    assert password_problems(password, "nasrin") == ()


def test_a_generated_password_is_taken():
    assert password_problems(generated_password(), "admin") == ()


def test_user_names_are_kept_in_lower_case_with_latin_digits():
    assert username_key("  Nasrin۱۲ ") == "nasrin12"
