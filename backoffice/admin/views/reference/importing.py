"""Files of reference data: a file is chosen, what would come of it is shown, and only then is it stored.

The page of the preview carries the file itself (see ``uploads``); storing reads and judges it anew.
"""

from abc import abstractmethod
from collections.abc import Sequence
from typing import ClassVar

from flask import request
from flask.typing import ResponseReturnValue
from flask_admin.base import expose
from werkzeug.wrappers import Response

from backoffice.admin.findings import FindingInWords
from backoffice.admin.live_answer import texts
from backoffice.admin.screen import Screen
from backoffice.domain.problem import ErrorCode, Problem
from backoffice.pages.uploads import Upload, uploaded

NO_FILE = Problem(code=ErrorCode.INVALID, detail="required", path=("file",))


class ImportingScreen(Screen):
    """The page that a kind of file comes in by."""

    in_menu = False
    takes_files = True
    accept: ClassVar[str]
    """The kinds of files, as the browser's dialog for choosing one takes them."""

    template: ClassVar[str]
    """The page, which extends ``reference/import.html``."""

    @expose("/", methods=("GET", "POST"))
    def index(self) -> ResponseReturnValue:
        if request.method == "GET":
            return self.choosing()
        upload = uploaded()
        if upload is None:
            return self.choosing(problems=[NO_FILE])
        return self.store(upload) if "save" in request.form else self.preview(upload)

    @abstractmethod
    def preview(self, upload: Upload) -> ResponseReturnValue:
        """What would come of the file."""

    @abstractmethod
    def store(self, upload: Upload) -> ResponseReturnValue:
        """Import the file, and go on to what came of it."""

    def choosing(self, *, problems: Sequence[Problem] = (), upload: Upload | None = None) -> Response:
        """The page where a file is chosen, with everything that is wrong with the one before."""
        told = texts(problems, self.viewer.language)
        status = 422 if told else 200
        where = self.where(problems, upload) if upload else ()
        shown = {"upload": upload, "problems": told, "where": where, "accept": self.accept, "seen": None}
        return self.page(self.template, status=status, **shown)

    def where(self, problems: Sequence[Problem], upload: Upload) -> Sequence[FindingInWords]:
        """The problems at their lines, for files whose problems do not say by themselves where they are."""
        return ()

    def previewing(self, upload: Upload, **seen: object) -> Response:
        """The page that shows what would come of the file."""
        return self.page(self.template, upload=upload, problems=(), where=(), accept=self.accept, seen=seen)
