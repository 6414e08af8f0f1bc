"""Every operation declares a permission that exists."""

import ast
from pathlib import Path

import backoffice.operations
from backoffice.access.permissions import PERMISSIONS

MACHINERY = {"operation", "work"}
MODULES = sorted(Path(backoffice.operations.__file__).parent.glob("*.py"))


def functions_of_a_viewer(tree: ast.Module) -> list[ast.FunctionDef]:
    """The public functions that are handed a desk and a viewer: the operations."""
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [argument.arg for argument in node.args.args[:2]] == ["desk", "viewer"]
    ]


def permissions_asked_by(function: ast.FunctionDef) -> list[str]:
    """The permissions that a function names in calls of ``perform`` and ``viewer.require``."""
    asked = []
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        match call.func, call.args:
            case ast.Name(id="perform"), [_, _, ast.Constant(value=str(permission)), *_]:
                asked.append(permission)
            case ast.Attribute(attr="require"), [ast.Constant(value=str(permission))]:
                asked.append(permission)
    return asked


def test_every_operation_asks_for_one_permission_that_exists():
    asked = {
        f"{module.stem}.{function.name}": permissions_asked_by(function)
        for module in MODULES
        for function in functions_of_a_viewer(ast.parse(module.read_text(encoding="utf-8")))
        if module.stem not in MACHINERY
    }
    assert len(asked) >= 15
    assert {name: found for name, found in asked.items() if len(found) != 1 or found[0] not in PERMISSIONS} == {}
