"""What objects and lists share: Node, connections with their edges, and page information."""

from typing import Generic, TypeVar

import strawberry

from backoffice.schema.declare import field

Item = TypeVar("Item")


@strawberry.interface(description="An object with a global id, by which `node` finds it again.")
class Node:
    """Implemented by every object that has an identity of its own."""

    id: strawberry.ID = field("Global id, opaque. It stays the same when a record's plugin is removed.")


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Relay's page information."""

    has_next_page: bool = field("Whether there is more after this page.")
    has_previous_page: bool = field("Whether there is more before this page.")
    start_cursor: str | None = field("Cursor of the first edge; null on an empty page.")
    end_cursor: str | None = field("Cursor of the last edge; null on an empty page.")


@strawberry.type(description="An object in a list, with its place there.")
class Edge(Generic[Item]):
    """Relay's edge."""

    node: Item = field("The object.")
    cursor: str = field("Its place in the list, opaque; for `after` and `before`.")


@strawberry.type(description="A page of a list.")
class Connection(Generic[Item]):
    """Relay's connection, with the nodes beside the edges."""

    edges: list[Edge[Item]] = field("The page's objects, each with its cursor.")
    nodes: list[Item] = field("The page's objects.")
    page_info: PageInfo = field("Where the page lies in the list.")
    total_count: int = field(
        "How many objects the list has. Counted only when asked for; exact below 10,000, an estimate beyond."
    )
    total_count_is_exact: bool = field("Whether `totalCount` is exact.")
