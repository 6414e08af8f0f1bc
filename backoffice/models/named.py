"""What people look for by name in a list."""

from sqlalchemy.orm import Mapped, mapped_column, validates

from backoffice.domain.text import sort_key


class Named:
    """A row with a ``name``, and the key by which names stand in the order of the Persian alphabet."""

    name: Mapped[str]
    sort_key: Mapped[str] = mapped_column(server_default="")

    @validates("name")
    def _keep_sort_key(self, attribute: str, name: str) -> str:
        self.sort_key = sort_key(name)
        return name
