"""The demo's word lists: TOML files beside this package, read as they are."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def words(name: str) -> dict[str, Any]:
    """The content of ``data/<name>.toml``."""
    text = files("backoffice.demo").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
