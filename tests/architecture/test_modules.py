"""How the product's modules are named, begun and sized."""

import ast
from collections.abc import Callable
from pathlib import Path

CATCH_ALL_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "constants", "misc"}
LONGEST_MODULE = 400
Imports = Callable[[Path], set[str]]
PUBLIC_TO_PLUGINS = {"backoffice.plugins", "backoffice.testing"}


def test_no_module_is_a_catch_all(files: list[Path]):
    offenders = [
        str(path) for path in files if path.suffix == ".py" and CATCH_ALL_NAMES & {path.stem, *path.parent.parts}
    ]
    assert offenders == []


def test_every_module_says_first_what_it_does(root: Path, modules: list[Path]):
    offenders = [
        str(path) for path in modules if not ast.get_docstring(ast.parse((root / path).read_text(encoding="utf-8")))
    ]
    assert offenders == []


def test_no_module_is_longer_than_a_reader_can_hold(root: Path, modules: list[Path]):
    lengths = {
        str(path): len((root / path).read_text(encoding="utf-8").splitlines())
        for path in modules
        if "migrations" not in path.parts
    }
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_a_plugin_and_its_tests_import_only_the_public_packages(files: list[Path], imports: Imports):
    offenders = [
        f"{path} imports {name}"
        for path in files
        if path.parts[0] == "plugins" and path.suffix == ".py"
        for name in imports(path)
        if name.split(".")[0] == "backoffice" and name not in PUBLIC_TO_PLUGINS
    ]
    assert offenders == []
