"""What every face's pages are made of names no face: no screen's address, no template and no word of the admin."""

from pathlib import Path

import pytest

from backoffice import pages

FOLDER = Path(pages.__file__).parent
OWN = [
    path
    for path in sorted(FOLDER.rglob("*"))
    if path.suffix in {".html", ".css", ".js"} and "vendor" not in path.relative_to(FOLDER).parts
]


@pytest.mark.parametrize("path", OWN, ids=lambda path: path.relative_to(FOLDER).as_posix())
def test_templates_styles_and_scripts_name_no_face(path: Path):
    text = path.read_text(encoding="utf-8")

    assert [word for word in ("admin", "portal", "url_for(") if word in text] == []
