"""What the documentation shows to authors of plugins works as it stands there."""

import inspect
import re
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent
from types import ModuleType

import pytest

import backoffice.plugins
from backoffice.plugins import ServiceType, hookspecs
from backoffice.plugins.admission import METHODS, admit

PAGE = Path(__file__).parents[2] / "docs" / "plugins.md"


def written(function: Callable[..., object]) -> str:
    """A function as the page writes it."""
    names = [name for name in inspect.signature(function).parameters if name != "self"]
    return f"`{function.__name__}({', '.join(names)})`"


def module(source: str) -> ModuleType:
    """Source code as an imported module."""
    made = ModuleType("tutorial")
    exec(compile(dedent(source), "tutorial", "exec"), vars(made))
    return made


BLOCKS = re.findall(r"^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def test_the_plugin_of_the_package_docstring_is_admitted():
    docstring = backoffice.plugins.__doc__ or ""
    source = docstring.split("This is a whole plugin::\n")[1].split("\nIts distribution")[0]
    assert admit("calibration", module(source)).label.en == "Calibration"


@pytest.mark.parametrize("source", BLOCKS)
def test_every_example_of_the_page_runs(source):
    module(source)


def test_the_plugin_of_the_page_is_admitted():
    assert admit("calibration", module(BLOCKS[0])).label.en == "Calibration"


def test_the_page_has_every_hook_with_its_signature():
    hooks = [name for name, thing in vars(hookspecs).items() if hasattr(thing, "backoffice_spec")]
    assert hooks
    assert [name for name in hooks if written(getattr(hookspecs, name)) not in PAGE.read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("name", METHODS)
def test_the_page_has_every_method_of_a_service_type_with_its_signature(name):
    assert written(getattr(ServiceType, name)) in PAGE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ServiceType.__annotations__)
def test_the_page_has_every_attribute_of_a_service_type(name):
    assert f"`{name}`" in PAGE.read_text(encoding="utf-8")
