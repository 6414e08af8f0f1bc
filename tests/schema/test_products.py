"""Products by GraphQL: changed, their versions released and withdrawn, their upgrades set."""

from backoffice.query.global_id import to_global_id
from tests.builders import NOW
from tests.schema.conftest import Answer, Api

TODAY = NOW.date().isoformat()
VERSIONS = "product { version versions { id label releasedOn notes withdrawnOn } latestVersion { label } }"


def changed(api: Api, mutation: str, given: dict[str, object], wanted: str) -> Answer:
    return api.change(mutation, given, wanted, by="supervisor")


def released(api: Api, product: str, label: str, day: str = TODAY) -> Answer:
    given = {"productId": product, "label": label, "releasedOn": day, "notes": "تندتر"}
    return changed(api, "releaseProductVersion", given, VERSIONS)


def a_product(api: Api, **given: object) -> str:
    return to_global_id("Product", api.kit.product(**given))


def test_a_product_is_changed_and_read_back(api: Api):
    given = {"id": a_product(api, name="نام", family="پرداز"), "version": 1, "name": "نام نو"}
    answer = changed(api, "updateProduct", given, "product { name family version supportPlan { code } }")
    plan = {"code": "padra-standard"}
    assert answer["product"] == {"name": "نام نو", "family": "پرداز", "version": 2, "supportPlan": plan}
    answer = changed(api, "updateProduct", given | {"version": 2, "family": None}, "product { family }")
    assert answer["product"] == {"family": None}


def test_an_old_version_is_stale_and_the_unchanged_product_is_shown(api: Api):
    given = {"id": a_product(api, name="نام"), "version": 7, "name": "دیگر"}
    answer = changed(api, "updateProduct", given, "product { name version }")
    assert [error["code"] for error in answer["errors"]] == ["STALE"]
    assert answer["product"] == {"name": "نام", "version": 1}


def test_a_released_version_is_the_latest_until_it_is_withdrawn(api: Api):
    product = a_product(api)
    released(api, product, "5.1", "2026-01-10")
    answer = released(api, product, "5.2")
    assert answer["errors"] == []
    newest = answer["product"]["versions"][0]
    assert {**newest, "id": None} == {
        "id": None,
        "label": "5.2",
        "releasedOn": TODAY,
        "notes": "تندتر",
        "withdrawnOn": None,
    }
    assert answer["product"]["latestVersion"] == {"label": "5.2"}
    given = {"productVersionId": newest["id"], "reason": "ثبت اشتباه"}
    answer = changed(api, "withdrawProductVersion", given, VERSIONS)
    assert [one["withdrawnOn"] for one in answer["product"]["versions"]] == [TODAY, None]
    assert answer["product"]["latestVersion"] == {"label": "5.1"}


def test_a_standing_label_is_a_duplicate_at_its_field(api: Api):
    product = a_product(api)
    released(api, product, "v5.2")
    answer = released(api, product, "V۵.۲")
    assert [(one["code"], one["detail"], one["path"]) for one in answer["errors"]] == [
        ("DUPLICATE", "product_version_label", ["label"])
    ]
    assert answer["product"] is None


def test_a_version_is_found_by_its_id(api: Api):
    newest = released(api, a_product(api), "5.2")["product"]["versions"][0]
    document = "query ($id: ID!) { node(id: $id) { id ... on ProductVersion { label } } }"
    assert api.data(document, {"id": newest["id"]}) == {"node": {"id": newest["id"], "label": "5.2"}}


def test_the_upgrades_of_a_product_are_set_as_a_whole(api: Api):
    product, first, second = a_product(api), a_product(api, name="آ"), a_product(api, name="ب")
    wanted = "product { version upgradesTo { id name } }"
    given = {"id": product, "version": 1, "targetIds": [second, first]}
    answer = changed(api, "setProductUpgrades", given, wanted)
    assert [one["name"] for one in answer["product"]["upgradesTo"]] == ["آ", "ب"]
    answer = changed(api, "setProductUpgrades", {"id": product, "version": 2, "targetIds": []}, wanted)
    assert answer["product"] == {"version": 3, "upgradesTo": []}


def test_an_id_of_another_kind_is_of_nothing_that_can_be_upgraded_to(api: Api):
    product = a_product(api)
    given = {"id": product, "version": 1, "targetIds": [a_product(api), to_global_id("Customer", 1)]}
    answer = changed(api, "setProductUpgrades", given, "product { id }")
    assert [(one["code"], one["path"]) for one in answer["errors"]] == [("NOT_FOUND", ["targetIds"])]


def test_an_agent_changes_no_products(api: Api):
    document = """mutation ($input: UpdateProductInput!) { updateProduct(input: $input) { errors { code } } }"""
    assert api.codes(document, {"input": {"id": a_product(api), "version": 1}}, by="agent") == ["FORBIDDEN"]
