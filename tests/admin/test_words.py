"""The words for what the audit trail names: every operation, every subject, every role."""

import ast
from pathlib import Path

from backoffice import operations
from backoffice.access.permissions import ROLES
from backoffice.admin.audit_words import field_words, operation_words
from backoffice.operations.catalogue import core_operations
from backoffice.wording import texts
from tests.pages.reader import page_in

FOLDER = Path(operations.__file__).parent


def _entities() -> set[str]:
    """What operations say they changed: as they declare it, or by the literal ``entity=`` of a ``Done``."""
    found = {operation.entity for operation in core_operations().values()}
    for path in FOLDER.rglob("*.py"):
        for call in (
            node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
        ):
            if getattr(call.func, "id", "") == "Done":
                found |= {
                    str(one.value.value)
                    for one in call.keywords
                    if one.arg == "entity" and isinstance(one.value, ast.Constant)
                }
    return found


def _named(kind: str) -> set[str]:
    return {key.removeprefix(f"{kind}.") for key in texts("fa") if key.startswith(f"{kind}.")}


def test_nothing_is_said_again_that_an_operation_declares() -> None:
    assert _named("operation") == set()


def test_what_was_done_is_called_as_its_operation_is_and_no_two_alike() -> None:
    with page_in("fa"):
        words = operation_words(core_operations())
    assert len(set(words.values())) == len(words) > 30
    assert words["void_service"] == core_operations()["void_service"].label.fa


def test_a_stored_value_is_called_as_the_command_that_changed_it_calls_it() -> None:
    with page_in("fa"):
        assert field_words(core_operations(), "release_product_version")["label"] == "نسخه"
        assert field_words(core_operations(), "update_customer")["label"] == "نام"


def test_every_subject_of_the_audit_trail_has_words() -> None:
    assert len(_entities()) > 10
    assert _entities() - _named("entity") == set()


def test_every_role_has_words_and_nothing_else_has() -> None:
    assert _named("role") == set(ROLES)
