"""Writes docs/operations.md to the standard output: every operation and every event, from their declarations."""

from collections.abc import Iterable, Iterator

from backoffice.domain.event import Event
from backoffice.domain.spelling import camel
from backoffice.operations.catalogue import AnyOperation, core_operations

HEAD = """\
# Operations

What people and programs do with the desk, each in one transaction with its permission, its audit row and its events.
This page is written by `make operations` from the declarations in `backoffice/operations`, and a test compares them.

Each operation can be sent again under an idempotency key: the same key and input give the same answer and one effect.
`Offered on` is the entity on whose objects it can be done, empty where it begins something new. `Foreseen` says how its
answer is shown before it is done: by the operation itself, undone, or by a preview that needs less.
"""

OPERATIONS = ("Operation", "Button", "Permission", "Mutation", "Answers with", "Offered on", "Foreseen", "Events")


def _page() -> Iterator[str]:
    yield HEAD
    yield from _table(OPERATIONS, map(_operation, core_operations().values()))
    yield "\n## What each does\n"
    yield from (f"- `{one.name}`: {one.description}" for one in core_operations().values())
    yield "\n## Events\n"
    yield "What the outbox tells, each with the id of the object it is about.\n"
    yield from _table(("Event", "Meaning"), ((f"`{event}`", event.meaning) for event in Event))


def _operation(operation: AnyOperation) -> tuple[str, ...]:
    return (
        f"`{operation.name}`",
        f"{operation.label.fa} · {operation.label.en}",
        f"`{operation.permission}`",
        f"`{camel(operation.name)}`" if operation.in_api else "",
        operation.entity,
        operation.subject or "",
        "itself" if operation.preview is None else f"`{operation.preview.command.__name__}`",
        ", ".join(f"`{event}`" for event in operation.events),
    )


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    titles = tuple(head)
    yield f"| {' | '.join(titles)} |"
    yield f"|{'---|' * len(titles)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


if __name__ == "__main__":
    print("\n".join(_page()))
