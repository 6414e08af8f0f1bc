"""Finding a customer before a form can be about them: a search and its answer, without any script."""

from collections.abc import Sequence

from backoffice.pages.rows import Row
from backoffice.query.reader import Reader
from backoffice.query.selection import listing, want

CUSTOMER_ROW = want("id", "code", "name", "kind", "stage", "city", "phones", "created_at")


FOUND = 20


def customers_found(reader: Reader, text: str) -> Sequence[Row]:
    """The first customers that a search finds; none for no text."""
    if not text:
        return ()
    return reader.page("Customer", {"search": text, "first": FOUND}, listing(CUSTOMER_ROW))["nodes"]
