"""What is offered on a page is what operations declare: their permissions, labels and what is possible."""

import ast
import re
from dataclasses import replace
from pathlib import Path

import pytest

from backoffice import admin
from backoffice.admin.offers import Offers, pages_of
from backoffice.admin.page_action import Does
from backoffice.operations.catalogue import core_operations
from backoffice.operations.services.void_service import void_service
from tests.admin.conftest import Browser, text_of
from tests.builders import Kit
from tests.screens import SCREENS

TEMPLATES = sorted(Path(admin.__file__).parent.glob("templates/**/*.html"))
MODULES = sorted(Path(admin.__file__).parent.glob("**/*.py"))
DECLARED = {operation.permission for operation in core_operations().values()}
DONE_BY = {does.operation.name: does for screen in SCREENS for does in screen.does.values()}


@pytest.mark.parametrize("path", TEMPLATES, ids=str)
def test_no_template_asks_for_a_permission_by_name(path: Path) -> None:
    assert re.findall(r"\.may\([^)]*\)", path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_no_module_names_a_permission_that_an_operation_declares(path: Path) -> None:
    literals = (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Constant)
    )
    assert [literal.value for literal in literals if literal.value in DECLARED] == []


def test_every_page_of_an_operation_opens_by_its_permission() -> None:
    for screen in SCREENS:
        for method, does in screen.does.items():
            assert screen.permission_of(method) == does.operation.permission


def test_no_page_names_the_permission_that_its_operation_declares() -> None:
    assert [screen.path for screen in SCREENS if set(screen.permissions) & set(screen.does)] == []


def test_every_operation_that_a_page_does_is_one_of_the_desks() -> None:
    assert set(DONE_BY) <= set(core_operations())


def test_an_operation_with_two_buttons_is_refused() -> None:
    screens = [screen for screen in SCREENS if "index" in screen.does][:2]

    class Twice:
        path = "twice"
        does = screens[0].does

    with pytest.raises(ValueError, match="twice"):
        pages_of([screens[0], Twice()])  # type: ignore[list-item]


def test_a_button_says_what_its_operation_is_called(browser: Browser, kit: Kit) -> None:
    browser.sign_in("supervisor")
    done = kit.done(kit.purchase())
    assert void_service.label.fa in text_of(browser.get(f"/admin/records/{done}/"))


def test_whoever_imported_an_edition_is_not_offered_to_approve_it(kit: Kit) -> None:
    offers = Offers(core_operations(), pages_of(SCREENS), lambda: kit.staff("admin"))
    drafted = {"jalali_year": 1405, "version": 1, "approved_at": None}
    own, other = ({**drafted, "imported_by_id": by} for by in (kit.staff("admin").staff_id, None))
    assert [offers.of("approve_tariff", edition) is not None for edition in (own, other)] == [False, True]


def test_what_is_not_possible_in_this_state_is_not_offered(kit: Kit) -> None:
    offers = Offers(core_operations(), pages_of(SCREENS), lambda: kit.supervisor)
    row = {"status": "requested", "override_requests": []}
    assert "void_service" not in {offer.does.operation.name for offer in offers.on("ServiceRecord", row)}
    assert offers.of("void_service", row) is None


def test_nothing_is_offered_to_whoever_may_not(kit: Kit) -> None:
    nobody = replace(kit.supervisor, permissions=frozenset())
    offers = Offers(core_operations(), pages_of(SCREENS), lambda: nobody)
    assert [name for name in core_operations() if offers.of(name)] == []


def test_what_takes_away_is_offered_in_red_and_nothing_else() -> None:
    red = {name for name, does in DONE_BY.items() if does.operation.danger}
    assert red == {
        "cancel_service",
        "deactivate_staff",
        "decline_override",
        "revoke_token",
        "void_service",
        "withdraw_product_version",
    }


def test_what_is_done_at_once_asks_for_nothing() -> None:
    asking = {"id", "version", "idempotency_key"}
    at_once = [does.operation for does in DONE_BY.values() if does.at_once]
    assert [one.name for one in at_once if {field.name for field in one.fields} - asking] == []


def test_a_page_without_an_icon_has_no_button() -> None:
    assert [name for name, (_, does) in pages_of(SCREENS).items() if not does.icon] == []
    assert Does(void_service).icon == ""
