"""The words for what the audit trail names: every operation, every subject, every role."""

import ast
import importlib
import pkgutil
from pathlib import Path

from backoffice import operations
from backoffice.access.permissions import ROLES
from backoffice.operations.command import Command
from backoffice.wording import texts

FOLDER = Path(operations.__file__).parent


def _commands() -> set[type[Command]]:
    for module in pkgutil.walk_packages(operations.__path__, f"{operations.__name__}."):
        importlib.import_module(module.name)
    found, waiting = set(), [Command]
    while waiting:
        kind = waiting.pop()
        waiting.extend(kind.__subclasses__())
        found.add(kind)
    return found


def _entities() -> set[str]:
    """What operations say they changed: the literal ``entity=`` of ``Done`` and the constants ``ENTITY``."""
    found = set()
    for path in FOLDER.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "entity" and isinstance(node.value, ast.Constant):
                found.add(str(node.value.value))
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "ENTITY":
                found.add(ast.literal_eval(node.value))
    return found


def _named(kind: str) -> set[str]:
    return {key.removeprefix(f"{kind}.") for key in texts("fa") if key.startswith(f"{kind}.")}


def test_every_operation_has_words() -> None:
    used = {
        kind.operation
        for kind in _commands()
        if "operation" in kind.__dict__ and not kind.__name__.startswith("Preview")
    }
    assert len(used) > 30
    assert used - _named("operation") == set()


def test_every_subject_of_the_audit_trail_has_words() -> None:
    assert len(_entities()) > 10
    assert _entities() - _named("entity") == set()


def test_every_role_has_words_and_nothing_else_has() -> None:
    assert _named("role") == set(ROLES)
