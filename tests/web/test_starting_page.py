"""What is answered before the desk is open, and that the desk answers afterwards."""

import pytest
from werkzeug.test import Client
from werkzeug.wrappers import Response

from backoffice.web.starting_page import Door


@pytest.fixture
def door() -> Door:
    return Door("demo")


def test_the_process_lives_and_the_desk_is_not_ready(door: Door):
    client = Client(door)

    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").status_code == 503


def test_a_page_says_in_both_languages_that_the_demo_is_loaded_and_loads_itself_again(door: Door):
    answer = Client(door).get("/admin/")

    assert (answer.status_code, answer.headers["Retry-After"], answer.headers["Refresh"]) == (503, "3", "3")
    assert "داده‌های نمونه" in answer.text
    assert "Demo data are being entered" in answer.text
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_program_is_told_without_a_page(door: Door):
    answer = Client(door).post("/graphql", json={"query": "{ viewer { id } }"})

    assert (answer.status_code, answer.mimetype) == (503, "application/json")


@pytest.mark.parametrize("doing", ["demo", "starting"])
def test_the_desk_answers_once_it_is_open(doing: str):
    door = Door(doing)
    client = Client(door)
    client.get("/admin/")

    door.open(Response("the desk"))

    assert client.get("/admin/").text == "the desk"
    assert client.get("/healthz").text == "the desk"
