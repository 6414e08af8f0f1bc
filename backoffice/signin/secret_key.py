"""The secret key that signs CSRF tokens: given by a setting, read from a file, or made once and kept under ``var``."""

import os
import secrets
from pathlib import Path

from backoffice.settings import Settings

LEAST_LENGTH = 16


class WeakSecretKey(Exception):
    """The secret key is shorter than 16 characters, or its file holds no text."""


def secret_key(settings: Settings) -> str:
    """The key of ``settings``; several nodes must be given one and the same."""
    key = settings.secret_key or _read(settings.secret_key_file or _kept(settings.var / "secret_key"))
    if len(key) < LEAST_LENGTH:
        raise WeakSecretKey(
            f"The secret key has {len(key)} characters; it needs {LEAST_LENGTH}, better 32 random bytes."
        )
    return key


def _kept(path: Path) -> Path:
    """Make the key's file where there is none; when two processes start at once, the first one's key holds."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.touch(mode=0o600)
    fresh.write_text(secrets.token_hex(32), "ascii")
    try:
        os.link(fresh, path)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
    return path


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8").strip()
    except UnicodeDecodeError:
        raise WeakSecretKey(f"The file of the secret key, {path}, holds no text in UTF-8.") from None
