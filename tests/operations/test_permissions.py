"""Every operation declares a permission that exists, and is in the catalogue."""

import ast
from importlib import import_module
from pathlib import Path

import backoffice.operations
from backoffice.access.permissions import PERMISSIONS
from backoffice.operations.catalogue import AnyOperation, core_operations
from backoffice.operations.operation import Operation

MACHINERY = {"operation", "work"}
FOLDER = Path(backoffice.operations.__file__).parent
MODULES = sorted(FOLDER.rglob("*.py"))


def declared() -> dict[str, AnyOperation]:
    """Every declaration that some module of the package has, by its own name there."""
    dotted = (".".join(module.relative_to(FOLDER.parents[1]).with_suffix("").parts) for module in MODULES)
    modules = [import_module(name.removesuffix(".__init__")) for name in dotted]
    return {name: value for module in modules for name, value in vars(module).items() if isinstance(value, Operation)}


def test_every_declared_operation_is_in_the_catalogue_under_its_own_name():
    assert declared() == dict(core_operations())


def test_every_declared_operation_needs_a_permission_that_exists():
    assert {name for name, one in core_operations().items() if one.permission not in PERMISSIONS} == set()


def functions_of_a_viewer(tree: ast.Module) -> list[ast.FunctionDef]:
    """The public functions that are handed a desk and a viewer: the operations."""
    return [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and [argument.arg for argument in node.args.args[:2]] == ["desk", "viewer"]
    ]


def permissions_asked_by(function: ast.FunctionDef, module: Path) -> set[str]:
    """The permissions that a function names in calls of ``viewer.require``."""
    asked = set()
    for call in (node for node in ast.walk(function) if isinstance(node, ast.Call)):
        match call.func, call.args:
            case ast.Attribute(attr="require"), [permission]:
                asked.add(named(permission, module))
    return asked


def named(permission: ast.expr, module: Path) -> str:
    """The permission that a text, or a constant of the module, stands for."""
    match permission:
        case ast.Constant(value=str(text)):
            return text
        case ast.Name(id=constant):
            dotted = ".".join(("backoffice", "operations", *module.relative_to(FOLDER).with_suffix("").parts))
            return str(getattr(import_module(dotted), constant))
    raise AssertionError(f"{module.stem} asks for a permission that nobody can read: {ast.unparse(permission)}")


def test_whatever_else_is_asked_of_a_desk_asks_for_one_permission_that_exists():
    asked = {
        f"{module.stem}.{function.name}": permissions_asked_by(function, module)
        for module in MODULES
        for function in functions_of_a_viewer(ast.parse(module.read_text(encoding="utf-8")))
        if module.stem not in MACHINERY
    }
    assert {name: found for name, found in asked.items() if len(found) != 1 or not found <= PERMISSIONS.keys()} == {}
