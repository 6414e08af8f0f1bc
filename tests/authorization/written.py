"""The matrix as the document that is committed."""

from collections.abc import Iterable, Iterator, Sequence

from tests.authorization.matrix import Matrix, Row
from tests.authorization.screens import OPEN
from tests.authorization.stage import CUSTOMER, EVERYONE, SCOPE, TOKEN

HEADINGS = {
    "anonymous": "anonymous",
    "other_agent": "agent elsewhere",
    TOKEN: "token",
    CUSTOMER: "customer",
}

INTRODUCTION = f"""# Who may do what

Made by asking: `make matrix` opens the application on a desk with two offices and two customers, asks every root field
of the API and every screen of the admin for everyone below, and writes down what came of it. A test makes it again and
compares. Do not edit it.

**Who asks**

| Column | Who |
|---|---|
| anonymous | nobody is signed in |
| viewer, supervisor, finance, admin | staff with that role, of the head office |
| agent | an agent of the head office, who sees its records only |
| agent elsewhere | an agent of the agency, who sees its records only |
| token | a program with an API token of the admin, whose one scope is `{SCOPE}` |
| customer | a customer, who sees what is theirs; the portal will ask like this, and has no screens here |

**About what**

| Object | Whose |
|---|---|
| ours | records of the head office; what belongs to the customer in the last column |
| theirs | records of the agency; what belongs to another customer |
| unknown | an id that nothing has |

**Answers**: `allowed` · `allowed: 2 of 5` where the others are hidden · `FORBIDDEN`: the permission is missing ·
`UNAUTHENTICATED`: sign in first · `null` and `NOT_FOUND`: there is no such thing, or not for this caller. What is
hidden and what is not there are answered alike, byte by byte apart from request ids. `–`: nobody asks this.
"""


def written(matrix: Matrix) -> str:
    """The matrix as the document that is committed."""
    return "\n".join(
        [
            INTRODUCTION,
            "## The API\n",
            *_table("Root field", matrix.operations),
            "\n## The admin\n",
            *_table("Address", matrix.screens),
            "\n## Open to everyone\n",
            "| Endpoint | What it is |",
            "|---|---|",
            *(f"| `{endpoint}` | {why} |" for endpoint, why in OPEN.items()),
            "",
        ]
    )


def _table(title: str, rows: Iterable[Row]) -> Iterator[str]:
    names = [HEADINGS.get(name, name) for name in EVERYONE]
    yield f"| {title} | Needs | About | {' | '.join(names)} |"
    yield "|---" * (len(names) + 3) + "|"
    for row in _joined(list(rows)):
        cells = " | ".join(row.cells[name] for name in EVERYONE)
        yield f"| `{row.title}` | {row.needs} | {row.about} | {cells} |"


def _joined(rows: Sequence[Row]) -> Iterator[Row]:
    """Rows about ours and about theirs in one where they are alike."""
    kept: list[Row] = []
    for row in rows:
        last = kept[-1] if kept else None
        if last and (last.title, last.cells) == (row.title, row.cells):
            kept[-1] = Row(row.title, row.needs, f"{last.about}, {row.about}", row.cells)
        else:
            kept.append(row)
    return iter(kept)
