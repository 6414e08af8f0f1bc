"""What the templates are really given of what was read, compared with what ``shown`` says."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from flask import template_rendered
from jinja2 import Template

from backoffice.query.reader import Reader
from backoffice.query.selection import Selection
from tests.admin.shown import SHOWN
from tests.architecture.walking import Shown

PREFIX = "admin/"


class Given:
    """The rows that were read, each with its selection, and what of them templates were given against ``shown``."""

    def __init__(self) -> None:
        self.wrong: list[str] = []
        self._selections: dict[int, tuple[object, Selection]] = {}

    def read(self, value: Any, selection: Selection) -> None:
        """Note rows, and the rows within them."""
        if isinstance(value, list):
            for one in value:
                self.read(one, selection)
        elif isinstance(value, dict):
            self._selections[id(value)] = (value, selection)
            for field in (one for each in selection.fields.values() for one in each if one.selection is not None):
                self.read(value.get(field.key), field.selection)

    def rendered(self, template: str, context: Mapping[str, Any]) -> None:
        """Judge what a template was given."""
        shown = SHOWN.get(template.removeprefix(PREFIX))
        for name, value in context.items():
            found = self._found(value)
            if found is not None and not (shown is not None and _covers(shown.get(name), found)):
                self.wrong.append(f"{template}: {name} was read by {found}")

    def _found(self, value: Any) -> Shown:
        if id(value) in self._selections:
            return self._selections[id(value)][1]
        if isinstance(value, list | tuple):
            return next((found for found in map(self._row, value) if found is not None), None)
        if isinstance(value, dict):
            return _parts({str(name): self._found(part) for name, part in value.items()})
        if is_dataclass(value) and not isinstance(value, type):
            return _parts({one.name: self._found(getattr(value, one.name)) for one in fields(value)})
        return None

    def _row(self, value: object) -> Shown:
        return self._selections[id(value)][1] if id(value) in self._selections else None


def _parts(found: Mapping[str, Shown]) -> Shown:
    return {name: part for name, part in found.items() if part is not None} or None


def _covers(shown: Shown, found: Shown) -> bool:
    """Whether all of ``shown``, and nothing unheard of, was found."""
    if isinstance(found, Mapping):
        return isinstance(shown, Mapping) and all(_covers(shown.get(name), part) for name, part in found.items())
    return isinstance(shown, Selection) and isinstance(found, Selection) and _holds(found, shown)


def _holds(found: Selection, shown: Selection) -> bool:
    """Whether all that is looked for in rows was read of them."""
    read = {field.key: field.selection for each in found.fields.values() for field in each}
    wanted = (field for each in shown.fields.values() for field in each)
    return all(
        field.key in read and (field.selection is None or _covers(field.selection, read[field.key])) for field in wanted
    )


@contextmanager
def watched(monkeypatch: pytest.MonkeyPatch) -> Iterator[Given]:
    """Watch every reading and every page; whoever calls judges what was ``wrong``."""
    given = Given()
    read: Callable[..., object] = Reader._read

    def noted(self: Reader, kind: Any, name: str, arguments: Any, selection: Selection) -> object:
        answer = read(self, kind, name, arguments, selection)
        given.read(answer, selection)
        return answer

    def judged(_sender: object, template: Template, context: dict[str, Any], **_more: object) -> None:
        if template.name is not None and template.name.startswith(PREFIX):
            given.rendered(template.name, context)

    monkeypatch.setattr(Reader, "_read", noted)
    with template_rendered.connected_to(judged):
        yield given
