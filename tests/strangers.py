"""Plugins made for one test: a module and its metadata on the path, as an installer would leave them."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from textwrap import dedent

import pytest

Install = Callable[..., str]

HEAD = """\
from marshmallow import Schema, fields, validate

from backoffice.plugins import Label, Mode, Problem, ServiceType, Subject, hookimpl

NOTE = {"label": Label("یادداشت", "Note")}


class Noted(Schema):
    note = fields.String(metadata=NOTE)
"""

KIND = """

class Kind(ServiceType):
    code = "CODE"
    label = Label("آزمایشی", "Trial")
    modes = frozenset({Mode.REMOTE})
    request = Noted
    result = Noted
"""

HOOK = """

@hookimpl
def service_types():
    return [Kind]
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Puts a plugin on the path. ``body`` overrides what its class says, ``source`` its whole module."""
    modules: list[str] = []
    monkeypatch.syspath_prepend(tmp_path)

    def make(
        name: str,
        *,
        distribution: str | None = None,
        requires: str | None = "backoffice>=0.1,<1",
        group: str = "backoffice.v1",
        body: str = "",
        source: str | None = None,
        entry_points: str | None = None,
        code: str | None = None,
        metadata: bool = True,
    ) -> str:
        distribution = distribution or f"trial-{name}"
        module = distribution.replace("-", "_")
        written = source if source is not None else KIND.replace("CODE", code or name) + _indented(body) + HOOK
        (tmp_path / f"{module}.py").write_text(HEAD + written, encoding="utf-8")
        modules.append(module)
        info = tmp_path / f"{module}-1.0.dist-info"
        info.mkdir()
        required = "" if requires is None else f"Requires-Dist: {requires}\n"
        if metadata:
            (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.0\n{required}")
        (info / "entry_points.txt").write_text(
            f"[{group}]\n{name} = {module}\n" if entry_points is None else entry_points
        )
        return module

    yield make
    for module in modules:
        sys.modules.pop(module, None)


def _indented(body: str) -> str:
    return "".join(f"    {line}\n" if line else "\n" for line in dedent(body).strip().splitlines())
