"""A face of the desk, by what the pages need to know of it that every face has."""

from collections.abc import Callable
from dataclasses import dataclass

from backoffice.domain.label import Label


@dataclass(frozen=True)
class Face:
    """Where a face stands, and how it frames a page.

    ``root`` is the address that all of its pages begin with, and the address of its first page; ``home`` what that page
    is called, ``login`` the address at which one signs in, ``files`` where the files lie that its pages load.
    ``signed_in`` says whether the request in hand comes from somebody that the face knows; ``frame`` names the template
    around the pages that such people see.
    """

    root: str
    home: Label
    login: str
    files: str
    frame: str
    signed_in: Callable[[], bool]

    def holds(self, path: str) -> bool:
        """Whether one of the face's pages has, or would have, this address."""
        return path.startswith(self.root) and not path.startswith(self.files)

    @property
    def around(self) -> str:
        """The template around a page for whoever looks: the face's own frame, or the bare one for strangers."""
        return self.frame if self.signed_in() else "pages/bare.html"
