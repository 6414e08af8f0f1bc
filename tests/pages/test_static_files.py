"""The files that pages load: ours and a face's as one tree."""

from pathlib import Path

import pytest
from flask import Flask

from backoffice.pages.static_files import PLAIN_ICON, Assets


def served(assets: Assets) -> Flask:
    app = Flask(__name__, static_folder=None)
    app.register_blueprint(assets.blueprint())
    return app


def text_at(app: Flask, address: str) -> str:
    with app.test_client().get(address) as answer:
        return answer.text


def face_with(folder: Path, name: str) -> Assets:
    """The files of a face that has one of its own."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("own", encoding="utf-8")
    return Assets("/face/static", (folder,))


def test_a_face_and_the_pages_share_one_tree_of_names(tmp_path):
    app = served(face_with(tmp_path, "js/screens.js"))

    assert text_at(app, "/face/static/any/js/screens.js") == "own"
    assert text_at(app, "/face/static/any/js/dom.js").startswith("// The three things")


def test_two_files_of_one_name_are_refused(tmp_path):
    assets = face_with(tmp_path, "js/dom.js")

    with served(assets).test_request_context(), pytest.raises(ValueError, match=r"js/dom\.js"):
        assets.file_url("js/dom.js")


def test_nothing_beside_the_folders_is_served(tmp_path):
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    client = served(face_with(tmp_path / "static", "a.js")).test_client()

    assert client.get("/face/static/any/../secret").status_code == 404


def test_the_address_changes_with_the_files(tmp_path):
    app, before = served(Assets("/face/static")), Assets("/face/static")
    after = face_with(tmp_path, "a.js")

    with app.test_request_context():
        assert before.file_url("js/dom.js") != after.file_url("js/dom.js")


def test_a_file_that_is_none_has_no_address():
    assets = Assets("/face/static")

    with served(assets).test_request_context(), pytest.raises(FileNotFoundError):
        assets.file_url("js/none.js")


def test_an_icon_that_the_sprite_lacks_becomes_a_plain_one():
    assets = Assets("/face/static")

    assert [assets.known_icon("phone"), assets.known_icon("unheard-of")] == ["phone", PLAIN_ICON]
