"""What can be done with an object, and why not what cannot: from its state and the viewer's rights, without deciding.

The operations say it and ``query`` reads the state, in the statement that reads the object. Here they meet.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import strawberry

from backoffice.access.viewer import Viewer
from backoffice.domain.problem import Problem
from backoffice.domain.record import RecordState, RecordStatus
from backoffice.domain.spelling import camel
from backoffice.operations.catalogue import AnyOperation, Operations
from backoffice.plugins import Registry
from backoffice.query.field_kinds import Computed
from backoffice.query.moment import Moment
from backoffice.query.outline import Outlined
from backoffice.query.plain import Perhaps, Plain
from backoffice.query.registry import Entities, Entity
from backoffice.schema.arguments import LANGUAGE
from backoffice.schema.declare import field
from backoffice.schema.user_errors import ERROR_FIELDS, UserError

ABOUT = "What can be done with it, each by its own mutation, and why not what cannot be done now, or by this viewer."


@strawberry.type(description="Something that can be done with an object, or why it cannot.")
class PossibleAction:
    """An operation that has a mutation and is offered on the object."""

    name: str = field("The mutation.")
    label: str = field("What a button says.", LANGUAGE)
    why_not: UserError | None = field(
        "Why it would be refused: FORBIDDEN to this viewer, or by what state the object is in. Null where neither "
        "stands in the way; the mutation may still find other reasons, such as its input."
    )


@dataclass(frozen=True)
class Standing:
    """How the state that operations ask about is made of what is read with an object: ``make`` is given ``needs``."""

    needs: tuple[str, ...]
    make: Callable[..., Hashable]
    """Given the plugins first."""


def _state_of_record(plugins: Registry, status: RecordStatus, waits: bool, code: str) -> RecordState:  # noqa: FBT001
    return RecordState(status=status, waits_for_approval=waits, retired_type=code if plugins.is_retired(code) else None)


STANDINGS: Mapping[str, Standing] = {
    "Asset": Standing((), lambda plugins: None),
    "Customer": Standing((), lambda plugins: None),
    "ServiceRecord": Standing(("status", "waits_for_approval", "service_type"), _state_of_record),
}
"""By the entity that has ``possible``."""


def with_possible(entities: Entities, operations: Operations) -> Entities:
    """The entities, those of ``STANDINGS`` with ``possible``."""
    return Entities(_with_possible(entity, operations) for entity in entities)


def _with_possible(entity: Entity, operations: Operations) -> Entity:
    standing = STANDINGS.get(entity.name)
    if standing is None:
        return entity
    offered = [operation for operation in operations.on(entity.name) if operation.in_api]
    return replace(entity, fields={**entity.fields, "possible": _possible(standing, offered)})


Tried: TypeAlias = tuple[AnyOperation, Problem | None]
"""An operation, and why it cannot be done."""


def _possible(standing: Standing, offered: Sequence[AnyOperation]) -> Computed:
    def prepare(asked: Outlined, plugins: Registry) -> Callable[..., object]:
        shape = ACTION.shaper(asked.outline)

        def said(moment: Moment, state: Hashable) -> list[dict[str, object]]:
            return [shape(tried, moment) for tried in _tried(offered, state, moment.viewer)]

        def value(moment: Moment, *read: object) -> list[dict[str, object]]:
            state = standing.make(plugins, *read)
            return moment.once((shape, state), lambda: said(moment, state))

        return value

    return Computed(standing.needs, prepare)


def _tried(offered: Sequence[AnyOperation], state: object, viewer: Viewer) -> list[Tried]:
    return [(operation, operation.why_not(state, viewer)) for operation in offered]


def _told(make: Callable[[Problem, str], object]) -> Callable[[Problem, Outlined, Moment], object]:
    return lambda problem, asked, moment: make(problem, moment.language)


USER_ERROR: Plain[Problem] = Plain("UserError", {name: _told(make) for name, make in ERROR_FIELDS.items()})

ACTION: Plain[Tried] = Plain(
    "PossibleAction",
    {
        "name": lambda tried, asked, moment: camel(tried[0].name),
        "label": lambda tried, asked, moment: tried[0].label.in_language(moment.language_of(asked)),
        "why_not": Perhaps(USER_ERROR, lambda tried: tried[1]),
    },
)
